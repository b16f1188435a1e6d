/**
 * Does an attribution look at the model? The same attribution is made while weights become random from the top layer downwards;
 * a picture that survives says little about what the model has learnt (Adebayo et al. 2018, "Sanity Checks for Saliency Maps",
 * section 3.1).
 */
import { type StudyTools, unfit } from "../../attention/studyTools.ts";
import type { AttributionRequest, RandomisedRequest, RandomisedStudy, TokenAttribution } from "../../attribute.ts";
import type { Model } from "../../model.ts";
import { METHODS } from "../methods.ts";
import { type Runner, runnerOf } from "../runner.ts";
import { attributionOf, subjectFor } from "../studyAttribution.ts";
import { agreement, expectTokens, sizesIn } from "./compare.ts";
import { sumCosts } from "./costs.ts";

/**
 * An attribution with so many layers random, for each of some depths. What the whole model writes, where the run has no target,
 * is held; ρ is the mean over rows. Each random model is given back before the next one is made.
 *
 * @throws FailureError ("bad-input") where the method scores no tokens, or there are not so many layers
 */
export async function studyRandomised(
  model: Model,
  { attribution, depths, seed }: RandomisedRequest,
  tools: StudyTools,
): Promise<RandomisedStudy> {
  expectDepths(model, depths);
  const subject = await subjectFor(model, attribution);
  const request = { ...attribution, run: subject.run };
  const runs = METHODS[request.method].runs(subject, request);
  const random = depths.filter((depth) => depth > 0);
  const total = runs * (1 + random.length);
  const runnerFor = (own: Model, place: number): Runner =>
    runnerOf(own, { onProgress: ({ done }) => tools.onProgress({ done: place * runs + done, total }) }, runs);

  const whole = expectTokens(await attributionOf(runnerFor(model, 0), subject, request));
  const found = new Map([[0, whole]]);
  for (const [place, depth] of random.entries()) {
    found.set(depth, await withRandom(model, depth, seed, (own) => attributed(runnerFor(own, place + 1), request)));
  }

  return {
    model: model.info.id,
    method: request.method,
    attributions: depths.flatMap((depth) => {
      const own = found.get(depth);
      return own ? [{ depth, scores: own.scores, rho: meanAgreement(whole, own, model) }] : [];
    }),
    source: subject.source,
    target: subject.target,
    cost: sumCosts([...found.values()].map(({ cost }) => cost)),
  };
}

function expectDepths({ info }: Model, depths: readonly number[]): void {
  const most = info.layers.encoder + info.layers.decoder;
  if (depths.every((depth) => Number.isInteger(depth) && depth >= 0 && depth <= most)) return;
  throw unfit(`This model has ${most} layers: as many can be made random, or fewer.`);
}

/** Works with a model whose top layers are random, and gives its memory back. */
async function withRandom<T>(
  model: Model,
  depth: number,
  seed: number,
  work: (random: Model) => Promise<T>,
): Promise<T> {
  const random = await model.randomised(depth, seed);
  try {
    return await work(random);
  } finally {
    await random.release();
  }
}

/** The baseline is the random model's own: its embeddings may be random as well. */
async function attributed(runner: Runner, request: AttributionRequest): Promise<TokenAttribution> {
  return expectTokens(await attributionOf(runner, await subjectFor(runner.model, request), request));
}

/** Spearman's ρ of the sizes of the scores, mean over rows. */
function meanAgreement(a: TokenAttribution, b: TokenAttribution, model: Model): number {
  const rows = a.targets.map((_, row) => agreement(sizesIn(a, row, model), sizesIn(b, row, model)));
  return rows.reduce((sum, rho) => sum + rho, 0) / rows.length;
}
