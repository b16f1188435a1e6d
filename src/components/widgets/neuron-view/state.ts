/** The neuron view's state: one head of one model, one query of it, one key held, and how far the steps are unfolded. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AttentionKind, HeadInside, HeadRef, RunRequest } from "../../../engine/model.ts";
import type { StoredInside } from "../../../stored/inside.ts";
import { firstInside, insideExample } from "../../../stored/insideExamples.ts";
import type { Evidence } from "../../exercises/evidence.ts";
import { type AttentionFigure, attentionFigure } from "../../views/attention/attentionFigure.ts";
import { DEFAULT_CHOICE } from "../../views/attention/choice.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import type { LiveText } from "../../views/figure/liveText.ts";
import { type Comparison, compare, type QuerySteps, querySteps } from "../../views/neuron/querySteps.ts";
import type { StripCell } from "../../views/neuron/Strips.tsx";
import { shownKeys, strongestKey } from "../../views/neuron/shown.ts";
import { neuronReading } from "../../views/neuron/words.ts";
import { insideState } from "./insideState.ts";
import { departureText, LINK_NOTICE, waitingText } from "./notices.ts";
import { ALL_STEPS, PLACE_FIELDS, type Place } from "./place.ts";
import { type PlaceState, placeState } from "./placeState.ts";

export interface NeuronOptions {
  readonly id: string;
  readonly live: LiveText;
  /** Drawn at build time: its model and head are shown at first. */
  readonly first: StoredInside;
  /** Steps unfolded at first; all of them when left out. */
  readonly open?: number | undefined;
  readonly stored: (id: string) => Promise<StoredInside>;
  readonly inspect: (model: string, request: RunRequest, head: HeadRef) => Promise<Outcome<HeadInside>>;
  /** Whether a model is so small that choosing another of its heads may load it. */
  readonly light: (model: string) => boolean;
  readonly evidence?: Signal<Evidence | null> | undefined;
}

export interface NeuronState extends AttentionFigure, Pick<PlaceState, "place" | "ask" | "hold" | "unfold"> {
  readonly inside: ReadonlySignal<HeadInside>;
  readonly steps: ReadonlySignal<QuerySteps>;
  /** The key whose arithmetic is written out: the one held, or the one with most weight. */
  readonly chosen: ReadonlySignal<number>;
  /** Positions of the keys that are drawn. */
  readonly shown: ReadonlySignal<readonly number[]>;
  /** How far the steps, taken anew, are from the model's own numbers. */
  readonly agreement: ReadonlySignal<Comparison>;
  readonly cell: Signal<StripCell | null>;
  readonly reading: ReadonlySignal<string>;
  /** Goes over to a model, at the head that it showed last. */
  choose(model: string): void;
  kind(kind: AttentionKind): void;
  /** Goes over to a head; one that is not stored is run where the model is light. */
  jump(layer: number, head: number): void;
}

export function neuronState(options: NeuronOptions): NeuronState {
  const { id, live, first } = options;
  const figure = attentionFigure({ id, live, defaults: defaultsOf(first), own: PLACE_FIELDS, focus: () => null });
  const head = computed<HeadRef>(() => {
    const { kind, layer, heads } = figure.choice.value;
    return { kind, layer, head: heads[0] ?? 0 };
  });
  const taken = insideState({ ...options, trace: live.trace, live: live.live, head });
  const { inside } = taken;
  const start: Place = { query: firstInside(first.model)?.query ?? 0, key: null, open: options.open ?? ALL_STEPS };
  const { place, ...placed } = placeState(start, inside);
  const steps = computed(() => querySteps(inside.value, place.value.query));
  const chosen = computed(() => place.value.key ?? strongestKey(steps.value.weights));
  const badLink = signal(false);
  const waiting = () => (taken.waiting.value ? waitingText(inside.value, head.value, live.status.value) : null);

  const state: NeuronState = {
    ...figure,
    ...placed,
    ...moves(options, figure, head, placed),
    inside,
    place,
    steps,
    chosen,
    shown: computed(() => shownKeys(steps.value.weights, place.value.key)),
    agreement: computed(() => compare(inside.value, place.value.query)),
    cell: signal<StripCell | null>(null),
    reading: computed(() => neuronReading(inside.value, steps.value, chosen.value, place.value.open)),
    departure: computed(() => departureText(first, start.query, inside.value, place.value.query)),
    notice: computed(
      () => taken.failure.value?.message ?? waiting() ?? figure.notice.value ?? (badLink.value ? LINK_NOTICE : null),
    ),
    fields: () => {
      const [common, own] = [figure.fields(), placed.fields()];
      return common || own ? { ...common, ...place.value } : null;
    },
    restore: (search) =>
      batch(() => {
        figure.restore(search);
        badLink.value = !placed.restore(search, id);
      }),
    reset: () =>
      batch(() => {
        figure.reset();
        placed.reset();
        badLink.value = false;
      }),
    connect: () => {
      const stops = [figure.connect(), taken.follow(), publish(options, state)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
  return state;
}

function defaultsOf({ head }: StoredInside) {
  return { ...DEFAULT_CHOICE, kind: head.kind as AttentionKind, layer: head.layer, heads: [head.head] };
}

/** The ways from one head to another. */
function moves(
  { live, light }: NeuronOptions,
  { patch }: AttentionFigure,
  head: ReadonlySignal<HeadRef>,
  place: Pick<PlaceState, "start">,
): Pick<NeuronState, "choose" | "kind" | "jump"> {
  /** The head that each model showed last. */
  const last = new Map<string, HeadRef>();
  const goTo = (next: HeadRef) => patch({ kind: next.kind, layer: next.layer, heads: [next.head] });
  return {
    choose: (model) =>
      batch(() => {
        last.set(live.trace.peek().model, head.peek());
        live.models?.choose(model);
        const example = firstInside(model);
        const next = last.get(model) ?? example?.head;
        if (next) goTo(next);
        place.start(example?.query ?? 0);
      }),
    kind: (kind) =>
      batch(() => {
        const example = firstInside(live.trace.peek().model, kind);
        if (example) goTo(example.head);
        else patch({ kind });
        place.start(example?.query ?? 0);
      }),
    jump: (layer, next) => {
      patch({ layer, heads: [next] });
      const { model } = live.trace.peek();
      const known = live.live.peek() || insideExample(model, head.peek()) !== undefined;
      if (!known && !live.status.peek().absent && light(model)) live.actions.run();
    },
  };
}

/** Tells the exercises what is shown, with the numbers of the key that is written out. */
function publish({ id, live, evidence }: NeuronOptions, state: NeuronState): () => void {
  return effect(() => {
    if (!evidence) return;
    evidence.value = {
      figure: id,
      trace: live.trace.value,
      live: live.live.value,
      focus: state.inside.value.head,
      numbers: numbersOf(state.steps.value, state.chosen.value),
    };
  });
}

/** What an exercise can ask for of a key; nothing where the mask forbids it. */
function numbersOf({ q, dots, scores, weights }: QuerySteps, key: number): Readonly<Record<string, number>> {
  const [dot = 0, score = 0, weight = 0] = [dots[key], scores[key], weights[key]];
  return Number.isFinite(score) ? { dot, score, weight, "dot-by-width": dot / q.length } : {};
}
