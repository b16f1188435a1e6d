import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { AnyTrace, Trace } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { Answer, TraceRequest } from "../../../workers/api.ts";
import type { LiveText } from "../../views/figure/liveText.ts";
import { type EntryKey, needs } from "./entries.ts";

/** Results too large to come unasked, and the run that they belong to. */
interface Large {
  readonly of: Trace;
  readonly hidden?: Trace["hidden"];
  readonly logits?: Trace["logits"];
}

/** Fetches the large results of the run shown, when the unfolded entry needs them. */
export interface Numbers {
  /** The run shown, with what was fetched for it. */
  readonly trace: ReadonlySignal<Trace>;
  /** The unfolded entry's numbers are not there. */
  readonly missing: ReadonlySignal<boolean>;
  readonly failure: ReadonlySignal<Failure | null>;
  /** Asks again, by running the model where it has not run yet. */
  fetch(): void;
  /** Live, the numbers of the unfolded entry come unasked; answers with a function that stops. */
  follow(): () => void;
}

type RunTrace = (request: TraceRequest, channel: string) => Promise<Answer<AnyTrace>>;

export function createNumbers(
  text: LiveText,
  open: ReadonlySignal<EntryKey | null>,
  channel: string,
  run: RunTrace,
): Numbers {
  const large = signal<Large | null>(null);
  const failure = signal<Failure | null>(null);
  const trace = computed(() => withLarge(translation(text.trace.value), large.value));
  const wanted = computed(() => (open.value === null ? null : needs(open.value)));
  const missing = computed(() => wanted.value !== null && trace.value[wanted.value] === undefined);

  async function ask(shown: Trace, part: "hidden" | "logits"): Promise<void> {
    failure.value = null;
    const answer = await run({ ...requestOf(shown), include: [part] }, channel);
    if (shown !== text.trace.peek()) return;
    batch(() => {
      if (answer.ok) large.value = { ...present(large.peek(), shown), [part]: translation(answer.value)[part] };
      else if (answer.failure.code !== "superseded") failure.value = answer.failure;
    });
  }

  const askForMissing = () => {
    if (text.live.value && missing.value && wanted.value) void ask(translation(text.trace.value), wanted.value);
  };

  return {
    trace,
    missing,
    failure,
    fetch: () => {
      if (text.live.peek()) askForMissing();
      else text.actions.run();
    },
    follow: () => effect(askForMissing),
  };
}

/** The walk shows an encoder–decoder: a run of anything else is a mistake of the page. */
function translation(trace: AnyTrace): Trace {
  if (trace.target === null)
    throw new RangeError(`${trace.model} has a single stack: the walk shows an encoder–decoder`);
  return trace;
}

/** The request that gives this very run again. */
function requestOf({ source, target }: Trace): TraceRequest {
  return { source: source.text, target: target.origin === "generated" ? null : target.text };
}

/** What is there already for a run. */
function present(large: Large | null, of: Trace): Large {
  return large?.of === of ? large : { of };
}

function withLarge(trace: Trace, large: Large | null): Trace {
  if (large?.of !== trace) return trace;
  const { hidden, logits } = large;
  return { ...trace, ...(hidden && { hidden }), ...(logits && { logits }) };
}
