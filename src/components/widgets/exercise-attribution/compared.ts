/** How far two methods agree on the words of a text. */
import type { Token } from "../../../engine/model.ts";
import { rankCorrelation } from "../../../lib/rankCorrelation.ts";
import { rowOf } from "../../views/attribution/scored.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import type { Pair } from "./pair.ts";

/** The shape of the exercises' `Comparison`. */
export interface Compared {
  readonly rho: number;
  readonly first: string;
  readonly second: string;
}

/** Over the words of the source, by the size of their scores; null where there are fewer than two. */
export function comparedOf({ first, second }: Pair): Compared | null {
  const { tokens } = first.trace.source;
  const places = tokens.flatMap((token, place) => (isWord(token) ? [place] : []));
  const [one, other] = [sizesOf(first, places), sizesOf(second, places)];
  if (one === null || other === null || places.length < 2) return null;
  const top = (sizes: readonly number[]): string => {
    const place = places[sizes.indexOf(Math.max(...sizes))];
    return nameOf(place === undefined ? undefined : tokens[place]);
  };
  return { rho: rankCorrelation(one, other), first: top(one), second: top(other) };
}

/** An ordinary word: nothing that the model's format adds, no part of the instruction, no mark. */
export function isWord({ special, instruction, text }: Token): boolean {
  return !special && !instruction && /[\p{L}\p{N}]/u.test(text);
}

function sizesOf({ attribution }: Pair["first"], places: readonly number[]): number[] | null {
  if (attribution.of !== "tokens") return null;
  const scores = rowOf(attribution.scores.source, 0);
  return places.map((place) => Math.abs(scores[place] ?? 0));
}

function nameOf(token: Token | undefined): string {
  return token ? token.text.trim() || visiblePiece(token.piece) : "";
}
