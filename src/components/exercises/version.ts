/** The version of an exercise's content: changes when its question or its key changes, not when a hint does. */

/** What a version is made of. */
export interface Versioned {
  readonly question: string;
  readonly key: unknown;
}

/** A short hash (FNV-1a, 32 bits, base 36) of question and key; equal for equal content whatever the order of the keys. */
export function versionOf({ question, key }: Versioned): string {
  const text = `${question.replace(/\s+/g, " ").trim()}\n${canonical(key)}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(",")}}`;
}
