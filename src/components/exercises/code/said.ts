import type { Attribution, GradientStudy } from "../../../engine/attribute.ts";
import type { AnyTrace } from "../../../engine/model.ts";
import type { Evidence, Followed, MethodRequest, ModelAnswer, Tracing } from "../evidence.ts";
import { followedIn } from "../tracing/followed.ts";
import type { CodeCase } from "../types.ts";

/** What the model said of a run, for tasks on attributions. */
export interface ModelSaid {
  readonly followed: Followed;
  /** Null where the code does not work on it. */
  readonly gradient: GradientStudy | null;
  /** Null where a stored gradient is all there is: then scores are computed from it. */
  readonly attribution: Attribution | null;
}

/** What a task asks of the model besides the run. */
export interface Wanted {
  /** Whether the code works on embedding and gradient. */
  readonly gradient: boolean;
  readonly request: MethodRequest;
}

/** The output that a case is about: the figure's own in its run, else the one that the case names. */
export function followedBy(shown: Evidence | null, trace: AnyTrace, { word }: CodeCase): Followed | null {
  if (shown?.tracing && shown.trace === trace) return shown.tracing.followed;
  return followedIn(trace, { target: word });
}

/** Asks it, one thing after the other. */
export async function askModel(
  tracing: Tracing,
  followed: Followed,
  { gradient, request }: Wanted,
): Promise<ModelAnswer<ModelSaid>> {
  const slopes = gradient ? await tracing.gradient(followed) : null;
  if (slopes && !slopes.ok) return slopes;
  if (slopes && !slopes.live) {
    return { ok: true, live: false, value: { followed, gradient: slopes.value, attribution: null } };
  }
  const attribution = await tracing.attribute(followed, request);
  if (!attribution.ok) return attribution;
  const value = { followed, gradient: slopes?.value ?? null, attribution: attribution.value };
  return { ok: true, live: attribution.live, value };
}
