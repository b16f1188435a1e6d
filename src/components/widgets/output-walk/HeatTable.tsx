import { useEffect, useRef } from "preact/hooks";
import { visiblePiece } from "../../views/tokens/face.ts";
import { TokenChip } from "../../views/tokens/TokenChip.tsx";
import { heatClass, numberText } from "./heat.ts";
import { hasBoth, type Label, type Slice, valueAt } from "./slice.ts";
import { type Cell, moveCell, type Window, windowAround } from "./window.ts";

export interface HeatTableProps {
  readonly caption: string;
  readonly slice: Slice;
  /** The largest absolute number of the slice, for the colours of signed numbers. */
  readonly extreme: number;
  readonly cell: Cell;
  /** Rows and columns shown at a time. */
  readonly page: Cell;
  readonly onCell: (cell: Cell) => void;
}

/**
 * A window on a table of numbers, coloured by size; arrow keys, Page up and Page down move through all of it. Cells are keyed
 * by their place in the window, so that the focus outlasts a step of the window.
 */
export function HeatTable(props: HeatTableProps) {
  const { slice, cell, page } = props;
  const rows = windowAround(cell.row, slice.rows, page.row);
  const columns = windowAround(cell.column, slice.columns, page.column);
  const table = useFocusOnChosen(cell);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moveCell(cell, event.key, slice.rows, slice.columns, page);
    if (!next) return;
    event.preventDefault();
    props.onCell(next);
  };
  return (
    <div class="ow-heat-frame">
      <table
        class="ow-heat"
        data-scale={slice.scale}
        data-both={hasBoth(slice) || undefined}
        aria-label={props.caption}
        ref={table}
        onKeyDown={onKeyDown}
      >
        <HeatHead slice={slice} columns={columns} chosen={cell.column} />
        <tbody>
          {indices(rows).map((row) => (
            <HeatRow key={row - rows.start} {...props} row={row} columns={columns} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeatHead(props: { readonly slice: Slice; readonly columns: Window; readonly chosen: number }) {
  return (
    <thead>
      <tr>
        <td class="ow-heat-corner">
          <span class="ow-heat-corner-row">{props.slice.rowNoun}</span>
          <span class="ow-heat-corner-column">{props.slice.columnNoun}</span>
        </td>
        {indices(props.columns).map((column) => (
          <th key={column - props.columns.start} scope="col" data-chosen={column === props.chosen || undefined}>
            <LabelView label={props.slice.column(column)} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function HeatRow(props: HeatTableProps & { readonly row: number; readonly columns: Window }) {
  const { slice, cell, row } = props;
  return (
    <tr>
      <th scope="row" data-chosen={row === cell.row || undefined}>
        <LabelView label={slice.row(row)} />
      </th>
      {indices(props.columns).map((column) => {
        const value = valueAt(slice, row, column);
        const chosen = row === cell.row && column === cell.column;
        return (
          <td key={column - props.columns.start}>
            <button
              type="button"
              class={`ow-cell ${heatClass(value, slice.scale, props.extreme)}`}
              data-masked={slice.masked(row, column) || undefined}
              tabIndex={chosen ? 0 : -1}
              aria-pressed={chosen}
              onClick={() => props.onCell({ row, column })}
            >
              {numberText(value, slice.scale)}
            </button>
          </td>
        );
      })}
    </tr>
  );
}

/** A token as a chip with its index, a position as what it reads and what it writes, anything else as its name. */
function LabelView(props: { readonly label: Label }) {
  const { label } = props;
  if (!label.token) return <span class="ow-heat-index">{visiblePiece(label.name)}</span>;
  return (
    <span class="ow-heat-token">
      <small>{label.index}</small>
      <TokenChip token={label.token} />
      {label.writes && (
        <>
          <span class="ow-arrow" aria-hidden="true">
            →
          </span>
          <span class="uh-unseen"> is read, written: </span>
          <TokenChip token={label.writes} />
        </>
      )}
    </span>
  );
}

function indices({ start, end }: Window): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** Keeps the focus on the chosen cell once the table has it. */
function useFocusOnChosen(cell: Cell) {
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => {
    const root = table.current;
    if (!root?.contains(document.activeElement)) return;
    root.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  }, [cell.row, cell.column]);
  return table;
}
