/** What an attribution is about: one run, its tokens as places in a row, and what each followed number can depend on. */
import type { AttributionRequest, BySide } from "../attribute.ts";
import type { ByStack, Inputs, Target } from "../gradient.ts";
import type { Model, RunRequest, Stack, Tensor, Token } from "../model.ts";

/** One side of a run. Its tokens stand at the places from `start` on; places count through all sides. */
export interface Side {
  readonly stack: Stack;
  readonly tokens: readonly Token[];
  readonly start: number;
  /** `[token, width]`, and the same of the baseline. */
  readonly embeddings: Tensor;
  readonly baseline: Tensor;
}

/** A run with all that its methods need to know. */
export interface Subject {
  readonly run: RunRequest;
  readonly source: readonly Token[];
  /** What the decoder of an encoder–decoder reads; null for a model with one stack. */
  readonly target: readonly Token[] | null;
  /** The source, and behind it what the decoder of an encoder–decoder reads. */
  readonly sides: readonly Side[];
  /** Tokens of all sides. */
  readonly places: number;
  readonly width: number;
}

/** Reads what goes into the run. A text that an encoder–decoder has to write is written once, here. */
export async function subjectOf(
  model: Model,
  { run, baseline }: Pick<AttributionRequest, "run" | "baseline">,
): Promise<Subject> {
  const inputs = await model.inputs(run, baseline);
  const sides = sidesOf(model, inputs);
  return {
    run: written(model, run, inputs),
    source: inputs.source,
    target: inputs.target?.read ?? null,
    sides,
    places: sides.reduce((sum, { tokens }) => sum + tokens.length, 0),
    width: model.info.width,
  };
}

function sidesOf(model: Model, inputs: Inputs): Side[] {
  const { family } = model.info;
  const { source, target } = inputs;
  const read = family === "decoder" ? "decoder" : "encoder";
  const first = { stack: read, tokens: source, start: 0, ...rowsOf(inputs, read) } as const;
  if (target === null) return [first];
  return [first, { stack: "decoder", tokens: target.read, start: source.length, ...rowsOf(inputs, "decoder") }];
}

function rowsOf({ embeddings, baseline }: Inputs, stack: Stack): Pick<Side, "embeddings" | "baseline"> {
  return { embeddings: tensorOf(embeddings, stack), baseline: tensorOf(baseline, stack) };
}

function tensorOf(tensors: ByStack, stack: Stack): Tensor {
  const tensor = tensors[stack];
  if (!tensor) throw new RangeError(`expected rows of the ${stack}`);
  return tensor;
}

/** The run with the target that the model wrote, where reading that text gives the same tokens again. */
function written(model: Model, run: RunRequest, { target }: Inputs): RunRequest {
  if (target === null || run.target !== null) return run;
  const ids = target.written.map(({ id }) => id);
  const { text } = model.decode(ids);
  const again = model.tokenize(text, "target").map(({ id }) => id);
  return again.length === ids.length && again.every((id, place) => id === ids[place]) ? { ...run, target: text } : run;
}

/**
 * How many of a side's tokens a followed number can depend on, counted from its first: all of a source that is encoded; of
 * what a decoder reads, the tokens up to the row.
 */
export function reachOf({ stack, tokens }: Pick<Side, "stack" | "tokens">, target: Target): number {
  return stack === "decoder" && target.kind === "token" ? Math.min(tokens.length, target.row + 1) : tokens.length;
}

/** Whether a followed number can depend on a place: `[place]`. */
export function within({ sides, places }: Subject, target: Target): boolean[] {
  const reached = new Array<boolean>(places).fill(false);
  for (const side of sides) reached.fill(true, side.start, side.start + reachOf(side, target));
  return reached;
}

/** Places that a method with a baseline can move: those within reach whose row is another one at the baseline. */
export function movable(subject: Subject, target: Target): number[] {
  const reached = within(subject, target);
  return subject.sides.flatMap((side) =>
    side.tokens.flatMap((_, at) =>
      reached[side.start + at] && moves(side, at, subject.width) ? [side.start + at] : [],
    ),
  );
}

function moves({ embeddings, baseline }: Side, at: number, width: number): boolean {
  for (let i = at * width; i < (at + 1) * width; i++) if (embeddings.data[i] !== baseline.data[i]) return true;
  return false;
}

/** Numbers by row and place, as scores by side: `[row, token]`; what a row cannot depend on is 0. */
export function bySide(subject: Subject, targets: readonly Target[], rows: readonly ArrayLike<number>[]): BySide {
  const tensors = subject.sides.map((side) => {
    const count = side.tokens.length;
    const data = new Float32Array(rows.length * count);
    for (const [row, values] of rows.entries()) {
      const target = targets[row];
      const reach = target ? reachOf(side, target) : 0;
      for (let at = 0; at < reach; at++) data[row * count + at] = values[side.start + at] ?? 0;
    }
    return { data, shape: [rows.length, count] };
  });
  return sidesTogether(tensors);
}

/** Tensors of the sides in their order, under their names. */
export function sidesTogether([source, target]: readonly Tensor[]): BySide {
  if (!source) throw new RangeError("a run without tokens has no scores");
  return { source, target: target ?? null };
}
