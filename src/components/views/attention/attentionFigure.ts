/**
 * The state that every attention figure has: the choice of what is shown, the picture that follows from it and from the
 * text, and its traffic with the URL and with the exercises. Signals only; tested without a browser.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AnyTrace, HeadRef } from "../../../engine/model.ts";
import type { LiveText } from "../figure/liveText.ts";
import type { FigureEvidence, FigureMark } from "../figure/types.ts";
import { itemAt } from "../tokens/axis.ts";
import { type Choice, fitChoice } from "./choice.ts";
import { linkFields, readLink } from "./link.ts";
import { kindName, makePicture, type Picture } from "./picture.ts";

export interface AttentionFigureOptions {
  readonly id: string;
  readonly live: LiveText;
  /** What is shown at first and after a reset. */
  readonly defaults: Choice;
  /** Fields of its link that the figure reads by itself. */
  readonly own?: readonly string[];
  /** The one head that the figure shows alone, or null. */
  readonly focus: (choice: Choice) => HeadRef | null;
  /** Numbers of what is shown that exercises may ask for. */
  readonly numbers?: (trace: AnyTrace, focus: HeadRef | null) => Readonly<Record<string, number>>;
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
  readonly mark?: ReadonlySignal<FigureMark | null> | undefined;
}

export interface AttentionFigure {
  readonly id: string;
  readonly live: LiveText;
  /** Held to what the present trace has. */
  readonly choice: ReadonlySignal<Choice>;
  readonly picture: ReadonlySignal<Picture>;
  /** The kind of attention shown, in words; null while it is the one that the figure starts with. */
  readonly departure: ReadonlySignal<string | null>;
  readonly notice: ReadonlySignal<string | null>;
  /** The mark in force; null where there is none. */
  readonly mark: ReadonlySignal<FigureMark | null>;
  patch(change: Partial<Choice>): void;
  reset(): void;
  /** The figure's state as fields of a link; null while nothing differs from the defaults. */
  fields(): Record<string, unknown> | null;
  /** Takes over the state that a query string holds for this figure. */
  restore(search: string): void;
  /** Publishes to the exercises and follows their marks; answers with a function that stops. */
  connect(): () => void;
}

export function attentionFigure(options: AttentionFigureOptions): AttentionFigure {
  const { live, defaults } = options;
  const chosen = signal(defaults);
  const linkNotice = signal<string | null>(null);
  const choice = computed(() => fitChoice(chosen.value, live.trace.value));
  const patch = (change: Partial<Choice>) => {
    chosen.value = { ...choice.peek(), ...change };
  };

  return {
    id: options.id,
    live,
    choice,
    picture: followPicture(live, choice),
    departure: computed(() =>
      choice.value.kind === defaults.kind
        ? null
        : kindName({ kind: choice.value.kind, lone: live.trace.value.target === null }),
    ),
    notice: computed(() => linkNotice.value ?? staleNotice(live)),
    mark: computed(() => options.mark?.value ?? null),
    patch,
    reset: () =>
      batch(() => {
        chosen.value = defaults;
        linkNotice.value = null;
        live.reset();
      }),
    fields: () => linkFields(choice.value, defaults, live),
    restore: (search) => {
      const link = readLink(search, options.id, defaults, { offered: live.models?.offered, own: options.own });
      batch(() => {
        if (link.model !== null) live.models?.choose(link.model);
        chosen.value = link.choice;
        linkNotice.value = link.notice;
        if (link.text) live.restore(link.text.source, link.text.target);
      });
    },
    connect: () => connect(options, choice, patch),
  };
}

/** The picture, made anew only when the trace or the axes change, not with every layer or head. */
function followPicture(live: LiveText, choice: ReadonlySignal<Choice>): ReadonlySignal<Picture> {
  const axes = computed(() => {
    const { kind, names, words, hideSpecial, hideInstruction } = choice.value;
    return JSON.stringify({ kind, names, words, hideSpecial, hideInstruction });
  });
  return computed(() => {
    const trace = live.trace.value;
    void axes.value;
    return makePicture(trace, choice.peek());
  });
}

function staleNotice(live: LiveText): string | null {
  const { phase, absent } = live.status.value;
  if (!live.stale.value || phase === "running" || phase === "ready") return null;
  const shown = `The picture still shows the run of “${shortened(live.trace.value.source.text)}”`;
  return phase === "failed" || absent ? `${shown}.` : `${shown}; run it live to see this text.`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function connect(
  options: AttentionFigureOptions,
  choice: ReadonlySignal<Choice>,
  patch: (change: Partial<Choice>) => void,
): () => void {
  const publish = effect(() => {
    if (!options.evidence) return;
    const { trace, live } = options.live;
    const focus = options.focus(choice.value);
    const numbers = options.numbers?.(trace.value, focus);
    options.evidence.value = {
      figure: options.id,
      trace: trace.value,
      live: live.value,
      focus,
      ...(numbers && { numbers }),
    };
  });
  const follow = effect(() => {
    const head = options.mark?.value?.head;
    if (head) patch({ kind: head.kind, layer: head.layer, heads: [head.head], ...whole });
  });
  return () => {
    publish();
    follow();
  };
}

/** A marked cell names positions of the model's own sequence: nothing may be hidden. */
const whole = { hideSpecial: false, hideInstruction: false };

/** The mark's cells on the axes as they are laid out; none while another head is shown. */
export function markedOf(figure: AttentionFigure): { row: number; column: number }[] {
  const mark = figure.mark.value;
  const { rows, columns, kind } = figure.picture.value;
  if (!mark?.cells || (mark.head && mark.head.kind !== kind)) return [];
  return mark.cells
    .map(({ query, key }) => ({ row: itemAt(rows, query), column: itemAt(columns, key) }))
    .filter(({ row, column }) => row >= 0 && column >= 0);
}
