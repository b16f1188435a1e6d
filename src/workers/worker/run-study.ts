/** Work on many sentences, by the engine's methods. */
import { studyHeads } from "../../engine/attention/studyHeads.ts";
import { studyOrders } from "../../engine/attention/studyOrders.ts";
import { studyRemoval } from "../../engine/attention/studyRemoval.ts";
import { sweepHeads } from "../../engine/attention/sweepHeads.ts";
import type { Model } from "../../engine/model.ts";
import { type FetchOptions, fetchText } from "../../engine/runtime/fetch.ts";
import type { StudyRequest, StudyResults } from "../../engine/study.ts";
import type { OnStudyProgress } from "../api.ts";

/** Runs a study; throws "cancelled" once `onProgress` answers false. */
export async function runStudy(
  model: Model,
  request: StudyRequest,
  fetching: FetchOptions,
  onProgress: OnStudyProgress,
): Promise<StudyResults[StudyRequest["job"]]> {
  if (request.job === "sweep") return sweepHeads(model, request, { onProgress });
  if (request.job === "orders") return studyOrders(model, request, { onProgress });
  if (request.job === "removal") return studyRemoval(model, request, { onProgress });
  const { corpus } = request;
  if (corpus.kind !== "treebank") return studyHeads(model, request, { onProgress });
  return studyHeads(model, request, { onProgress, treebank: await fetchText(corpus.address, "treebank", fetching) });
}
