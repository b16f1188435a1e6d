/**
 * The live texts of several models as one: what is shown is the chosen model's, and a sentence typed for one is carried over
 * to the next. Each keeps its own picture; going over to a model loads nothing.
 */
import { batch, computed, effect, signal, untracked } from "@preact/signals";
import type { LiveText, ModelSwitch } from "./liveText.ts";
import { modelPlace } from "./status.ts";
import { bareText } from "./textAdvice.ts";

/** A live text with several models behind it. */
export interface SwitchedText extends LiveText {
  readonly models: ModelSwitch;
}

/** Joins the live texts of several models, by name; the first is shown at first and after a reset. */
export function liveModels(lives: ReadonlyMap<string, LiveText>): SwitchedText {
  const offered = [...lives.keys()];
  const [first = ""] = offered;
  const chosen = signal(first);
  const of = (model: string): LiveText => {
    const live = lives.get(model);
    if (!live) throw new RangeError(`the figure offers no model named ${model}`);
    return live;
  };
  const current = computed(() => of(chosen.value));
  /** What the reader typed last into a model that can run it. */
  let sentence = bareText(of(first).source.peek(), of(first).instruction);

  function choose(model: string): void {
    const from = current.peek();
    const next = of(model);
    if (!from.status.peek().absent) sentence = bareText(from.source.peek(), from.instruction);
    const same = bareText(next.source.peek(), next.instruction) === sentence;
    batch(() => {
      if (!same && !next.status.peek().absent) next.offer(next.instruction + sentence);
      chosen.value = model;
    });
  }

  return {
    get source() {
      return current.value.source;
    },
    get target() {
      return current.value.target;
    },
    get instruction() {
      return current.value.instruction;
    },
    get counts() {
      return current.value.counts;
    },
    get actions() {
      return current.value.actions;
    },
    trace: computed(() => current.value.trace.value),
    live: computed(() => current.value.live.value),
    stale: computed(() => current.value.stale.value),
    status: computed(() => current.value.status.value),
    sourceAdvice: computed(() => current.value.sourceAdvice.value),
    models: { offered, chosen, choose, placeOf: (model) => modelPlace(of(model).status.value) },
    offer: (source) => current.peek().offer(source),
    restore: (source, target) => current.peek().restore(source, target),
    reset: () =>
      batch(() => {
        for (const live of lives.values()) live.reset();
        chosen.value = first;
      }),
    // Only the model that is shown follows edits.
    follow: () =>
      effect(() => {
        const live = current.value;
        return untracked(() => live.follow());
      }),
  };
}
