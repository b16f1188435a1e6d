/** Where in a head the reader is: the part of a neuron view's state that a link carries besides the head and the text. */
import { readState } from "../../../lib/urlState.ts";

export interface Place {
  /** Position of the query; held to what the run has. */
  readonly query: number;
  /** Position of the key that is held; null for the one with most weight. */
  readonly key: number | null;
  /** How many steps are unfolded, 1 to 6. */
  readonly open: number;
}

export const ALL_STEPS = 6;

/** The most that a link may name; the run's own sizes hold later. */
const MOST = 4096;

/** The fields of a link that are read here. */
export const PLACE_FIELDS: readonly string[] = ["query", "key", "open"];

/** The fields of a link; null while nothing differs from the defaults. */
export function placeFields(place: Place, defaults: Place): Record<string, unknown> | null {
  return JSON.stringify(place) === JSON.stringify(defaults) ? null : { ...place };
}

/** Reads what a query string holds; a bad field keeps its default, and `bad` says so. */
export function readPlace(
  search: string,
  id: string,
  defaults: Place,
): { readonly place: Place; readonly bad: boolean } {
  const state = readState(search, id);
  const fields = state.kind === "read" ? state.fields : new Map<string, unknown>();
  const query = whole(fields.get("query"), 0, MOST);
  const key = fields.get("key") === null ? null : whole(fields.get("key"), 0, MOST);
  const open = whole(fields.get("open"), 1, ALL_STEPS);
  const read: Readonly<Record<string, unknown>> = { query, key, open };
  return {
    place: { query: query ?? defaults.query, key: key ?? null, open: open ?? defaults.open },
    bad: PLACE_FIELDS.some((field) => fields.has(field) && read[field] === undefined),
  };
}

function whole(value: unknown, least: number, most: number): number | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  return Math.min(most, Math.max(least, Math.trunc(value)));
}
