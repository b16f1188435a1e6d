import { below, type Random, seeded } from "../../lib/random.ts";

/**
 * Draws places evenly from a list: it is cut into `count` equal stretches, and one place is drawn from each. Neighbours, which
 * are alike in many collections, do not crowd together, and every place has the same chance.
 *
 * @param length of the list
 * @returns at most `count` places in rising order; all of them where the list is no longer than that
 */
export function sampleEvenly(length: number, count: number, seed: number): number[] {
  if (count >= length) return Array.from({ length }, (_, place) => place);
  const random = seeded(seed);
  return Array.from({ length: count }, (_, stretch) => Math.floor(((stretch + random()) * length) / count));
}

/** Draws `count` different members of a list, each with the same chance, in random order; all of them where there are no more. */
export function sampleDistinct<T>(members: readonly T[], count: number, random: Random): T[] {
  // The first steps of a Fisher–Yates shuffle, in which only moved members are kept.
  const moved = new Map<number, number>();
  const drawn: T[] = [];
  for (let at = 0; at < Math.min(count, members.length); at++) {
    const from = at + below(random, members.length - at);
    const member = members[moved.get(from) ?? from];
    if (member !== undefined) drawn.push(member);
    moved.set(from, moved.get(at) ?? at);
  }
  return drawn;
}
