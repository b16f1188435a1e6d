import type { AttentionKind, Stack } from "../../../engine/model.ts";
import type { Axis, OutputShape, Sizes } from "./shape.ts";

/** The entries of what a run gives back, in the order in which transformers lists them. */
export const ENTRY_KEYS = [
  "loss",
  "logits",
  "decoder_hidden_states",
  "decoder_attentions",
  "cross_attentions",
  "encoder_last_hidden_state",
  "encoder_hidden_states",
  "encoder_attentions",
] as const;

export type EntryKey = (typeof ENTRY_KEYS)[number];

/** How the numbers of an entry are chosen and shown. */
export type EntryForm =
  | { readonly form: "loss" }
  | { readonly form: "logits" }
  | { readonly form: "attention"; readonly kind: AttentionKind }
  | { readonly form: "hidden"; readonly stack: Stack; readonly last: boolean };

/** One entry: what it is called in Python, what it says, its shape. */
export interface Entry {
  readonly sentence: string;
  readonly shape: (sizes: Sizes) => OutputShape;
  readonly numbers: EntryForm;
}

const one: Axis = { name: "batch", size: 1 };

function hidden(stack: Stack, sizes: Sizes, last: boolean): OutputShape {
  const tokens = stack === "encoder" ? ("source" as const) : ("target" as const);
  const axes: Axis[] = [one, { name: tokens, size: sizes[tokens] }, { name: "width", size: sizes.width }];
  return last ? { axes } : { tuple: { name: "states", size: sizes.layers[stack] + 1 }, axes };
}

function attention(kind: AttentionKind, sizes: Sizes): OutputShape {
  const query = kind === "encoder" ? ("source" as const) : ("target" as const);
  const key = kind === "decoder" ? ("target" as const) : ("source" as const);
  return {
    tuple: { name: "layers", size: sizes.layers[kind === "encoder" ? "encoder" : "decoder"] },
    axes: [
      one,
      { name: "heads", size: sizes.heads },
      { name: query, size: sizes[query], side: "query" },
      { name: key, size: sizes[key], side: "key" },
    ],
  };
}

/** The table of entries. */
export const ENTRIES: Readonly<Record<EntryKey, Entry>> = {
  loss: {
    sentence: "How surprised the model is by the target: the mean of −log P over its tokens.",
    shape: () => ({ axes: [] }),
    numbers: { form: "loss" },
  },
  logits: {
    sentence: "A score for every token of the vocabulary at every position; softmax makes probabilities of them.",
    shape: ({ target, vocabulary }) => ({
      axes: [one, { name: "target", size: target }, { name: "vocabulary", size: vocabulary }],
    }),
    numbers: { form: "logits" },
  },
  decoder_hidden_states: {
    sentence: "What stands for each target token after every decoder layer.",
    shape: (sizes) => hidden("decoder", sizes, false),
    numbers: { form: "hidden", stack: "decoder", last: false },
  },
  decoder_attentions: {
    sentence: "Where each token that was read looks among those before it, and itself.",
    shape: (sizes) => attention("decoder", sizes),
    numbers: { form: "attention", kind: "decoder" },
  },
  cross_attentions: {
    sentence: "Where each position looks in the source while it writes its token.",
    shape: (sizes) => attention("cross", sizes),
    numbers: { form: "attention", kind: "cross" },
  },
  encoder_last_hidden_state: {
    sentence: "What the decoder gets to see of the source: the encoder's last state.",
    shape: (sizes) => hidden("encoder", sizes, true),
    numbers: { form: "hidden", stack: "encoder", last: true },
  },
  encoder_hidden_states: {
    sentence: "What stands for each source token after every encoder layer.",
    shape: (sizes) => hidden("encoder", sizes, false),
    numbers: { form: "hidden", stack: "encoder", last: false },
  },
  encoder_attentions: {
    sentence: "Where each source token looks in the source, before it and after it.",
    shape: (sizes) => attention("encoder", sizes),
    numbers: { form: "attention", kind: "encoder" },
  },
};

/** The name under which Python's `output` holds an entry. */
export function pythonName(key: EntryKey): string {
  return `output.${key}`;
}

/** Which part of a run must be asked for before an entry's numbers can be shown. */
export function needs(key: EntryKey): "hidden" | "logits" | null {
  const { form } = ENTRIES[key].numbers;
  return form === "hidden" || form === "logits" ? form : null;
}
