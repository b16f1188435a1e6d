import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { AnyTrace, HeadRef } from "../../../engine/model.ts";
import {
  type AttentionFigure,
  type AttentionFigureOptions,
  attentionFigure,
  markedOf,
} from "../../views/attention/attentionFigure.ts";
import type { Choice } from "../../views/attention/choice.ts";
import { soloHead, toggleHead } from "../../views/attention/choice.ts";
import { asideNumbers, crossings } from "../../views/attention/lineNumbers.ts";
import { floorNote, readingOf, type Spotlight } from "../../views/attention/reading.ts";

/** What the head view adds to an attention figure: the token in the spotlight. */
export interface HeadViewState extends AttentionFigure {
  /** Locked, hovered or focused; null for none. */
  readonly spotlight: ReadonlySignal<Spotlight | null>;
  readonly locked: ReadonlySignal<boolean>;
  readonly reading: ReadonlySignal<string>;
  /** What the floor leaves out of the picture, and what the numbers in it are. */
  readonly note: ReadonlySignal<string | null>;
  /** Cells of the mark in force, as places on the axes. */
  readonly markedCells: ReadonlySignal<readonly { row: number; column: number }[]>;
  spot(spotlight: Spotlight | null): void;
  /** Locks a token, or lets go of the one that is locked. */
  lock(spotlight: Spotlight): void;
  release(): void;
  toggle(head: number): void;
  solo(head: number): void;
  /** Shows a layer's head alone. */
  jump(layer: number, head: number): void;
}

const LARGEST = "Numbers: largest of the heads shown.";

/** The one head shown alone. */
export function focusOf(choice: Choice) {
  const [head] = choice.heads;
  return head !== undefined && choice.heads.length === 1 ? { kind: choice.kind, layer: choice.layer, head } : null;
}

/** The numbers that exercises ask for, with `focus` shown alone in a figure that started with `first`. */
export function headNumbers(trace: AnyTrace, focus: HeadRef | null, first: HeadRef | null): Record<string, number> {
  return {
    ...(focus && asideNumbers(trace, focus)),
    // Of the head that the figure starts with, whichever is shown.
    ...(first && { crossings: crossings(trace, first) }),
  };
}

export function headViewState(options: Omit<AttentionFigureOptions, "focus" | "numbers">): HeadViewState {
  const first = focusOf(options.defaults);
  const numbers = (trace: AnyTrace, focus: HeadRef | null) => headNumbers(trace, focus, first);
  const figure = attentionFigure({ ...options, focus: focusOf, numbers });
  const { choice, picture, patch } = figure;
  const hovered = signal<Spotlight | null>(null);
  const held = signal<Spotlight | null>(null);
  const spotlight = computed(() =>
    within(held.value ?? hovered.value, picture.value.rows.length, picture.value.columns.length),
  );

  return {
    ...figure,
    spotlight,
    locked: computed(() => held.value !== null && spotlight.value !== null),
    reading: computed(() => readingOf(picture.value, choice.value.layer, choice.value.heads, spotlight.value)),
    note: computed(() => {
      const { layer, heads, floor } = choice.value;
      const left = floorNote(picture.value, layer, heads, floor);
      return [left, heads.length > 1 ? LARGEST : null].filter(Boolean).join(" ") || null;
    }),
    markedCells: computed(() => markedOf(figure)),
    spot: (next) => {
      hovered.value = next;
    },
    lock: (next) => {
      const again = held.peek()?.side === next.side && held.peek()?.index === next.index;
      held.value = again ? null : next;
    },
    release: () => {
      held.value = null;
      hovered.value = null;
    },
    toggle: (head) => patch(toggleHead(choice.peek(), head)),
    solo: (head) => patch(soloHead(choice.peek(), head, picture.peek().heads)),
    jump: (layer, head) => patch({ layer, heads: [head] }),
    reset: () => {
      held.value = null;
      figure.reset();
    },
  };
}

/** A spotlight outside the present tokens is none. */
function within(spotlight: Spotlight | null, rows: number, columns: number): Spotlight | null {
  if (spotlight === null) return null;
  return spotlight.index < (spotlight.side === "row" ? rows : columns) ? spotlight : null;
}
