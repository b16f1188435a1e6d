import type { HeadRef } from "../engine/model.ts";

/** A head whose inside is stored as `inside/<id>.json`. */
export interface InsideExample {
  readonly id: string;
  readonly model: string;
  /** The stored run that it belongs to: `examples.ts`. */
  readonly run: string;
  readonly head: HeadRef;
  /** Position of the query that is shown at first. */
  readonly query: number;
}

/** Every stored inside; the first of a model, and of each of its kinds of attention, is what it starts with. */
export const INSIDES: readonly InsideExample[] = [
  inside("decoder-small", "decoder-small", "brown-dog-decoder", { kind: "decoder", layer: 0, head: 0 }, 3),
  inside("encoder-minilm", "encoder-minilm", "brown-dog-minilm", { kind: "encoder", layer: 1, head: 8 }, 3),
  inside("translator-cross", "translator-en-fr", "brown-dog", { kind: "cross", layer: 1, head: 0 }, 1),
  inside("translator-encoder", "translator-en-fr", "brown-dog", { kind: "encoder", layer: 0, head: 1 }, 6),
  inside("translator-decoder", "translator-en-fr", "brown-dog", { kind: "decoder", layer: 0, head: 1 }, 2),
  inside("smollm2", "smollm2-135m", "brown-dog-smollm2", { kind: "decoder", layer: 0, head: 0 }, 3),
];

function inside(id: string, model: string, run: string, head: HeadRef, query: number): InsideExample {
  return { id, model, run, head, query };
}

/** The stored inside of a head, where there is one. */
export function insideExample(model: string, { kind, layer, head }: HeadRef): InsideExample | undefined {
  const same = (of: HeadRef) => of.kind === kind && of.layer === layer && of.head === head;
  return INSIDES.find((example) => example.model === model && same(example.head));
}

/** What a model shows at first; of several kinds of attention, the one asked for. */
export function firstInside(model: string, kind?: HeadRef["kind"]): InsideExample | undefined {
  return INSIDES.find((example) => example.model === model && (kind === undefined || example.head.kind === kind));
}
