import type { Table } from "../../../sandbox/protocol.ts";
import { cellText } from "./numbers.ts";

/** A list that was printed. */
export function ValueTable({ table }: { readonly table: Table }) {
  const named = table.rows.some(({ name }) => name !== "");
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
      <section class="uh-cell-scroll" tabIndex={0} aria-label="A table of values">
        <table>
          <thead>
            <tr>
              {named && <td />}
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  <bdi>{column}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(({ name, cells }, row) => (
              <tr key={row}>
                {named && (
                  <th scope="row">
                    <bdi>{name}</bdi>
                  </th>
                )}
                {cells.map((cell, column) => (
                  <td key={column} data-number={typeof cell === "number" || undefined}>
                    <bdi>{cellText(cell)}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.more && <p class="uh-cell-more">{table.more}</p>}
    </>
  );
}
