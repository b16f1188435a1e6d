import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { FigureTable } from "./types.ts";

type TableView = typeof import("./DataTable.tsx").DataTable;

/** The table under a picture; what draws it is fetched when a reader first opens one. */
export function LazyTable(props: { readonly table: FigureTable }) {
  const view = useSignal<{ readonly View: TableView } | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    import("./DataTable.tsx").then(
      ({ DataTable }) => {
        view.value = { View: DataTable };
      },
      () => {
        failed.value = true;
      },
    );
  }, []);
  if (failed.value)
    return <p class="uh-figure-notice">The table could not be fetched. Reload the page to try again.</p>;
  return view.value && <view.value.View table={props.table} />;
}
