import { type CellsProps, keyOf } from "./authoring.ts";
import { CellGrid } from "./CellGrid.tsx";
import { Exercise } from "./Exercise.tsx";
import { keysOf, queriesOf } from "./outline.ts";
import { answerOf, selectionOf } from "./selection.ts";
import { useOutline, useSession } from "./useSession.ts";
import { CELL_WORDS } from "./words.ts";

/** Mark the cells of an attention matrix that the mask forbids. */
export function ClickCells(props: CellsProps) {
  const session = useSession("cells", props, keyOf.cells(props));
  const outline = useOutline(props);
  const rows = outline ? queriesOf(outline, props.part) : [];
  const columns = outline ? keysOf(outline, props.part) : [];

  return (
    <Exercise kind="cells" props={props} explain={props.explain} session={session}>
      <CellGrid
        label={props.title}
        rows={rows}
        columns={columns}
        selection={selectionOf(session.draft.value, rows.length, columns.length)}
        change={(selection) => {
          session.draft.value = answerOf(selection, rows.length, columns.length);
        }}
      />
      <p class="uh-ex-how">
        {CELL_WORDS.mouse} {CELL_WORDS.keys}
      </p>
    </Exercise>
  );
}
