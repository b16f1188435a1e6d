/** How far methods put the tokens of a text into the same order, over many texts. */
import { bootstrapMean } from "../../attention/statistics.ts";
import { paceOf, type StudyTools, unfit } from "../../attention/studyTools.ts";
import type { AgreementRequest, AgreementStudy, AttributionRequest, TokenAttribution } from "../../attribute.ts";
import type { Cost } from "../../gradient.ts";
import type { Model, Tensor } from "../../model.ts";
import { METHODS } from "../methods.ts";
import { runnerOf } from "../runner.ts";
import { attributionOf, subjectFor } from "../studyAttribution.ts";
import type { Subject } from "../subject.ts";
import { agreement, expectTokens, sizesIn } from "./compare.ts";
import { sumCosts } from "./costs.ts";

/** One method on one text. */
interface Task {
  readonly subject: Subject;
  readonly request: AttributionRequest;
}

/** With fewer tokens than this there is little to put in order. */
const LEAST_TOKENS = 3;

/**
 * Spearman's ρ between the sizes of the scores of every two methods, mean over texts, with the 95 % interval of a bootstrap
 * over texts. Texts with fewer than three tokens that count are left out.
 *
 * @throws FailureError ("bad-input") where a method scores no tokens, or no text is left
 */
export async function studyAgreement(
  model: Model,
  { texts, methods }: AgreementRequest,
  tools: StudyTools,
): Promise<AgreementStudy> {
  const tasks: Task[][] = []; // [text][method]
  const { breathe } = paceOf(tools, texts.length * methods.length); // writing targets takes runs as well
  for (const { run, target } of texts) {
    tasks.push(await tasksOf(model, methods, { run, targets: [target] }));
    await breathe();
  }
  const runs = tasks.flat().map(({ subject, request }) => METHODS[request.method].runs(subject, request));
  const runner = runnerOf(
    model,
    tools,
    runs.reduce((sum, own) => sum + own, 0),
  );

  const each: Float64Array[] = []; // [text][method × method]
  const costs: Cost[][] = methods.map(() => []);
  for (const own of tasks) {
    const found: TokenAttribution[] = [];
    for (const [place, { subject, request }] of own.entries()) {
      const attribution = expectTokens(await attributionOf(runner, subject, request));
      found.push(attribution);
      costs[place]?.push(attribution.cost);
    }
    const sizes = found.map((attribution) => sizesIn(attribution, 0, model));
    if ((sizes[0]?.length ?? 0) >= LEAST_TOKENS) each.push(pairs(sizes));
  }
  if (each.length === 0) throw unfit("There is no text with at least three tokens that count.");

  const names = methods.map(({ method }) => method);
  return { model: model.info.id, methods: names, ...together(each, names.length), costs: costs.map(sumCosts) };
}

/** The matrices of all texts, `[text][method × method]`, and their mean with its interval. */
function together(
  each: readonly Float64Array[],
  methods: number,
): Pick<AgreementStudy, "mean" | "low" | "high" | "each" | "texts"> {
  const square = (data: ArrayLike<number>): Tensor => ({ data: Float32Array.from(data), shape: [methods, methods] });
  const { mean, low, high } = bootstrapMean(each);
  const all = Float32Array.from(each.flatMap((text) => [...text]));
  return {
    mean: square(mean),
    low: square(low),
    high: square(high),
    each: { data: all, shape: [each.length, methods, methods] },
    texts: each.length,
  };
}

/** Every method on one text. A target that the model has to write is written once. */
async function tasksOf(
  model: Model,
  methods: AgreementRequest["methods"],
  text: Pick<AttributionRequest, "run" | "targets">,
): Promise<Task[]> {
  const tasks: Task[] = [];
  let { run } = text;
  for (const method of methods) {
    const request = { ...method, ...text, run };
    const subject = await subjectFor(model, request);
    run = subject.run;
    tasks.push({ subject, request: { ...request, run } });
  }
  return tasks;
}

/** ρ of every two lists; of each with itself 1: `[list × list]`. */
function pairs(lists: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(lists.flatMap((a, row) => lists.map((b, column) => (row === column ? 1 : agreement(a, b)))));
}
