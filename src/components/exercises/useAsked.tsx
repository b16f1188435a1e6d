import { type ReadonlySignal, type Signal, useSignal, useSignalEffect } from "@preact/signals";
import type { Evidence, ModelAnswer, Traced, Tracing } from "./evidence.ts";
import { ASK_WORDS } from "./words.ts";

/** What a check asks of the figure's model. */
export type Question = (tracing: Tracing, shown: Evidence) => Promise<ModelAnswer<Traced>>;

/** An exercise that asks the figure's model before it judges. */
export interface Asked {
  /** What the figure shows, with what the model said of it. */
  readonly evidence: Signal<Evidence | null>;
  readonly asking: ReadonlySignal<boolean>;
  /** Asks; gives what to say instead of a verdict, or null. For `prepare` of an exercise. */
  ask(question: Question): Promise<string | null>;
}

/** The evidence of an exercise whose verdict the figure's model settles. */
export function useAsked(figure: Signal<Evidence | null> | undefined): Asked {
  const evidence = useSignal<Evidence | null>(null);
  const asking = useSignal(false);
  useSignalEffect(() => {
    const shown = figure?.value ?? null;
    const known = evidence.peek();
    // What the model said belongs to one text and one output.
    const same = shown?.trace === known?.trace && keyOf(shown) === keyOf(known);
    if (!same || shown?.live !== known?.live) evidence.value = shown;
  });
  return {
    evidence,
    asking,
    async ask(question) {
      const shown = figure?.peek() ?? null;
      if (!shown?.tracing) return null;
      asking.value = true;
      const answer = await question(shown.tracing, shown);
      asking.value = false;
      if (!answer.ok) return answer.message;
      evidence.value = { ...shown, live: answer.live, traced: answer.value };
      return null;
    },
  };
}

function keyOf(evidence: Evidence | null): string {
  return JSON.stringify(evidence?.tracing?.followed ?? null);
}

/** How far the model is with what an exercise asked, and how to stop it. */
export function AskProgress({ asked, tracing }: { readonly asked: Asked; readonly tracing: Tracing | undefined }) {
  if (!asked.asking.value || !tracing) return null;
  const progress = tracing.progress.value;
  return (
    <p class="uh-ex-asking" aria-live="polite">
      {progress ? ASK_WORDS.at(progress.done, progress.total) : ASK_WORDS.waiting}
      <button type="button" onClick={tracing.cancel}>
        {ASK_WORDS.stop}
      </button>
    </p>
  );
}
