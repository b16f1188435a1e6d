/** What the figure says of its state. */

import type { MethodId } from "../../../engine/attribute.ts";
import { METHOD_WORDS } from "../../views/attribution/methodWords.ts";
import type { ScoreScale } from "../../views/attribution/scale.ts";
import type { ScoredItem } from "../../views/attribution/scored.ts";
import { itemText } from "../../views/attribution/scored.ts";
import { quoted } from "../../views/tokens/face.ts";
import type { Compared } from "./compared.ts";

/** The followed number: “the logit of “chien””. */
export function followedText(output: string, against: string): string {
  return against === "" ? `the logit of ${quoted(output)}` : `the lead of ${quoted(output)} over ${quoted(against)}`;
}

/** Over a coloured text. */
export function headingText(method: MethodId): string {
  const { name } = METHOD_WORDS[method];
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

interface Said {
  readonly output: string;
  readonly against: string;
  readonly value: number;
  readonly compared: Compared | null;
}

/** The sentence under the picture. */
export function readingOf({ output, against, value, compared }: Said): string {
  const followed = followedText(output, against);
  const number = `${followed[0]?.toUpperCase()}${followed.slice(1)} is ${signedNumber(value)}.`;
  if (!compared) return number;
  const { rho, first, second } = compared;
  const tops =
    first === second
      ? `Both methods put ${quoted(first)} first`
      : `The first puts ${quoted(first)} first, the second ${quoted(second)}`;
  return `${number} ${tops}; over the words, sizes alone, their rank correlation is ${signedNumber(rho)}.`;
}

/** A token that is pointed at. */
export function pointedText(method: MethodId, item: ScoredItem, scale: ScoreScale): string {
  return `${headingText(method)}: ${itemText(item, scale)}.`;
}

function signedNumber(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace("-", "−") : "not defined";
}
