/** A source of numbers between 0 (included) and 1 (excluded). */
export type Random = () => number;

/**
 * Seeded random numbers: the same seed gives the same numbers everywhere. Not for secrets.
 *
 * sfc32, a small fast chaotic generator with a counter (Chris Doty-Humphrey, PractRand 0.94, https://pracrand.sourceforge.net);
 * its first numbers, which still show the seed, are thrown away.
 *
 * @param seed a whole number; its lowest 32 bits count
 */
export function seeded(seed: number): Random {
  const WARM_UP = 12;
  let a = 0;
  let b = seed | 0;
  let c = 0;
  let counter = 1;

  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < WARM_UP; i++) next();
  return next;
}

/** A whole number from 0 up to `bound`, which is left out. */
export function below(random: Random, bound: number): number {
  return Math.floor(random() * bound);
}

/** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958). */
export function normal(random: Random): number {
  // 1 − u is never 0.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
