/**
 * Small markup in the words of an exercise: `code`, *emphasis* and {placeholders}, read into nodes.
 * Never HTML: what is measured or typed ends as a text node.
 */
import { weightText } from "../../lib/format.ts";
import type { Facts } from "./types.ts";

export interface InlineNode {
  readonly type: "text" | "code" | "emphasis";
  readonly text: string;
}

const MARKUP = /`([^`]+)`|\*([^*\s](?:[^*]*[^*\s])?)\*/g;

/** Splits a text into nodes, placeholders filled. */
export function parseInline(text: string, facts: Facts = {}): InlineNode[] {
  const nodes: InlineNode[] = [];
  let last = 0;
  for (const match of text.matchAll(MARKUP)) {
    if (match.index > last) nodes.push({ type: "text", text: fill(text.slice(last, match.index), facts) });
    const [whole, code, emphasis = ""] = match;
    nodes.push(code ? { type: "code", text: fill(code, facts) } : { type: "emphasis", text: fill(emphasis, facts) });
    last = match.index + whole.length;
  }
  if (last < text.length) nodes.push({ type: "text", text: fill(text.slice(last), facts) });
  return nodes;
}

/** The text alone, for announcements and names. */
export function plainText(text: string, facts: Facts = {}): string {
  return parseInline(text, facts)
    .map((node) => node.text)
    .join("");
}

/** The names of the placeholders in a text. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** Facts that are weights, written like in the figures. Of other numbers, counts stay whole and the rest get two decimals. */
const WEIGHTS = new Set([
  "score",
  "best",
  "floor",
  "weight",
  "topWeight",
  "topScore",
  "playsScore",
  "playsChance",
  "least",
  "most",
]);

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined;
    if (value === undefined) return "…";
    if (typeof value !== "number") return value;
    if (WEIGHTS.has(name)) return weightText(value);
    return (Number.isInteger(value) ? String(value) : value.toFixed(2)).replace("-", "−");
  });
}
