import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { type Kept, keptOnce } from "./progress/kept.ts";
import { progress } from "./progress/store.ts";

/** False while the island is drawn for the first time, which must give what the server drew; true from then on. */
export function useHydrated(): ReadonlySignal<boolean> {
  const hydrated = useSignal(false);
  useEffect(() => {
    hydrated.value = true;
  }, []);
  return hydrated;
}

/** The reader's progress, opened after the first drawing. */
export function useKept(): Kept {
  const hydrated = useHydrated();
  const kept = useMemo(() => keptOnce(hydrated, progress), []);
  useEffect(() => progress.open(), []);
  return kept;
}
