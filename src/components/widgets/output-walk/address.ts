import { ENTRY_KEYS, type EntryKey } from "./entries.ts";
import type { Choice } from "./slice.ts";

/** What a link to the figure carries. */
export interface WalkAddress {
  readonly source: string;
  readonly target: string | null;
  readonly open: EntryKey | null;
  readonly choice: Choice;
}

/** The largest index that a link may name; the run's own sizes hold later. */
const MOST = 100_000;

/** The fields of a link. */
export function addressFields({ source, target, open, choice }: WalkAddress): Record<string, unknown> {
  return { source, target, open, ...choice };
}

/** Reads a link field by field: a bad one keeps its default and is counted. */
export function readAddress(
  fields: ReadonlyMap<string, unknown>,
  defaults: WalkAddress,
): { address: WalkAddress; bad: number } {
  let bad = 0;
  const take = <T>(name: string, check: (value: unknown) => value is T, fallback: T): T => {
    if (!fields.has(name)) return fallback;
    const value = fields.get(name);
    if (check(value)) return value;
    bad += 1;
    return fallback;
  };
  const index = (name: keyof Choice) => take(name, isIndex, defaults.choice[name]);
  const address = {
    source: take("source", isText, defaults.source),
    target: take("target", isTextOrNull, defaults.target),
    open: take("open", isEntry, defaults.open),
    choice: { layer: index("layer"), head: index("head"), row: index("row"), column: index("column") },
  };
  const known = ["source", "target", "open", "layer", "head", "row", "column"];
  bad += Array.from(fields.keys()).filter((name) => !known.includes(name)).length;
  return { address, bad };
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}

function isEntry(value: unknown): value is EntryKey | null {
  return value === null || ENTRY_KEYS.some((key) => key === value);
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= MOST;
}
