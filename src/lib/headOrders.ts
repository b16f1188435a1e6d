/** Orders in which heads are switched off, and after how many of them one looks. */
import { below, seeded } from "./random.ts";

/** Random orders drawn beside the one of the ranking. */
export const RANDOM_ORDERS = 10;

const SEED = 11;

/** Up to this many heads, every one of them is a step. */
const EVERY = 16;

/** The most heads that are switched off in a model with many. */
const MOST = 64;

/** Numbers of heads at which the answer is looked at: each up to 16, then in growing strides. */
export function stepsFor(heads: number): readonly number[] {
  const steps = Array.from({ length: Math.min(heads, EVERY) + 1 }, (_, step) => step);
  if (heads <= EVERY) return steps;
  const few = steps.filter((step) => step <= 4 || step % 4 === 0);
  for (let step = EVERY + 8; step <= Math.min(heads, MOST); step += 8) few.push(step);
  return few;
}

/** Seeded shuffles of some things, each cut to `length`. */
export function shuffles<T>(things: readonly T[], length: number, count = RANDOM_ORDERS): T[][] {
  const random = seeded(SEED);
  return Array.from({ length: count }, () => {
    const left = [...things];
    return Array.from({ length: Math.min(length, left.length) }, () =>
      left.splice(below(random, left.length), 1),
    ).flat();
  });
}
