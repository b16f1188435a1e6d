/**
 * Activation patching, also called causal tracing: one state of a clean run is put into a corrupted one, and what comes back of
 * the followed number is what that state carries under this corruption (Meng et al. 2022, "Locating and Editing Factual
 * Associations in GPT", section 2).
 */
import { type StudyTools, unfit } from "../../attention/studyTools.ts";
import type { PatchingRequest, PatchingStudy } from "../../attribute.ts";
import type { ByStack, Evaluation, Target } from "../../gradient.ts";
import type { Model, RunRequest, Stack, Tensor } from "../../model.ts";
import { runnerOf } from "../runner.ts";
import { reachOf, type Side, type Subject, sidesTogether, subjectOf } from "../subject.ts";

/** The run whose states are taken, and the one they are put into. */
interface Pair {
  readonly clean: Subject;
  readonly corrupted: Subject;
}

/**
 * The share of the difference between both runs that each state brings back, for every layer and token. An open target is the
 * one that the model writes for the clean source, in both runs. Tokens have 0 without a run where a decoder's row cannot see
 * them, and before the first difference in a decoder alone, where both runs have the same states. One run for each other
 * state, and two.
 *
 * @throws FailureError ("bad-input") where the runs differ in their number of tokens, or both give the same number
 */
export async function studyPatching(
  model: Model,
  { clean, corrupted, target }: PatchingRequest,
  tools: StudyTools,
): Promise<PatchingStudy> {
  const pair = await pairOf(model, clean, corrupted);
  const { run, sides } = pair.corrupted;
  const states = ({ stack }: Side): number => model.info.layers[stack] + 1;
  const first = firstPatched(model, pair);
  const reach = (side: Side): number => Math.max(0, reachOf(side, target) - first);
  const { evaluate, takeCost } = runnerOf(
    model,
    tools,
    sides.reduce((count, side) => count + states(side) * reach(side), 2),
  );

  const whole = await evaluate(plain(pair.clean.run, target));
  const broken = await evaluate(plain(run, target));
  const values = { clean: whole.values[0] ?? Number.NaN, corrupted: broken.values[0] ?? Number.NaN };
  expectDifference(values);

  const recovered: Tensor[] = [];
  for (const side of sides) {
    const points = reach(side);
    const difference = differenceOf(whole, broken, side.stack);
    const shares = new Float32Array(states(side) * side.tokens.length);
    for (let at = 0; at < states(side) && points > 0; at++) {
      const shifts = [{ stack: side.stack, at, by: oneTokenEach(difference, at, first, points) }];
      const found = await evaluate({ run, points, targets: [target], shifts });
      shares.set(sharesOf(found, values), at * side.tokens.length + first);
    }
    recovered.push({ data: shares, shape: [states(side), side.tokens.length] });
  }
  return {
    model: model.info.id,
    clean: tokensOf(pair.clean),
    corrupted: tokensOf(pair.corrupted),
    values,
    recovered: sidesTogether(recovered),
    cost: takeCost(),
  };
}

async function pairOf(model: Model, clean: RunRequest, corrupted: RunRequest): Promise<Pair> {
  const kept = await subjectOf(model, { run: clean });
  const target = corrupted.target ?? kept.run.target;
  const pair = { clean: kept, corrupted: await subjectOf(model, { run: { ...corrupted, target } }) };
  expectSameCount("sentences", pair.clean.source, pair.corrupted.source);
  expectSameCount("targets", pair.clean.target ?? [], pair.corrupted.target ?? []);
  return pair;
}

function expectSameCount(what: string, { length: clean }: readonly unknown[], { length: other }: readonly unknown[]) {
  if (clean === other) return;
  throw unfit(
    `Both ${what} need as many tokens, so that each state has its counterpart: the clean one has ${clean}, the corrupted one ${other}.`,
  );
}

/** How far each number has come from the corrupted run's to the clean one's. */
function sharesOf({ values }: Evaluation, { clean, corrupted }: PatchingStudy["values"]): Float32Array {
  return values.map((value) => (value - corrupted) / (clean - corrupted));
}

/** The first token whose state can differ: in a decoder alone, none before the first one that is another token. */
function firstPatched({ info }: Model, { clean, corrupted }: Pair): number {
  const switched = ({ run }: Subject): string => JSON.stringify([run.off, run.fill, run.masked]);
  if (info.family !== "decoder" || switched(clean) !== switched(corrupted)) return 0;
  const first = clean.source.findIndex(({ id }, place) => id !== corrupted.source[place]?.id);
  return Math.max(0, first);
}

/** Below this share of the number itself, two runs say the same. */
const ROUNDING = 1e-5;

function expectDifference({ clean, corrupted }: PatchingStudy["values"]): void {
  if (Math.abs(clean - corrupted) > ROUNDING * Math.max(1, Math.abs(clean))) return;
  throw unfit("Both runs give the same number, so that there is nothing to bring back: change the corrupted one more.");
}

function plain(run: RunRequest, target: Target) {
  return { run, points: 1, targets: [target], include: ["hidden"] } as const;
}

/** Clean state − corrupted state: `[layer + 1, token, width]`. */
function differenceOf(clean: Evaluation, corrupted: Evaluation, stack: Stack): Tensor {
  const [a, b] = [statesOf(clean.hidden, stack), statesOf(corrupted.hidden, stack)];
  return { data: a.data.map((value, at) => value - (b.data[at] ?? 0)), shape: a.shape.slice(1) };
}

function statesOf(hidden: ByStack | undefined, stack: Stack): Tensor {
  const states = hidden?.[stack];
  if (!states) throw unfit("The model gave no hidden states.");
  return states;
}

/** A shift for each of `count` tokens from `first` on, which moves this one alone: `[count, token, width]`. */
function oneTokenEach({ data, shape }: Tensor, state: number, first: number, count: number): Tensor {
  const [, tokens = 0, width = 0] = shape;
  const by = new Float32Array(count * tokens * width);
  for (let point = 0; point < count; point++) {
    const token = first + point;
    const from = (state * tokens + token) * width;
    by.set(data.subarray(from, from + width), (point * tokens + token) * width);
  }
  return { data: by, shape: [count, tokens, width] };
}

function tokensOf({ source, target }: Subject): PatchingStudy["clean"] {
  return { source, target };
}
