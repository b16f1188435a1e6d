/** The models' cards, as their recipes wrote them. */
import smollm2 from "../../../models/smollm2/card/card.json";
import decoderSmall from "../../../public/models/decoder-small/card.json";
import encoderMinilm from "../../../public/models/encoder-minilm/card.json";
import translator from "../../../public/models/translator-en-fr/card.json";

/** One thing that was measured. */
export interface Figure {
  readonly label: string;
  readonly value: number;
  /** What it should reach, where that was set before. */
  readonly goal?: number;
  /** On how many items. */
  readonly n?: number;
  /** The head that it was measured on, counted from 0. */
  readonly layer?: number;
  readonly head?: number;
}

/** A text that the model was given, with what it answered. */
export type Sample =
  | { readonly english: string; readonly answer: string; readonly reference: string }
  /** `text` begins with `prompt`. */
  | { readonly prompt: string; readonly text: string };

export interface Probe {
  readonly kind: string;
  readonly english: string;
  readonly expected: string;
  readonly answer: string;
  readonly right: boolean;
}

export interface Card {
  readonly name: string;
  readonly revision: string;
  readonly licence: string;
  readonly attribution: string;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly samples?: readonly Sample[];
  readonly probes?: readonly Probe[];
}

/** The files of SmolLM2 are built on demand and never committed; its card is, beside its recipe. */
const CARDS = {
  "translator-en-fr": translator,
  "encoder-minilm": encoderMinilm,
  "decoder-small": decoderSmall,
  "smollm2-135m": smollm2,
} satisfies Record<string, Card>;

export type ModelId = keyof typeof CARDS;

/** The built-in models, in the order in which the course shows them. */
export const MODELS = Object.keys(CARDS) as ModelId[];

export function cardOf(model: ModelId): Card {
  return CARDS[model];
}
