/** What the reader asks of the figure, as plain data: it stands in the URL and names stored answers. */
import type { NudgeDirection } from "../../../engine/attribute.ts";
import type { TokenTarget } from "../../../engine/gradient.ts";
import type { NudgeMove, NudgeText } from "../../../stored/nudge.ts";
import { MAX_CHARACTERS } from "../../controls/textBounds.ts";
import { PLAIN, type Question } from "../../views/attribution/question.ts";

export interface NudgeQuestion extends NudgeText, NudgeMove {
  readonly side: "source" | "target";
  readonly way: NudgeDirection["kind"];
  readonly scale: TokenTarget["scale"];
}

/** Reaches that are offered: the whole way, and stretches on which the curve looks ever straighter. */
export const REACHES = [
  { value: 1, label: "the whole way" },
  { value: 0.1, label: "a tenth" },
  { value: 0.01, label: "a hundredth" },
] as const;

const WAYS: readonly NudgeQuestion["way"][] = ["word", "gradient", "random"];
const SCALES: readonly NudgeQuestion["scale"][] = ["logit", "log-probability", "probability"];
/** Bounds of what a link may ask. */
const MOST_PLACES = 512;
const MOST_SEED = 9_999;
const LONGEST_WORD = 400;

/** The question of a text and a move. */
export function questionOf(text: NudgeText, move: NudgeMove): NudgeQuestion {
  return { ...text, ...move, side: move.side === "target" ? "target" : "source", way: wayOf(move.way), scale: "logit" };
}

function wayOf(value: unknown): NudgeQuestion["way"] {
  return WAYS.find((way) => way === value) ?? "gradient";
}

/** A question from a link: each field taken where it is sound, else as in `base`. */
export function readNudge(fields: ReadonlyMap<string, unknown>, base: NudgeQuestion): NudgeQuestion {
  const text = (name: "source" | "follow" | "word", most: number): string => {
    const value = fields.get(name);
    return typeof value === "string" && value.length <= most ? value : base[name];
  };
  const whole = (name: "place" | "token" | "seed", low: number, high: number): number => {
    const value = fields.get(name);
    return Number.isSafeInteger(value) && Number(value) >= low ? Math.min(high, Number(value)) : base[name];
  };
  const target = fields.get("target");
  const side = fields.get("side");
  return {
    source: text("source", MAX_CHARACTERS),
    target: target === null || (typeof target === "string" && target.length <= MAX_CHARACTERS) ? target : base.target,
    place: whole("place", 0, MOST_PLACES),
    follow: text("follow", LONGEST_WORD),
    scale: SCALES.find((scale) => scale === fields.get("scale")) ?? base.scale,
    side: side === "source" || side === "target" ? side : base.side,
    token: whole("token", 0, MOST_PLACES),
    way: WAYS.find((way) => way === fields.get("way")) ?? base.way,
    word: text("word", LONGEST_WORD),
    seed: whole("seed", 1, MOST_SEED),
    reach: REACHES.find(({ value }) => value === fields.get("reach"))?.value ?? base.reach,
  };
}

/** The way as the engine takes it. */
export function directionOf({ way, word, seed }: NudgeQuestion): NudgeDirection {
  if (way === "word") return { kind: "word", word };
  return way === "random" ? { kind: "random", seed } : { kind: "gradient" };
}

/** What of it says which output is followed, for `targetsOf`. */
export function followedIn({ source, target, place, follow, scale }: NudgeQuestion): Question {
  return { ...PLAIN, source, target, place, follow, scale };
}
