import { storedAnswers } from "../../../../../src/components/widgets/nudge/askNudge.ts";
import type { NudgeStudy } from "../../../../../src/engine/attribute.ts";
import type { Token } from "../../../../../src/engine/model.ts";
import { type NudgeMove, type StoredNudges, storedNudge, VERSION } from "../../../../../src/stored/nudge.ts";

const WORDS = ["<s>", "▁Mary", "▁gave", "▁to"];

function token(piece: string, id: number): Token {
  const special = id === 0;
  const text = special ? "" : piece.slice(1);
  return { id, piece, text, start: 0, end: text.length, word: id - 1, special, instruction: false };
}

export const TOWARDS: NudgeMove = { side: "source", token: 1, way: "word", word: "John", seed: 1, reach: 1 };
export const STEEPEST: NudgeMove = { side: "source", token: 2, way: "gradient", word: "", seed: 1, reach: 1 };

const COST = { forward: 8, backward: 0, milliseconds: 20 };

/** A model that says 10 − share²: flat where it stands, while its gradient climbs by 0.5. */
export const stored: StoredNudges = {
  version: VERSION,
  model: "decoder-small",
  text: { source: "Mary gave to", target: null, place: 0, follow: "" },
  source: WORDS.map(token),
  target: null,
  predictions: [{ id: 1, piece: "▁Mary", probability: 0.9 }],
  value: 10,
  steepest: { source: [0.1, 2, 0.5, 1], target: null },
  steepestMeasured: { source: [0.1, 2.01, 0.5, 0.99], target: null },
  costs: { gradient: { forward: 1, backward: 1, milliseconds: 5 }, curve: COST, tokens: COST },
  curves: [
    {
      move: TOWARDS,
      towards: token("▁John", 4),
      values: [9, 9.75, 10, 9.75, 9],
      slope: 0.5,
      measured: { slope: 0.49, step: 0.01 },
      lengths: { embedding: 1, way: 2, gradient: 2 },
    },
    {
      move: STEEPEST,
      towards: null,
      values: [9.5, 9.75, 10, 10.25, 10.5],
      slope: 0.5,
      measured: { slope: 0.5, step: 0.01 },
      lengths: { embedding: 1, way: 1, gradient: 0.5 },
    },
  ],
};

export const answers = storedAnswers(stored);

/** The study of a stored move. */
export function studyOf(move: NudgeMove = TOWARDS): NudgeStudy {
  const study = storedNudge(stored, move);
  if (!study) throw new Error("the sample lacks this move");
  return study;
}
