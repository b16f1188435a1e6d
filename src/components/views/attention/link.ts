/** A figure's state as fields of a link, and back: only known fields, each checked, the rest said to the reader. */
import { readState } from "../../../lib/urlState.ts";
import type { LiveText } from "../figure/liveText.ts";
import { type Choice, readChoice } from "./choice.ts";

/** The longest text that a link may hold, in characters. */
const MAX_TEXT = 8_000;

export interface ReadLink {
  /** The model that it names, among those offered; null for the one shown at first. */
  readonly model: string | null;
  readonly choice: Choice;
  readonly text: { readonly source: string; readonly target: string | null } | null;
  readonly notice: string | null;
}

/** The fields of a link; null while nothing differs from the defaults and the stored text. */
export function linkFields(choice: Choice, defaults: Choice, live: LiveText): Record<string, unknown> | null {
  const { models } = live;
  const untouched = !live.live.value && !live.stale.value && models?.chosen.value === models?.offered[0];
  if (untouched && JSON.stringify(choice) === JSON.stringify(defaults)) return null;
  return wholeState(choice, live);
}

/** All fields of a link. */
export function wholeState(choice: Choice, live: LiveText): Record<string, unknown> {
  const model = live.models?.chosen.value;
  return { ...(model !== undefined && { model }), ...choice, source: live.source.value, target: live.target.value };
}

/** What a figure knows besides the fields of every attention figure. */
export interface LinkWords {
  /** The models among which the reader can switch; of a figure with one model, a link names none. */
  readonly offered?: readonly string[] | undefined;
  /** Fields that the figure reads by itself. */
  readonly own?: readonly string[] | undefined;
}

/** Reads what a query string holds for a figure. */
export function readLink(search: string, id: string, defaults: Choice, words: LinkWords = {}): ReadLink {
  const state = readState(search, id);
  if (state.kind === "none") return { model: null, choice: defaults, text: null, notice: null };
  if (state.kind === "refused") {
    const notice = `The link’s state for this figure was not used: ${state.reason}. You see the figure as it starts.`;
    return { model: null, choice: defaults, text: null, notice };
  }
  const { source, target, rest } = splitText(state.fields);
  const model = words.offered?.find((name) => name === rest.get("model")) ?? null;
  if (model !== null) rest.delete("model");
  for (const field of words.own ?? []) rest.delete(field);
  const text = readText(source, target);
  const { choice, bad } = readChoice(rest, defaults);
  const unread = bad > 0 || (text === null && source !== undefined);
  const notice = unread ? "Parts of the link were not understood and stand at their defaults." : null;
  return { model, choice, text, notice };
}

function splitText(fields: ReadonlyMap<string, unknown>): {
  source: unknown;
  target: unknown;
  rest: Map<string, unknown>;
} {
  const rest = new Map(fields);
  rest.delete("source");
  rest.delete("target");
  return { source: fields.get("source"), target: fields.get("target"), rest };
}

function readText(source: unknown, target: unknown): ReadLink["text"] {
  if (!isText(source)) return null;
  if (target === null || target === undefined) return { source, target: null };
  return isText(target) ? { source, target } : null;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_TEXT;
}
