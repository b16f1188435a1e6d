/** What a reader asks of an attribution, as plain data: it stands in the URL and names stored answers. */
import type { MethodId } from "../../../engine/attribute.ts";
import type { Baseline, TokenTarget } from "../../../engine/gradient.ts";
import { MAX_CHARACTERS } from "../../controls/textBounds.ts";

export interface Question {
  readonly method: MethodId;
  readonly source: string;
  /** Encoder–decoder: what it reads as written; null to let the model write it. */
  readonly target: string | null;
  /** Encoder–decoder: the written token that is explained, by place; null for all of them. */
  readonly place: number | null;
  /** Decoder: the next word that is explained; empty for the model's own first choice. */
  readonly follow: string;
  /** The word in whose place the followed one stands: its number is taken off. Empty for none. */
  readonly against: string;
  /** Encoder: the sentence that it is compared with. */
  readonly to: string;
  readonly scale: TokenTarget["scale"];
  readonly norm: 1 | 2;
  readonly baseline: Baseline;
  readonly steps: number | "adaptive";
  readonly rule: "riemann" | "gauss-legendre";
}

/** Where a question starts from. */
export const PLAIN: Question = {
  method: "input-x-gradient",
  source: "",
  target: null,
  place: null,
  follow: "",
  against: "",
  to: "",
  scale: "logit",
  norm: 2,
  baseline: { kind: "pad" },
  steps: "adaptive",
  rule: "gauss-legendre",
};

const METHODS: readonly MethodId[] = [
  "saliency",
  "input-x-gradient",
  "integrated-gradients",
  "layer-input-x-gradient",
  "attention-x-gradient",
  "rollout",
  "occlusion",
  "shapley",
  "head-gates",
];
const SCALES: readonly Question["scale"][] = ["logit", "log-probability", "probability"];
/** Bounds of what a link may ask. */
const MOST_PLACES = 512;
const MOST_STEPS = 256;

/** A question from a link: each field taken where it is sound, else as in `base`. */
export function readQuestion(fields: ReadonlyMap<string, unknown>, base: Question): Question {
  const field = (name: keyof Question): unknown => fields.get(name);
  const text = (name: "source" | "follow" | "against" | "to") => {
    const value = field(name);
    return typeof value === "string" && value.length <= MAX_CHARACTERS ? value : base[name];
  };
  const target = field("target");
  return {
    method: METHODS.find((method) => method === field("method")) ?? base.method,
    source: text("source"),
    target: target === null || (typeof target === "string" && target.length <= MAX_CHARACTERS) ? target : base.target,
    place: field("place") === null ? null : (wholeNumber(field("place"), 0, MOST_PLACES) ?? base.place),
    follow: text("follow"),
    against: text("against"),
    to: text("to"),
    scale: SCALES.find((scale) => scale === field("scale")) ?? base.scale,
    norm: field("norm") === 1 ? 1 : field("norm") === 2 ? 2 : base.norm,
    baseline: readBaseline(field("baseline")) ?? base.baseline,
    steps: field("steps") === "adaptive" ? "adaptive" : (wholeNumber(field("steps"), 1, MOST_STEPS) ?? base.steps),
    rule: field("rule") === "riemann" ? "riemann" : field("rule") === "gauss-legendre" ? "gauss-legendre" : base.rule,
  };
}

/** A baseline from a link; undefined where it is none. */
export function readBaseline(value: unknown): Baseline | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value)) return undefined;
  const { kind } = value;
  if (kind === "pad" || kind === "mean" || kind === "zero") return { kind };
  if (kind !== "text" || !("text" in value) || typeof value.text !== "string") return undefined;
  return value.text.length <= MAX_CHARACTERS ? { kind, text: value.text } : undefined;
}

function wholeNumber(value: unknown, low: number, high: number): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= low ? Math.min(high, Number(value)) : undefined;
}
