/** The place in a head: which query asks, which key is held, how far the steps are unfolded. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { HeadInside } from "../../../engine/model.ts";
import { ALL_STEPS, type Place, placeFields, readPlace } from "./place.ts";

export interface PlaceState {
  /** Held to what the head has. */
  readonly place: ReadonlySignal<Place>;
  ask(query: number): void;
  /** Holds a key, or lets go of the one that is held. */
  hold(key: number): void;
  unfold(open: number): void;
  /** Goes to a query with no key held, the steps as they are. */
  start(query: number): void;
  /** Fields of a link; null while the place is the one at first. */
  fields(): Record<string, unknown> | null;
  /** Takes over what a query string holds; false where a part of it was not understood. */
  restore(search: string, id: string): boolean;
  reset(): void;
}

export function placeState(defaults: Place, inside: ReadonlySignal<HeadInside>): PlaceState {
  const chosen = signal(defaults);
  const place = computed(() => within(chosen.value, inside.value));
  const patch = (change: Partial<Place>) => {
    chosen.value = { ...place.peek(), ...change };
  };
  return {
    place,
    ask: (query) => patch({ query, key: null }),
    hold: (key) => patch({ key: place.peek().key === key ? null : key }),
    unfold: (open) => patch({ open: Math.max(1, Math.min(ALL_STEPS, open)) }),
    start: (query) => {
      // Not held to the head that is still shown: the query belongs to the one that comes.
      chosen.value = { ...chosen.peek(), query, key: null };
    },
    fields: () => placeFields(place.value, defaults),
    restore: (search, id) => {
      const read = readPlace(search, id, defaults);
      chosen.value = read.place;
      return !read.bad;
    },
    reset: () => {
      chosen.value = defaults;
    },
  };
}

function within(place: Place, { queries, keys }: HeadInside): Place {
  const query = Math.min(place.query, Math.max(0, queries.length - 1));
  const key = place.key !== null && place.key < keys.length ? place.key : null;
  return { ...place, query, key };
}
