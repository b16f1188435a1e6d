/** The figures of the exercises on attributions, with the models that run right here. */
import { signal } from "@preact/signals";
import { openLocal } from "../../scripts/local-model.ts";
import type { Evidence, ModelAnswer, Traced, Tracing } from "../../src/components/exercises/evidence.ts";
import { storedOf } from "../../src/components/widgets/exercise-attribution/answers.ts";
import type { Asked } from "../../src/components/widgets/exercise-attribution/asked.ts";
import { exerciseState } from "../../src/components/widgets/exercise-attribution/state.ts";
import dog from "../../src/stored/attributions/exercise-dog.json" with { type: "json" };
import kate from "../../src/stored/attributions/exercise-kate.json" with { type: "json" };
import { loadGradient } from "../../src/stored/gradients.ts";
import { localClient } from "./localClient.ts";

const FIGURES = {
  dog: { stored: dog, methods: { first: "saliency", second: "occlusion" } },
  kate: { stored: kate, methods: { first: "input-x-gradient", second: "saliency" } },
} as const;

/** A figure at work: what it publishes, and how it is asked something else. */
export async function exerciseFigure(name: keyof typeof FIGURES) {
  const { stored, methods } = FIGURES[name];
  const { client } = localClient(await openLocal(stored.model));
  const evidence = signal<Evidence | null>(null);
  const options = { id: name, client, absent: false, gradient: loadGradient, methods, evidence };
  const state = exerciseState({ ...options, stored: storedOf(stored) });
  const stop = state.connect();
  const shown = (): Evidence => {
    if (!evidence.value) throw new Error("the figure publishes nothing");
    return evidence.value;
  };
  return {
    state,
    client,
    stop,
    shown,
    tracing: (): Tracing => {
      const { tracing } = shown();
      if (!tracing) throw new Error("the figure follows nothing");
      return tracing;
    },
    /** Runs it live on something. */
    async run(change: Partial<Asked> = {}): Promise<Evidence> {
      state.ask(change);
      state.study.actions.run();
      while (state.study.progress.value !== null) await new Promise((resolve) => setTimeout(resolve, 5));
      if (!shown().live) throw new Error(state.study.status.value.failure?.message ?? "the figure is not live");
      return shown();
    },
  };
}

/** What the figure shows, with what its model said. */
export function withSaid(shown: Evidence, answer: ModelAnswer<Traced>): Evidence {
  if (!answer.ok) throw new Error(answer.message);
  return { ...shown, live: answer.live, traced: answer.value };
}
