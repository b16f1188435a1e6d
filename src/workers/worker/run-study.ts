/** Work that takes many runs, by the engine's methods. */
import { studyHeads } from "../../engine/attention/studyHeads.ts";
import { studyOrders } from "../../engine/attention/studyOrders.ts";
import { studyRemoval } from "../../engine/attention/studyRemoval.ts";
import type { StudyTools } from "../../engine/attention/studyTools.ts";
import { sweepHeads } from "../../engine/attention/sweepHeads.ts";
import { studyAgreement } from "../../engine/attribution/checks/agreement.ts";
import { studyCurves } from "../../engine/attribution/checks/curves.ts";
import { studyGateCheck } from "../../engine/attribution/checks/gateCheck.ts";
import { studyPatching } from "../../engine/attribution/checks/patching.ts";
import { studyRandomised } from "../../engine/attribution/checks/randomised.ts";
import { gradientOf } from "../../engine/attribution/gradientOf.ts";
import { studyNudge } from "../../engine/attribution/nudge.ts";
import { studyAttribution } from "../../engine/attribution/studyAttribution.ts";
import type { Model } from "../../engine/model.ts";
import { type FetchOptions, fetchText } from "../../engine/runtime/fetch.ts";
import type { StudyRequest, StudyResults } from "../../engine/study.ts";
import type { OnStudyProgress } from "../api.ts";

type Job = StudyRequest["job"];
type Request<J extends Job> = Extract<StudyRequest, { readonly job: J }>;
type Study<J extends Job> = (model: Model, request: Request<J>, tools: StudyTools) => Promise<StudyResults[J]>;

/** Which method does which job. */
const STUDIES: { readonly [J in Job]: Study<J> } = {
  heads: studyHeads,
  sweep: sweepHeads,
  orders: studyOrders,
  removal: studyRemoval,
  attribution: studyAttribution,
  nudge: studyNudge,
  gradient: gradientOf,
  patching: studyPatching,
  curves: studyCurves,
  "gate-check": studyGateCheck,
  randomised: studyRandomised,
  agreement: studyAgreement,
};

/** Runs a study; throws "cancelled" once `onProgress` answers false. */
export async function runStudy<J extends Job>(
  model: Model,
  request: Request<J>,
  fetching: FetchOptions,
  onProgress: OnStudyProgress,
): Promise<StudyResults[J]> {
  const study: Study<J> = STUDIES[request.job as J];
  return study(model, request, { onProgress, ...(await treebankOf(request, fetching)) });
}

async function treebankOf(request: StudyRequest, fetching: FetchOptions): Promise<Pick<StudyTools, "treebank">> {
  if (request.job !== "heads" || request.corpus.kind !== "treebank") return {};
  return { treebank: await fetchText(request.corpus.address, "treebank", fetching) };
}
