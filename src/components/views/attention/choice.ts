/** What of the attention is shown, and how: the part of a figure's state that a link carries besides the text. */
import type { AnyTrace, AttentionKind } from "../../../engine/model.ts";
import { clamp } from "../../../lib/format.ts";
import type { RowNames } from "../tokens/axis.ts";
import { attentionOf, sizes } from "./matrix.ts";

export interface Choice {
  readonly kind: AttentionKind;
  /** Counted from 0. */
  readonly layer: number;
  /** Heads shown, counted from 0, ascending; may be empty. */
  readonly heads: readonly number[];
  /** What rows of decoder and cross-attention are called by; null for the usual of the kind. */
  readonly names: RowNames | null;
  readonly words: boolean;
  readonly hideSpecial: boolean;
  readonly hideInstruction: boolean;
  /** Lines under this weight are not drawn. */
  readonly floor: number;
}

export const KINDS: readonly AttentionKind[] = ["encoder", "decoder", "cross"];

/** The floors offered. */
export const FLOORS: readonly number[] = [0, 0.02, 0.05, 0.1, 0.2];

export const DEFAULT_CHOICE: Choice = {
  kind: "cross",
  layer: 0,
  heads: [0],
  names: null,
  words: false,
  hideSpecial: false,
  hideInstruction: false,
  floor: 0.02,
};

/** The kinds of attention that a trace has. */
export function kindsOf(trace: AnyTrace): AttentionKind[] {
  return KINDS.filter((kind) => attentionOf(trace, kind).data.length > 0);
}

/** The kind that a figure of a run starts with: the one wanted, else the usual one, else what the model has. */
export function startKind(trace: AnyTrace, wanted: AttentionKind = DEFAULT_CHOICE.kind): AttentionKind {
  const kinds = kindsOf(trace);
  return kinds.includes(wanted) ? wanted : (kinds[0] ?? wanted);
}

/** The row names in force: cross-attention is named by the token written, the decoder's own by the token read. */
export function rowNames(choice: Choice): RowNames {
  if (choice.kind === "encoder") return "read";
  return choice.names ?? (choice.kind === "cross" ? "written" : "read");
}

/** The choice held to what the trace has. */
export function fitChoice(choice: Choice, trace: AnyTrace): Choice {
  const kind = startKind(trace, choice.kind);
  const { layers, heads } = sizes(attentionOf(trace, kind));
  const layer = Math.min(choice.layer, Math.max(0, layers - 1));
  const kept = choice.heads.filter((head) => head < heads);
  if (kind === choice.kind && layer === choice.layer && kept.length === choice.heads.length) return choice;
  return { ...choice, kind, layer, heads: kept };
}

/** Shows a head or takes it away. */
export function toggleHead(choice: Choice, head: number): Choice {
  const heads = choice.heads.includes(head)
    ? choice.heads.filter((shown) => shown !== head)
    : [...choice.heads, head].sort((a, b) => a - b);
  return { ...choice, heads };
}

/** Shows one head alone; once more, shows all again. */
export function soloHead(choice: Choice, head: number, all: number): Choice {
  const alone = choice.heads.length === 1 && choice.heads[0] === head;
  return { ...choice, heads: alone ? Array.from({ length: all }, (_, index) => index) : [head] };
}

/** The most layers and heads that a link may name; the trace's own sizes hold later. */
const MOST = 256;

type Check<T> = (value: unknown) => T | undefined;

const flag: Check<boolean> = (value) => (typeof value === "boolean" ? value : undefined);

const CHECKS: { readonly [Field in keyof Choice]: Check<Choice[Field]> } = {
  kind: (value) => KINDS.find((kind) => kind === value),
  layer: (value) => wholeNumber(value, MOST),
  heads: (value) => headList(value),
  names: (value) => (value === "read" || value === "written" || value === null ? value : undefined),
  words: flag,
  hideSpecial: flag,
  hideInstruction: flag,
  floor: (value) => (typeof value === "number" && Number.isFinite(value) ? clamp(value, 0, 0.9, 0) : undefined),
};

function wholeNumber(value: unknown, most: number): number | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  return Math.trunc(clamp(value, 0, most, 0));
}

function headList(value: unknown): number[] | undefined {
  if (!Array.isArray(value) || value.length > MOST) return undefined;
  const heads = value.map((head) => wholeNumber(head, MOST));
  if (heads.some((head) => head === undefined)) return undefined;
  return [...new Set(heads.filter((head) => head !== undefined))].sort((a, b) => a - b);
}

/** Checks each field by itself: a bad one keeps its default and is counted. */
export function readChoice(fields: ReadonlyMap<string, unknown>, defaults: Choice): { choice: Choice; bad: number } {
  const good: Partial<Record<keyof Choice, unknown>> = {};
  let bad = 0;
  for (const [field, value] of fields) {
    if (!isField(field)) {
      bad++;
      continue;
    }
    const checked = CHECKS[field](value);
    if (checked === undefined) bad++;
    else good[field] = checked;
  }
  return { choice: { ...defaults, ...(good as Partial<Choice>) }, bad };
}

function isField(name: string): name is keyof Choice {
  return Object.hasOwn(CHECKS, name);
}
