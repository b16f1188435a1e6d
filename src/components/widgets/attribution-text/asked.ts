/** From what the reader has chosen to what is asked of the model: fields that do not count are as in every question. */
import type { MethodId } from "../../../engine/attribute.ts";
import type { Family } from "../../../engine/model.ts";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import { PLAIN, type Question } from "../../views/attribution/question.ts";

/** Methods that give every token a score: those of this figure. */
export const TOKEN_METHODS: readonly MethodId[] = [
  "saliency",
  "input-x-gradient",
  "integrated-gradients",
  "occlusion",
  "shapley",
  "attention-x-gradient",
  "rollout",
];

export interface AskOptions {
  readonly family: Family;
  /** The figure compares with a word that was not written. */
  readonly contrast: boolean;
  /** Encoder: the second sentence is coloured. */
  readonly second: boolean;
}

/** The question as it is asked; equal choices give equal questions. */
export function questionOf(chosen: Question, { family, contrast, second }: AskOptions): Question {
  const { takes, slow } = METHOD_WORDS[chosen.method];
  const writes = family !== "encoder";
  const oneRow = family === "encoder-decoder" && (slow || contrast);
  return {
    ...PLAIN,
    method: chosen.method,
    source: second ? chosen.to : chosen.source,
    target: family === "encoder-decoder" ? chosen.target : null,
    place: oneRow ? (chosen.place ?? 0) : null,
    follow: family === "decoder" ? chosen.follow.trim() : "",
    against: contrast && writes ? chosen.against.trim() : "",
    to: family === "encoder" ? (second ? chosen.source : chosen.to) : "",
    scale: writes ? chosen.scale : PLAIN.scale,
    ...(takes.includes("norm") && { norm: chosen.norm }),
    ...(takes.includes("baseline") && { baseline: chosen.baseline }),
    ...(takes.includes("steps") && { steps: chosen.steps, rule: chosen.rule }),
  };
}
