import type { Cost } from "../../gradient.ts";

/** What several studies took together. */
export function sumCosts(costs: readonly Cost[]): Cost {
  const sum = (of: (cost: Cost) => number): number => costs.reduce((all, cost) => all + of(cost), 0);
  return {
    forward: sum(({ forward }) => forward),
    backward: sum(({ backward }) => backward),
    milliseconds: sum(({ milliseconds }) => milliseconds),
  };
}
