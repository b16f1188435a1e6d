import type { Cell } from "./cell.ts";

/** What can be done with a cell besides running it. */
export function CellButtons({ cell }: { readonly cell: Cell }) {
  return (
    <>
      {cell.running.value && (
        <button type="button" onClick={cell.stop}>
          Stop
        </button>
      )}
      {cell.changed.value && (
        <button type="button" onClick={cell.reset}>
          Start over
        </button>
      )}
      {cell.aside.value !== null && (
        <button type="button" onClick={cell.undo}>
          Undo
        </button>
      )}
    </>
  );
}
