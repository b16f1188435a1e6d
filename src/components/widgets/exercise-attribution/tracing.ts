/** The figure's model as exercises ask it: stored answers while it is not loaded, live ones from then on. */
import { signal } from "@preact/signals";
import type { Attribution, GradientStudy } from "../../../engine/attribute.ts";
import type { StudyProgress, StudyRequest, StudyResults } from "../../../engine/study.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { Followed, MethodRequest, ModelAnswer, Tracing } from "../../exercises/evidence.ts";
import type { StudyClient } from "../../views/attribution/liveStudy.ts";

export interface TracingOptions {
  readonly client: StudyClient;
  /** Who asks: not the figure's own channel, so that the two do not end each other's studies. */
  readonly channel: string;
  readonly absent: boolean;
  readonly attribution: (followed: Followed, request: MethodRequest) => Attribution | null;
  readonly gradient: (followed: Followed) => Promise<GradientStudy | null>;
}

/** Everything but what is followed, which the figure says with each run. */
export type Asks = Omit<Tracing, "followed">;

const ABSENT = "This copy of the site lacks the model and has no stored answer to that.";

export function asksOf(options: TracingOptions): Asks {
  const { client, channel, absent } = options;
  const progress = signal<StudyProgress | null>(null);
  let newest = 0;
  let pending = 0;

  async function study<J extends "attribution" | "gradient">(
    request: Extract<StudyRequest, { job: J }>,
    stored: () => Promise<StudyResults[J] | null>,
  ): Promise<ModelAnswer<StudyResults[J]>> {
    const ready = client.modelStatus.peek().phase === "live";
    const kept = ready ? null : await stored().catch(() => null);
    if (kept) return { ok: true, value: kept, live: false };
    if (absent) return { ok: false, message: ABSENT };
    newest += 1;
    pending += 1;
    const mine = newest;
    const outcome = await client.study<J>(request, channel, (next) => {
      if (mine === newest) progress.value = next;
    });
    pending -= 1;
    if (mine === newest) progress.value = null;
    return outcome.ok ? { ...outcome, live: true } : { ok: false, message: wordsOf(outcome.failure) };
  }

  return {
    progress,
    attribute: (followed, request) =>
      study<"attribution">(
        { job: "attribution", run: followed.run, targets: [followed.target], ...request },
        async () => options.attribution(followed, request),
      ),
    gradient: (followed) => study<"gradient">({ job: "gradient", ...followed }, () => options.gradient(followed)),
    cancel: () => {
      // A download that the figure itself asked for goes on.
      if (pending === 0) return;
      client.cancelStudy(channel);
      client.cancelLoad();
    },
  };
}

/** A failure in one line. */
function wordsOf({ code, message }: Failure): string {
  return code === "cancelled" || code === "superseded" ? "Stopped." : message;
}
