/**
 * A gradient as what it is: one token's embedding is moved a little, and the followed number is read off. Beside it the
 * slopes of all tokens from one pass backward, and the same measured by moving every token for itself.
 */
import { type Pace, paceOf, type StudyTools, unfit } from "../attention/studyTools.ts";
import type { BySide, NudgeRequest, NudgeStudy } from "../attribute.ts";
import type { Cost, Evaluation, Inputs, Target } from "../gradient.ts";
import type { Model, RunRequest, Tensor } from "../model.ts";
import { lengthOf, present, type ReadSide, rowOf, type Spot, sidesOf, stretched, type Way, wayOf } from "./nudgeWay.ts";

/** How far two runs stand from the run in between, as a share: small enough for a straight line, large enough for Float32. */
const STEP = 0.01;
/** Numbers in the shifts of one call. */
const MOST = 4_000_000;
const REACH = 1;
const POINTS = 41;

/** A run whose target is written, and what is followed in it. */
interface Followed {
  readonly model: Model;
  readonly run: RunRequest;
  readonly target: Target;
  readonly sides: readonly ReadSide[];
}

/** Moves one token along a way, and all tokens by one step each. */
export async function studyNudge(model: Model, request: NudgeRequest, tools: StudyTools): Promise<NudgeStudy> {
  const { token, points = POINTS, reach = REACH, target } = request;
  const run = await settled(model, request.run);
  const inputs = await model.inputs(run);
  const sides = sidesOf(model, inputs);
  const side = sides.find(({ name }) => name === token.side);
  if (!side?.tokens[token.place]) throw unfit("There is no such token to move.");
  const followed: Followed = { model, run, target, sides };
  const pace = paceOf(tools, 1 + points + 2 + 2 * sides.reduce((sum, { tokens }) => sum + tokens.length, 0));

  // All slopes at once, by one pass backward.
  const still = await model.evaluate({ run, points: 1, targets: [target], gradients: ["embeddings"] });
  await pace.ran();
  const gradientOf = ({ stack }: ReadSide): Tensor => withoutPoint(present(still.gradients.embeddings?.[stack]));
  const spot: Spot = { model, run, side, place: token.place, gradient: rowOf(gradientOf(side), token.place) };

  // The curve of one token, with a run just before it stands as it is and one just behind.
  const way = await wayOf(request.direction, spot);
  const shares = spread(reach, points);
  const curve = await follow(followed, side, movesOf(token.place, way, [...shares, -STEP, STEP]), pace, 1);
  const [before = 0, after = 0] = curve.values.slice(points);

  // The same slopes as at first, one token after the other.
  const tokens = await measureAll(followed, gradientOf, pace, 1 + points + 2);
  return {
    model: model.info.id,
    ...tokensOf(inputs),
    token,
    ...slopesOf(spot, way),
    value: still.values[0] ?? Number.NaN,
    shares,
    values: curve.values.slice(0, points),
    measured: { slope: (after - before) / (2 * STEP), step: STEP },
    steepest: bySide(sides.map((each) => lengthsOf(gradientOf(each)))),
    steepestMeasured: bySide(tokens.slopes),
    costs: { gradient: still.cost, curve: curve.cost, tokens: tokens.cost },
  };
}

/** What the gradient at a token says of its way. */
function slopesOf({ side, place, gradient }: Spot, way: Way): Pick<NudgeStudy, "towards" | "slope" | "lengths"> {
  const embedding = lengthOf(rowOf(side.embeddings, place));
  return {
    towards: way.towards,
    slope: way.by.reduce((sum, value, at) => sum + value * (gradient[at] ?? 0), 0),
    lengths: { embedding, way: lengthOf(way.by), gradient: lengthOf(gradient) },
  };
}

/** The run with its target: an encoder–decoder writes it now, where none is given, and keeps it while embeddings move. */
async function settled(model: Model, run: RunRequest): Promise<RunRequest> {
  if (model.info.family !== "encoder-decoder" || run.target !== null) return run;
  const { target } = await model.inputs(run);
  return { ...run, target: model.decode((target?.written ?? []).map(({ id }) => id)).text };
}

function tokensOf({ source, target }: Inputs): Pick<NudgeStudy, "source" | "target"> {
  return { source, target: target?.read ?? null };
}

/** A token and what is added to its embedding. */
interface Move {
  readonly place: number;
  readonly by: Float64Array;
  readonly share: number;
}

function movesOf(place: number, { by }: Way, shares: readonly number[]): Move[] {
  return shares.map((share) => ({ place, by, share }));
}

/** The followed number after each of some moves on one side; tells of its runs on top of `done` others. */
async function follow(
  { model, run, target }: Followed,
  { stack, embeddings }: ReadSide,
  moves: readonly Move[],
  pace: Pace,
  done: number,
): Promise<Pick<Evaluation, "values" | "cost">> {
  const [tokens = 0, width = 0] = embeddings.shape;
  const most = Math.max(1, Math.floor(MOST / (tokens * width)));
  const values = new Float32Array(moves.length);
  let cost = NO_COST;
  for (let from = 0; from < moves.length; from += most) {
    const part = moves.slice(from, from + most);
    const by: Tensor = { data: new Float32Array(part.length * tokens * width), shape: [part.length, tokens, width] };
    for (const [point, move] of part.entries()) write(by, point, move);
    const shifts = [{ stack, at: "embeddings" as const, by }];
    const request = { run, points: part.length, targets: [target], shifts };
    const found = await model.evaluate(request, (points) => pace.reached(done + from + points));
    values.set(found.values, from);
    cost = together(cost, found.cost);
  }
  await pace.reached(done + moves.length);
  return { values, cost };
}

function write({ data, shape }: Tensor, point: number, { place, by, share }: Move): void {
  const [, tokens = 0, width = 0] = shape;
  data.set(
    by.map((value) => value * share),
    (point * tokens + place) * width,
  );
}

/** Each token's slope along its own gradient, by a run before and a run behind. */
async function measureAll(
  followed: Followed,
  gradientOf: (side: ReadSide) => Tensor,
  pace: Pace,
  done: number,
): Promise<{ readonly slopes: Tensor[]; readonly cost: Cost }> {
  const slopes: Tensor[] = [];
  let cost = NO_COST;
  let before = done;
  for (const side of followed.sides) {
    const ways = side.tokens.map((_, place) => steepestWay(side, gradientOf(side), place));
    const moves = ways.flatMap((by, place) => movesOf(place, { by, towards: null }, [-STEP, STEP]));
    const found = await follow(followed, side, moves, pace, before);
    const rise = (place: number) => (found.values[2 * place + 1] ?? 0) - (found.values[2 * place] ?? 0);
    const data = Float32Array.from(ways, (by, place) => rise(place) / (2 * STEP * (lengthOf(by) || 1)));
    slopes.push({ data, shape: [data.length] });
    cost = together(cost, found.cost);
    before += moves.length;
  }
  return { slopes, cost };
}

/** As long as the embedding, in the direction of its gradient. */
function steepestWay({ embeddings }: ReadSide, gradient: Tensor, place: number): Float64Array {
  return stretched(rowOf(gradient, place), lengthOf(rowOf(embeddings, place)) || 1);
}

const NO_COST: Cost = { forward: 0, backward: 0, milliseconds: 0 };

function together(a: Cost, b: Cost): Cost {
  return {
    forward: a.forward + b.forward,
    backward: a.backward + b.backward,
    milliseconds: a.milliseconds + b.milliseconds,
  };
}

/** Numbers from −reach to reach: `[point]`. */
function spread(reach: number, points: number): Float32Array {
  const last = Math.max(1, points - 1);
  return Float32Array.from({ length: points }, (_, at) => reach * ((2 * at) / last - 1));
}

/** Length of each row: `[token]`. */
function lengthsOf(rows: Tensor): Tensor {
  const [tokens = 0] = rows.shape;
  return { data: Float32Array.from({ length: tokens }, (_, row) => lengthOf(rowOf(rows, row))), shape: [tokens] };
}

/** The only point's numbers: `[1, …]` as `[…]`. */
function withoutPoint({ data, shape }: Tensor): Tensor {
  return { data, shape: shape.slice(1) };
}

function bySide([source, target]: readonly Tensor[]): BySide {
  return { source: present(source), target: target ?? null };
}
