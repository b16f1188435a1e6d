import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { AttentionKind, Family, ModelInfo } from "../../../engine/model.ts";
import { readState } from "../../../lib/urlState.ts";
import {
  type AttentionFigure,
  type AttentionFigureOptions,
  attentionFigure,
} from "../../views/attention/attentionFigure.ts";
import { type Choice, DEFAULT_CHOICE, kindsOf } from "../../views/attention/choice.ts";
import { wholeState } from "../../views/attention/link.ts";
import type { Cell } from "../../views/attention/MatrixView.tsx";
import { padded } from "../../views/attention/mask.ts";
import type { Picture } from "../../views/attention/picture.ts";
import type { SwitchedText } from "../../views/figure/liveModels.ts";
import { type Place, readingFor } from "./words.ts";

/** What the figure adds to an attention figure: kinds of models, the mask, and the cell that is read. */
export interface KindsState extends AttentionFigure {
  readonly live: SwitchedText;
  /** The model shown. */
  readonly model: ReadonlySignal<ModelInfo>;
  /** The models of its kind. */
  readonly siblings: ReadonlySignal<readonly ModelInfo[]>;
  readonly place: ReadonlySignal<Place>;
  /** Whether places that fill up a batch are drawn. */
  readonly padding: Signal<boolean>;
  /** The picture with those places. */
  readonly picture: ReadonlySignal<Picture>;
  /** The cell that is pointed at, else the one that is held. */
  readonly cell: ReadonlySignal<Cell | null>;
  readonly reading: ReadonlySignal<string>;
  point(cell: Cell | null): void;
  /** Holds a cell, or lets go of the one that is held. */
  hold(cell: Cell | null): void;
  chooseFamily(family: Family): void;
  chooseModel(id: string): void;
  chooseKind(kind: AttentionKind): void;
}

export interface KindsOptions {
  readonly id: string;
  readonly live: SwitchedText;
  /** The models offered, in the order of `live.models.offered`. */
  readonly models: readonly ModelInfo[];
  /** The head that a model shows at first, by the model's name; its first one where left out. */
  readonly starts?: Readonly<Record<string, Place>> | undefined;
  readonly evidence?: AttentionFigureOptions["evidence"];
  readonly mark?: AttentionFigureOptions["mark"];
}

/** Of an encoder–decoder, what the other two lack is shown first. */
const FIRST_KIND: Readonly<Record<Family, AttentionKind>> = {
  encoder: "encoder",
  decoder: "decoder",
  "encoder-decoder": "cross",
};

/** Places that fill up, where they are shown. */
const FILL = 2;

/** What stands there: as BERT writes it, or as T5 does. */
const FILL_PIECE: Readonly<Record<Family, string>> = { encoder: "[PAD]", decoder: "<pad>", "encoder-decoder": "<pad>" };

function placeOf(choice: Choice): Place {
  return { layer: choice.layer, head: choice.heads[0] ?? 0 };
}

export function kindsState(options: KindsOptions): KindsState {
  const { live, models } = options;
  const [first] = models;
  if (first === undefined) throw new RangeError("the figure offers no model");
  const startOf = ({ id, family }: ModelInfo): Pick<Choice, "kind" | "layer" | "heads"> => {
    const { layer, head } = options.starts?.[id] ?? { layer: 0, head: 0 };
    return { kind: FIRST_KIND[family], layer, heads: [head] };
  };
  const defaults: Choice = { ...DEFAULT_CHOICE, ...startOf(first) };
  const figure = attentionFigure({
    ...options,
    defaults,
    own: ["padding"],
    focus: (choice) => ({ kind: choice.kind, ...placeOf(choice) }),
  });
  const model = computed(() => models.find(({ id }) => id === live.models.chosen.value) ?? first);
  const padding = signal(false);
  const pointed = signal<Cell | null>(null);
  const held = signal<Cell | null>(null);
  /** The model that was last shown of each kind. */
  const last = new Map<Family, string>();

  const picture = computed(() =>
    padding.value ? padded(figure.picture.value, FILL, FILL_PIECE[model.value.family]) : figure.picture.value,
  );
  const place = computed(() => {
    const { layer, head } = placeOf(figure.choice.value);
    return { layer, head: Math.min(head, Math.max(0, picture.value.heads - 1)) };
  });
  const cell = computed(() => within(pointed.value ?? held.value, picture.value));
  const letGo = () => {
    pointed.value = null;
    held.value = null;
  };
  const chooseModel = (id: string) =>
    batch(() => {
      const info = models.find((one) => one.id === id);
      if (info === undefined || id === model.peek().id) return;
      last.set(info.family, id);
      live.models.choose(id);
      figure.patch(startOf(info));
      letGo();
    });

  return {
    ...figure,
    live,
    model,
    siblings: computed(() => models.filter(({ family }) => family === model.value.family)),
    place,
    padding,
    picture,
    cell,
    // The switch itself says which attention is shown.
    departure: signal(null),
    reading: computed(() => readingFor(picture.value, place.value, cell.value)),
    point: (next) => {
      pointed.value = next;
    },
    hold: (next) => {
      const again = next !== null && held.peek()?.row === next.row && held.peek()?.column === next.column;
      held.value = again ? null : next;
    },
    chooseFamily: (family) => {
      if (family === model.peek().family) return;
      const id = last.get(family) ?? models.find((one) => one.family === family)?.id;
      if (id !== undefined) chooseModel(id);
    },
    chooseModel,
    chooseKind: (kind) => {
      if (!kindsOf(live.trace.peek()).includes(kind)) return;
      letGo();
      figure.patch({ kind });
    },
    reset: () =>
      batch(() => {
        padding.value = false;
        letGo();
        last.clear();
        figure.reset();
      }),
    fields: () => (padding.value ? { ...wholeState(figure.choice.value, live), padding: true } : figure.fields()),
    restore: (search) =>
      batch(() => {
        const state = readState(search, options.id);
        padding.value = state.kind === "read" && state.fields.get("padding") === true;
        figure.restore(search);
      }),
  };
}

/** A cell outside the present tokens is none. */
function within(cell: Cell | null, { rows, columns }: Picture): Cell | null {
  return cell && cell.row < rows.length && cell.column < columns.length ? cell : null;
}
