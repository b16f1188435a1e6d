/** What a token adds, whatever stands there already. */
import { below, type Random, seeded } from "../../lib/random.ts";
import type { AttributionRequest } from "../attribute.ts";
import type { Target } from "../gradient.ts";
import type { Method } from "./method.ts";
import { onlyMoved, runMoved } from "./move.ts";
import type { Runner } from "./runner.ts";
import { bySide, movable, type Subject } from "./subject.ts";

const SAMPLES = 24;
const SEED = 1;

/** Which players are in, one character each: "1" in, "0" at the baseline. */
type Coalition = string;

/** What one row comes to. */
interface Row {
  readonly value: number;
  readonly baseline: number;
  /** `[place]` both */
  readonly scores: Float64Array;
  readonly errors: Float64Array;
}

/** The draw for one row, before anything is run. */
interface Draw {
  /** Places of the tokens that join. */
  readonly players: readonly number[];
  /** Orders in which they join, by number of the player; each second one is the one before it backwards. */
  readonly orders: readonly (readonly number[])[];
  /** All coalitions that come up, each once. */
  readonly coalitions: readonly Coalition[];
}

/**
 * Shapley values by sampling (Castro, Gómez and Tejada 2009, "Polynomial calculation of the Shapley value based on sampling"; for
 * inputs of a model Štrumbelj and Kononenko 2010): tokens join in a random order, from all of them at the baseline to the whole
 * text; a token's score is the mean of what the followed number gains when it joins. In every order the gains sum to the
 * difference to the baseline, and so do the scores.
 *
 * Each order is followed by the same one backwards (antithetic draws: Mitchell et al. 2022, "Sampling Permutations for Shapley
 * Value Estimation"), which is exact where tokens act alone or in pairs; an odd number of orders is rounded up. The standard
 * error is that of the mean over these couples, not a number with fewer than two of them. A coalition that comes up again
 * is not run again.
 */
export const shapley: Method = {
  runs: (subject, request) =>
    request.targets.reduce((sum, target) => sum + drawFor(subject, target, request).coalitions.length, 0),
  attribute: async (runner, subject, request) => {
    const { targets } = request;
    const rows: Row[] = [];
    for (const target of targets) rows.push(await rowOf(runner, subject, target, drawFor(subject, target, request)));
    const all = (part: (row: Row) => Float64Array) => bySide(subject, targets, rows.map(part));
    return {
      of: "tokens",
      values: Float32Array.from(rows, ({ value }) => value),
      scores: all(({ scores }) => scores),
      signed: true,
      completeness: {
        baseline: Float32Array.from(rows, ({ baseline }) => baseline),
        gap: Float32Array.from(rows, ({ value, baseline, scores }) => sumOf(scores) - (value - baseline)),
      },
      error: all(({ errors }) => errors),
      paths: null,
    };
  },
};

function drawFor(subject: Subject, target: Target, { samples = SAMPLES, seed = SEED }: AttributionRequest): Draw {
  const players = movable(subject, target);
  const random = seeded(seed);
  const orders = Array.from({ length: Math.ceil(samples / 2) }, () => shuffled(players.length, random)).flatMap(
    (order) => [order, [...order].reverse()],
  );
  const coalitions = new Set<Coalition>();
  for (const order of orders) for (const coalition of coalitionsOf(order)) coalitions.add(coalition);
  return { players, orders, coalitions: [...coalitions] };
}

/** Numbers up to a count in random order (Fisher and Yates). */
function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, player) => player);
  for (let last = count - 1; last > 0; last--) {
    const other = below(random, last + 1);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

/** From nobody to everybody, one more each time. */
function coalitionsOf(order: readonly number[]): Coalition[] {
  const members = order.map(() => "0");
  const coalitions = [members.join("")];
  for (const player of order) {
    members[player] = "1";
    coalitions.push(members.join(""));
  }
  return coalitions;
}

async function rowOf(runner: Runner, subject: Subject, target: Target, draw: Draw): Promise<Row> {
  const { players, orders, coalitions } = draw;
  const variants = coalitions.map((coalition) =>
    onlyMoved(
      subject,
      players.filter((_, player) => coalition[player] === "0"),
    ),
  );
  const values = await runMoved(runner, subject, { target, variants });
  const worth = new Map(coalitions.map((coalition, at) => [coalition, values[at] ?? Number.NaN]));
  const gains = orders.map((order) => gainsOf(order, worth));
  const couples = gains.flatMap((gain, at) => (at % 2 === 0 ? [middle(gain, gains[at + 1] ?? gain)] : []));
  const [scores, errors] = [new Float64Array(subject.places), new Float64Array(subject.places)];
  for (const [player, place] of players.entries()) {
    const { mean, error } = meanAndError(couples.map((couple) => couple[player] ?? Number.NaN));
    scores[place] = mean;
    errors[place] = error;
  }
  const end = (of: string) => worth.get(of.repeat(players.length)) ?? Number.NaN;
  return { value: end("1"), baseline: end("0"), scores, errors };
}

/** What each player adds when it joins in this order: `[player]`. */
function gainsOf(order: readonly number[], worth: ReadonlyMap<Coalition, number>): Float64Array {
  const gains = new Float64Array(order.length);
  const steps = coalitionsOf(order).map((coalition) => worth.get(coalition) ?? Number.NaN);
  for (const [at, player] of order.entries()) gains[player] = (steps[at + 1] ?? Number.NaN) - (steps[at] ?? Number.NaN);
  return gains;
}

function middle(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => (value + (b[at] ?? Number.NaN)) / 2);
}

function meanAndError(draws: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const spread = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / (draws.length - 1);
  return { mean, error: Math.sqrt(spread / draws.length) };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
