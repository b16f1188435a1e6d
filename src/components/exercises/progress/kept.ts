/** The progress as one island draws it. */
import { computed, type ReadonlySignal } from "@preact/signals";
import type { ProgressStore } from "./store.ts";

export type Kept = Pick<ProgressStore, "entries" | "keeping" | "undoable">;

/**
 * Nothing is kept until the island has hydrated: its first drawing must be that of the served page, since Preact leaves
 * the attributes of the elements that it finds there as they are. Another island may have opened the store long before.
 */
export function keptOnce(hydrated: ReadonlySignal<boolean>, store: Kept): Kept {
  return {
    entries: computed(() => (hydrated.value ? store.entries.value : {})),
    keeping: computed(() => (hydrated.value ? store.keeping.value : "saved")),
    undoable: computed(() => (hydrated.value ? store.undoable.value : null)),
  };
}
