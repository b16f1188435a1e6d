/**
 * Is attention an explanation? Every token of the source is hidden from all heads, one at a time; how far that lowers the
 * probability of an output is set beside the attention that the token got (the question of Jain & Wallace 2019, "Attention
 * is not Explanation", and Serrano & Smith 2019, "Is Attention Interpretable?").
 *
 * Only ordinary tokens are taken away and compared: neither special ones nor the instruction, on which many heads rest. In a
 * decoder neither the first token, which a row must be able to see, nor the last, whose own state goes on to the answer
 * whatever the heads see.
 */
import type { AnyTrace, AttentionKind, Model, RunRequest, Tensor } from "../model.ts";
import type { Prompt, RemovalRow, RemovalStudy, StudyRequest } from "../study.ts";
import { blocksOf, isOrdinary } from "./blocks.ts";
import { targetOf } from "./metrics.ts";
import { sizesOf } from "./sizes.ts";
import { bootstrapMean, meanOf, spearman } from "./statistics.ts";
import { type Pace, paceOf, type StudyTools, unfit } from "./studyTools.ts";

/** Something that a model puts out: its row of attention, and its log-probability in a run. */
interface Output {
  readonly text: string;
  readonly row: number;
  readonly logProbability: (trace: AnyTrace) => number;
}

/** A text with all that has to be run for it. */
interface Task {
  readonly request: RunRequest;
  /** Places of the tokens that are taken away. */
  readonly places: readonly number[];
}

/**
 * Rank correlation between attention and the effect of removal, for every head: of cross-attention for each written token, or
 * of a decoder's for the answer. A head that gives all tokens the same weight has no order, and counts as 0; outputs of texts
 * with fewer than three tokens are left out. The mean runs over a text's outputs, then over texts.
 */
export async function studyRemoval(
  model: Model,
  { prompts }: Pick<Extract<StudyRequest, { job: "removal" }>, "prompts">,
  tools: StudyTools,
): Promise<RemovalStudy> {
  const kind = kindOf(model);
  const tasks: Task[] = [];
  for (const prompt of prompts) {
    const task = await taskOf(model, prompt);
    if (task.places.length > 2) tasks.push(task);
  }
  const pace = paceOf(
    tools,
    tasks.reduce((sum, { places }) => sum + 1 + places.length, 0),
  );

  const rows: RemovalRow[] = [];
  const texts: Float64Array[] = []; // [text][head], the mean of all heads behind the last
  for (const task of tasks) {
    const found = await remove(model, kind, task, pace);
    if (found.length === 0) continue;
    rows.push(...found);
    texts.push(meanOf(found.map((row) => row.correlation)));
    await pace.breathe();
  }
  return { model: model.info.id, kind, ...summary(texts, model.info.heads), texts: texts.length, rows };
}

function kindOf({ info }: Model): AttentionKind {
  if (info.family === "encoder") throw unfit("An encoder alone puts out no word whose probability could fall.");
  return info.family === "decoder" ? "decoder" : "cross";
}

async function taskOf(model: Model, prompt: Prompt): Promise<Task> {
  const tokens = model.tokenize(prompt.source, "source");
  const ordinary = tokens.flatMap((token, place) => (isOrdinary(token) ? [place] : []));
  if (model.info.family === "encoder-decoder") {
    return { request: { source: prompt.source, target: await targetOf(model, prompt) }, places: ordinary };
  }
  if (!prompt.answer) throw unfit("A prompt for a decoder needs its answer.");
  const places = ordinary.filter((place) => place > 0 && place < tokens.length - 1);
  return { request: { source: prompt.source, target: null, watch: [prompt.answer] }, places };
}

/** Takes away one token after the other, and sets what that does to each output beside the attention on it. */
async function remove(model: Model, kind: AttentionKind, { request, places }: Task, pace: Pace): Promise<RemovalRow[]> {
  const whole = await model.trace(request);
  await pace.ran();
  const outputs = outputsOf(whole);
  const effects = outputs.map(() => new Float64Array(places.length)); // [output][token]
  for (const [at, place] of places.entries()) {
    const without = await model.trace({ ...request, masked: [place] });
    for (const [index, { logProbability }] of outputs.entries()) {
      const effect = effects[index];
      if (effect) effect[at] = logProbability(whole) - logProbability(without);
    }
    await pace.ran();
  }

  const attention = blocksOf(whole).find((block) => block.kind === kind)?.attention;
  if (!attention) return [];
  const tokens = places.map((place) => whole.source.tokens[place]?.text ?? "");
  return outputs.map(({ text, row }, index) => {
    const effect = Array.from(effects[index] ?? []);
    const weights = weightsOf(attention, row, places);
    return { source: request.source, output: text, tokens, effect, weights, correlation: correlate(weights, effect) };
  });
}

/** An encoder–decoder's written tokens, special ones left out; of a decoder the answer after the last token. */
function outputsOf(trace: AnyTrace): Output[] {
  if (trace.target === null) {
    const answer = ({ target, ...run }: AnyTrace) => ("watched" in run ? run.watched[0]?.probability : undefined);
    const row = trace.source.tokens.length - 1;
    const text = trace.watched[0]?.word ?? "";
    return [{ text, row, logProbability: (run) => Math.log(answer(run) ?? Number.NaN) }];
  }
  return trace.target.written.flatMap(({ special, text }, row) =>
    special ? [] : [{ text, row, logProbability: ({ tokenLoss }) => -(tokenLoss[row] ?? Number.NaN) }],
  );
}

/** Every head's attention from one row to some tokens: `[layer × head, token]`. */
function weightsOf(attention: Tensor, row: number, places: readonly number[]): Tensor {
  const { layers, heads, queries, keys } = sizesOf(attention);
  const data = new Float32Array(layers * heads * places.length);
  for (let head = 0; head < layers * heads; head++) {
    for (const [at, place] of places.entries()) {
      data[head * places.length + at] = attention.data[(head * queries + row) * keys + place] ?? 0;
    }
  }
  return { data, shape: [layers * heads, places.length] };
}

/** Correlation of every head's weights with the effects, and behind the last head that of the mean of all: `[head + 1]`. */
function correlate({ data, shape }: Tensor, effect: readonly number[]): number[] {
  const [heads = 0, tokens = 0] = shape;
  const together = new Float64Array(tokens);
  const found: number[] = [];
  for (let head = 0; head < heads; head++) {
    const own = data.subarray(head * tokens, (head + 1) * tokens);
    for (const [at, weight] of own.entries()) together[at] = (together[at] ?? 0) + weight;
    found.push(correlation(own, effect));
  }
  return [...found, correlation(together, effect)];
}

function correlation(weights: ArrayLike<number>, effect: readonly number[]): number {
  const rho = spearman(weights, effect);
  return Number.isNaN(rho) ? 0 : rho;
}

/** Means and intervals over texts, for every head and for the mean of all. */
function summary(texts: readonly Float64Array[], heads: number): Pick<RemovalStudy, "mean" | "low" | "high" | "all"> {
  const { mean, low, high } = bootstrapMean(texts);
  const perLayer = (values: Float64Array): Tensor => {
    const ofHeads = values.subarray(0, -1);
    return { data: Float32Array.from(ofHeads), shape: [ofHeads.length / heads, heads] };
  };
  const ofAll = (values: Float64Array) => values.at(-1) ?? Number.NaN;
  return {
    mean: perLayer(mean),
    low: perLayer(low),
    high: perLayer(high),
    all: { mean: ofAll(mean), low: ofAll(low), high: ofAll(high) },
  };
}
