/** The texts on which the figure of nudges starts, and which of their nudges are stored. */
import type { NudgeMove, NudgeText } from "./nudge.ts";

export interface NudgeExample {
  readonly model: string;
  readonly text: NudgeText;
  /** The first is shown at first. */
  readonly moves: readonly NudgeMove[];
  /** All these source tokens are stored on the way along their gradients as well. */
  readonly tokens: readonly number[];
}

/** The whole way; a stretch on which the curve bends but a little; one on which it looks straight. */
const WHOLE = 1;
const NEAR = 0.1;
const NEAREST = 0.01;

function towards(token: number, word: string, reach = WHOLE): NudgeMove {
  return { side: "source", token, way: "word", word, seed: 1, reach };
}

/** A token's way along its gradient. */
export function steepestMove(token: number, reach = WHOLE): NudgeMove {
  return { side: "source", token, way: "gradient", word: "", seed: 1, reach };
}

function drawn(token: number, reach = WHOLE): NudgeMove {
  return { side: "source", token, way: "random", word: "", seed: 1, reach };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

const NAMES: NudgeText = {
  source: "When Mary and John went to the store, John gave a drink to",
  target: null,
  place: 0,
  follow: "Mary",
};
/** Places of the first `Mary` and of both `John`; the text begins with one token that is not written. */
const MARY = 2;
const JOHNS = [4, 10] as const;

export const NUDGE_EXAMPLES: readonly NudgeExample[] = [
  {
    model: "decoder-small",
    text: NAMES,
    moves: [
      towards(MARY, "John"),
      towards(MARY, "John", NEAR),
      towards(MARY, "John", NEAREST),
      towards(MARY, "Anna"),
      towards(JOHNS[0], "Mary"),
      towards(JOHNS[1], "Mary"),
      towards(JOHNS[1], "Anna"),
      drawn(MARY),
      steepestMove(MARY, NEAR),
    ],
    tokens: range(1, 14),
  },
  {
    model: "translator-en-fr",
    // "chien" in “Le chien brun a couru.”, and "dog".
    text: { source: "Translate to French: The brown dog ran.", target: null, place: 1, follow: "" },
    moves: [
      towards(6, "cat"),
      towards(6, "cat", NEAR),
      towards(6, "cat", NEAREST),
      towards(6, "man"),
      towards(5, "white"),
      drawn(6),
    ],
    tokens: range(0, 8),
  },
  {
    model: "smollm2-135m",
    text: { ...NAMES, follow: "Mary" },
    moves: [towards(1, "John"), towards(1, "John", NEAR), towards(1, "John", NEAREST), drawn(1)],
    tokens: range(0, 13),
  },
];
