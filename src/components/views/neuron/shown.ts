/** Which keys a neuron view shows: all of them, or of a long text those that matter to the query. */

/** The most keys that are drawn. */
export const MOST_KEYS = 32;

/** Positions of the keys that are drawn, in the order of the text; of too many, those with most weight and the one held. */
export function shownKeys(weights: ArrayLike<number>, held: number | null): number[] {
  const all = Array.from(weights, (_, key) => key);
  if (all.length <= MOST_KEYS) return all;
  const worth = (key: number) => (key === held ? 2 : (weights[key] ?? 0));
  return all
    .sort((a, b) => worth(b) - worth(a) || a - b)
    .slice(0, MOST_KEYS)
    .sort((a, b) => a - b);
}

/** The key with most weight. */
export function strongestKey(weights: ArrayLike<number>): number {
  let best = 0;
  for (let key = 1; key < weights.length; key++) if ((weights[key] ?? 0) > (weights[best] ?? 0)) best = key;
  return best;
}
