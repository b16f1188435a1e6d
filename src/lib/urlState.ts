/**
 * What a reader chose, in the URL: one query parameter a figure, named by its id: `<version>.<base64url of JSON>`.
 * Whatever stands there was written by anybody: it is data to be checked, never obeyed.
 */

/** The format written; others are refused with a notice. */
export const STATE_VERSION = 1;

/** The longest value that is read, in characters; a text at the model's limit fits. */
export const MAX_STATE = 24_000;

/** A state as read: its fields still to be checked one by one, or why it was not read. */
export type ReadState =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "read"; readonly fields: ReadonlyMap<string, unknown> };

/** The state as the value of a query parameter. */
export function encodeState(fields: Readonly<Record<string, unknown>>): string {
  const bytes = new TextEncoder().encode(JSON.stringify(fields));
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `${STATE_VERSION}.${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** Reads a figure's state from a query string. */
export function readState(search: string, id: string): ReadState {
  const value = new URLSearchParams(search).get(id);
  if (value === null) return { kind: "none" };
  if (value.length > MAX_STATE) return refused("it is too long");
  const [, version, body] = /^(\d{1,4})\.([\w-]*)$/.exec(value) ?? [];
  if (version === undefined || body === undefined) return refused("it is damaged");
  if (Number(version) !== STATE_VERSION) return refused("it was made by another version of this site");
  return parse(body);
}

function parse(body: string): ReadState {
  try {
    const binary = atob(body.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return refused("it is damaged");
    return { kind: "read", fields: new Map(Object.entries(value)) };
  } catch {
    return refused("it is damaged");
  }
}

function refused(reason: string): ReadState {
  return { kind: "refused", reason };
}

/** The address with a figure's state in it; the rest of it is kept. */
export function withState(address: string, id: string, fields: Readonly<Record<string, unknown>> | null): string {
  const url = new URL(address);
  if (fields === null) url.searchParams.delete(id);
  else url.searchParams.set(id, encodeState(fields));
  return url.href;
}
