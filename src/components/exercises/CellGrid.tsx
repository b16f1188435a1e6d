import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Face } from "./outline.ts";
import { cellName, moved, paint, paintRest, type Selection } from "./selection.ts";
import type { Cell } from "./types.ts";

interface CellGridProps {
  readonly label: string;
  readonly rows: readonly Face[];
  readonly columns: readonly Face[];
  readonly selection: Selection;
  readonly change: (selection: Selection) => void;
}

/** A grid of query rows and key columns: click, drag, or work it from the keyboard as one tab stop. */
export function CellGrid({ label, rows, columns, selection, change }: CellGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const at = useSignal<Cell>({ query: 0, key: 0 });
  /** What a drag in progress does to the cells that it crosses; null between drags. */
  const brush = useSignal<boolean | null>(null);
  /** The press under way came from a mouse or a pen and has been dealt with; its click is to be ignored. */
  const painting = useRef(false);

  const toggle = (cell: Cell, rest: boolean): void => {
    const on = !selection.has(cellName(cell));
    change(rest ? paintRest(selection, cell, columns.length, on) : paint(selection, cell, on));
  };
  const focus = (cell: Cell): void => {
    at.value = cell;
    table.current?.querySelector<HTMLElement>(`[data-cell="${cellName(cell)}"]`)?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    const next = moved(at.value, event.key, rows.length, columns.length);
    if (!next && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (next) focus(next);
    else toggle(at.value, event.shiftKey);
  };
  const start = (event: PointerEvent, cell: Cell): void => {
    painting.current = event.pointerType !== "touch";
    // A finger may be scrolling the page: it marks when it is lifted, as a click.
    if (!painting.current) return;
    event.preventDefault();
    focus(cell);
    if (!event.shiftKey) brush.value = !selection.has(cellName(cell));
    toggle(cell, event.shiftKey);
    addEventListener("pointerup", endStroke, { once: true });
  };
  const endStroke = (): void => {
    brush.value = null;
  };
  const click = (cell: Cell): void => {
    if (!painting.current) toggle(cell, false);
    painting.current = false;
  };
  const cross = (cell: Cell): void => {
    if (brush.value !== null) change(paint(selection, cell, brush.value));
  };

  return (
    <div class="uh-ex-grid">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of the ARIA guide is a table */}
      <table ref={table} role="grid" aria-label={label} aria-multiselectable="true">
        <thead>
          <tr>
            <th scope="col" class="uh-ex-corner">
              <span class="uh-ex-axis" data-meaning="query">
                query
              </span>
              <span class="uh-ex-axis" data-meaning="key">
                key
              </span>
            </th>
            {columns.map((token, key) => (
              <th key={key} scope="col">
                <bdi>{token.text}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((token, query) => (
            <tr key={query}>
              <th scope="row">
                <bdi>{token.text}</bdi>
              </th>
              {columns.map((column, key) => (
                <GridCell
                  key={key}
                  cell={{ query, key }}
                  label={`query ${token.text}, key ${column.text}`}
                  chosen={selection.has(cellName({ query, key }))}
                  current={at.value.query === query && at.value.key === key}
                  reach={() => {
                    at.value = { query, key };
                  }}
                  press={press}
                  start={start}
                  click={click}
                  cross={cross}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface GridCellProps {
  readonly cell: Cell;
  readonly label: string;
  readonly chosen: boolean;
  /** The one cell that Tab reaches. */
  readonly current: boolean;
  /** The focus has come here. */
  readonly reach: () => void;
  readonly press: (event: KeyboardEvent) => void;
  readonly start: (event: PointerEvent, cell: Cell) => void;
  readonly click: (cell: Cell) => void;
  readonly cross: (cell: Cell) => void;
}

function GridCell({ cell, label, chosen, current, reach, press, start, click, cross }: GridCellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of the ARIA guide is a table
      role="gridcell"
      aria-selected={chosen}
      aria-label={label}
      tabIndex={current ? 0 : -1}
      data-cell={cellName(cell)}
      onFocus={reach}
      onKeyDown={press}
      onPointerDown={(event) => start(event, cell)}
      onClick={() => click(cell)}
      onPointerEnter={() => cross(cell)}
    />
  );
}
