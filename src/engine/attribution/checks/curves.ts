/**
 * Deletion and insertion curves: tokens are taken away in the order of an attribution, or put back, and the followed number is
 * read off after each; where the order is good, it falls and climbs early (Petsiuk et al. 2018, "RISE: Randomized Input Sampling
 * for Explanation of Black-box Models", section 4.1, on pixels). Random orders are the yardstick. "Away" means that the
 * baseline's embedding stands in the token's place.
 */
import { below, seeded } from "../../../lib/random.ts";
import { type StudyTools, unfit } from "../../attention/studyTools.ts";
import type { AttributionRequest, Curve, CurvesRequest, CurvesStudy, TokenAttribution } from "../../attribute.ts";
import type { Cost } from "../../gradient.ts";
import type { Model } from "../../model.ts";
import { METHODS } from "../methods.ts";
import { runnerOf } from "../runner.ts";
import { attributionOf, subjectFor } from "../studyAttribution.ts";
import { movable, type Subject } from "../subject.ts";
import { curvesAlong } from "./along.ts";
import { bandsOf } from "./bands.ts";
import { expectTokens } from "./compare.ts";
import { sumCosts } from "./costs.ts";

/** An order of the tokens that a method proposes, and what it took to find it. */
interface Ranked {
  readonly method: TokenAttribution["method"];
  readonly order: readonly number[];
  readonly cost: Cost;
}

/**
 * Deletion and insertion curves of several methods on one run, beside random orders. Tokens that are the same at the baseline
 * (special ones) are left out, and those behind a decoder's row. A set of tokens that several curves share is run once, so the
 * progress may end below its total. A curve's cost is that of its attribution; the study's holds all runs.
 *
 * @throws FailureError ("bad-input") where fewer than two tokens can be taken away, or taking all away changes nothing
 */
export async function studyCurves(model: Model, request: CurvesRequest, tools: StudyTools): Promise<CurvesStudy> {
  const { subject, target, attributions } = await followedBy(model, request);
  const places = movable(subject, target);
  if (places.length < 2) throw unfit("A curve needs at least two tokens that can be taken away.");
  const random = shuffles(places, request.orders, request.seed);
  const curvesRuns = 2 + 2 * (places.length - 1) * (attributions.length + random.length);
  const own = attributions.map((asked) => METHODS[asked.request.method].runs(asked.subject, asked.request));
  const runner = runnerOf(
    model,
    tools,
    own.reduce((sum, runs) => sum + runs, curvesRuns),
  );

  // The orders that the methods propose.
  const ranked: Ranked[] = [];
  for (const asked of attributions) {
    const found = expectTokens(await attributionOf(runner, asked.subject, asked.request));
    ranked.push({ method: found.method, order: rankedBy(found, places), cost: found.cost });
  }

  // The curves along them and along random ones.
  const orders = [...ranked.map(({ order }) => order), ...random];
  const found = await curvesAlong(runner, subject, target, orders);
  const curves = ranked.map(({ method, cost }, at) => ({ method, cost, ...curveAt(found, at) }));
  const cost = sumCosts([...ranked.map((each) => each.cost), runner.takeCost()]);
  const { source, target: read } = subject;
  const yardstick = bandsOf(found.slice(ranked.length));
  return { model: model.info.id, source, target: read, curves, random: yardstick, cost };
}

/** The one run and number that all attributions are about, and for each of these what it is about. */
async function followedBy(model: Model, { attributions, baseline, orders }: CurvesRequest) {
  const [first] = attributions;
  const [target] = first?.targets ?? [];
  if (!first || !target) throw unfit("Curves need at least one method and an output that is followed.");
  const about = ({ run, targets }: AttributionRequest): string => JSON.stringify([run, targets]);
  const same = about({ ...first, targets: [target] });
  if (attributions.some((each) => about(each) !== same)) {
    throw unfit("All curves need the same text and the same single output.");
  }
  if (!(orders >= 1)) throw unfit("Curves need at least one random order beside them.");
  const subject = await subjectFor(model, { ...first, baseline });
  const asked: { readonly request: AttributionRequest; readonly subject: Subject }[] = [];
  for (const each of attributions) {
    const request = { ...each, run: subject.run };
    asked.push({ request, subject: await subjectFor(model, request) });
  }
  return { subject, target, attributions: asked };
}

/** The places, the highest score first; of equal scores the earlier token. */
function rankedBy({ scores }: TokenAttribution, places: readonly number[]): number[] {
  const all = [...scores.source.data, ...(scores.target?.data ?? [])];
  return [...places].sort((a, b) => (all[b] ?? 0) - (all[a] ?? 0) || a - b);
}

function shuffles(places: readonly number[], count: number, seed: number): number[][] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const left = [...places];
    return places.flatMap(() => left.splice(below(random, left.length), 1));
  });
}

function curveAt(curves: readonly Curve[], at: number): Curve {
  const curve = curves[at];
  if (!curve) throw new RangeError(`no curve ${at}`);
  return curve;
}
