import { useSignal } from "@preact/signals";
import type { FigureTable } from "./types.ts";

const PAGE = 50;

/** The numbers behind a picture, a page at a time. */
export function DataTable(props: { readonly table: FigureTable }) {
  const { table } = props;
  const page = useSignal(0);
  const pages = Math.max(1, Math.ceil(table.rows / PAGE));
  const at = Math.min(page.value, pages - 1);
  return (
    <div class="uh-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section class="uh-table-scroll" tabIndex={0} aria-label={table.caption}>
        <table>
          <caption>{table.caption}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <TableBody table={table} from={at * PAGE} to={Math.min(table.rows, (at + 1) * PAGE)} />
        </table>
      </section>
      {pages > 1 && <Pages at={at} pages={pages} rows={table.rows} go={(to) => (page.value = to)} />}
    </div>
  );
}

function TableBody(props: { table: FigureTable; from: number; to: number }) {
  const rows = Array.from({ length: props.to - props.from }, (_, index) => props.from + index);
  return (
    <tbody>
      {rows.map((row) => (
        <tr key={row}>
          {props.table.row(row).map((cell, column) => (
            <td key={props.table.columns[column]} data-number={typeof cell === "number" || undefined}>
              {typeof cell === "number" ? shortNumber(cell) : cell}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function shortNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

function Pages(props: { at: number; pages: number; rows: number; go: (page: number) => void }) {
  const { at, pages, go } = props;
  return (
    <div class="uh-pages">
      <button type="button" class="uh-button" disabled={at === 0} onClick={() => go(at - 1)}>
        Earlier rows
      </button>
      <span>
        Page {at + 1} of {pages} · {props.rows} rows
      </span>
      <button type="button" class="uh-button" disabled={at === pages - 1} onClick={() => go(at + 1)}>
        Later rows
      </button>
    </div>
  );
}
