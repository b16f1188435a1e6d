import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { weightText } from "../../../lib/format.ts";
import {
  type AttentionFigure,
  type AttentionFigureOptions,
  attentionFigure,
  markedOf,
} from "../../views/attention/attentionFigure.ts";
import type { Choice } from "../../views/attention/choice.ts";
import type { Cell } from "../../views/attention/MatrixView.tsx";
import { weightAt } from "../../views/attention/matrix.ts";
import type { Picture } from "../../views/attention/picture.ts";
import { headsName, looks, readingOf, rowSubject } from "../../views/attention/reading.ts";
import { quoted } from "../../views/tokens/face.ts";

/** One layer and head. */
export interface Place {
  readonly layer: number;
  readonly head: number;
}

/** What the model view adds to an attention figure: the head that is previewed, and the cell that is read. */
export interface ModelViewState extends AttentionFigure {
  /** The head shown large: the one under the pointer or in focus, else the chosen one. */
  readonly place: ReadonlySignal<Place>;
  readonly cell: Signal<Cell | null>;
  readonly reading: ReadonlySignal<string>;
  readonly markedCells: ReadonlySignal<readonly Cell[]>;
  preview(place: Place | null): void;
  pick(layer: number, head: number): void;
}

/** The chosen head; the model view always has one. */
export function chosenPlace(choice: Choice): Place {
  return { layer: choice.layer, head: choice.heads[0] ?? 0 };
}

export function modelViewState(options: Omit<AttentionFigureOptions, "focus">): ModelViewState {
  const focus = (choice: Choice) => ({ kind: choice.kind, ...chosenPlace(choice) });
  const figure = attentionFigure({ ...options, focus });
  const previewed = signal<Place | null>(null);
  const cell = signal<Cell | null>(null);
  const place = computed(() => {
    const { layers, heads } = figure.picture.value;
    const seen = previewed.value;
    return seen && seen.layer < layers && seen.head < heads ? seen : chosenPlace(figure.choice.value);
  });

  return {
    ...figure,
    place,
    cell,
    reading: computed(() => cellReading(figure.picture.value, place.value, cell.value)),
    markedCells: computed(() => markedOf(figure)),
    preview: (next) => {
      previewed.value = next;
    },
    pick: (layer, head) => {
      previewed.value = null;
      figure.patch({ layer, heads: [head] });
    },
  };
}

/** The sentence for the cell that is read, or for the head as a whole. */
export function cellReading(picture: Picture, place: Place, cell: Cell | null): string {
  const row = cell && picture.rows[cell.row];
  const column = cell && picture.columns[cell.column];
  if (!row || !column) return readingOf(picture, place.layer, [place.head], null);
  const weight = weightAt(picture.matrix(place.layer, place.head), cell.row, cell.column);
  const who = `${headsName(picture, place.layer, [place.head])}: ${rowSubject(picture, row)}`;
  return `${who} ${looks(picture)} at ${quoted(column.piece)} with weight ${weightText(weight)}.`;
}
