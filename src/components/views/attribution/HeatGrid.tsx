import "../../../styles/attribution.css";
import { visiblePiece } from "../tokens/face.ts";
import { TokenChip } from "../tokens/TokenChip.tsx";
import { type Cell, type GridLabel, labelText, moveCell, type ScoreGrid, scoreAt } from "./grid.ts";
import { type ScoreScale, scoreText, shortScore, toneOf } from "./scale.ts";

export interface HeatGridProps {
  /** What the table is, for those who do not see it. */
  readonly caption: string;
  /** What rows and columns are: "written ↓". */
  readonly corner: string;
  readonly grid: ScoreGrid;
  /** One for each row. */
  readonly scales: readonly ScoreScale[];
  /** The cell that is read out; the keyboard starts there. */
  readonly cell: Cell | null;
  /** Pointed at or reached by keyboard; null when the table is left. */
  readonly onCell: (cell: Cell | null) => void;
  /** Pressed: by click, Enter or Space. */
  readonly onPick?: (cell: Cell) => void;
  readonly chosenRow?: number | null;
  /** Makes the names of the rows buttons. */
  readonly onRow?: (row: number) => void;
  /** Cells without numbers, for large tables: a minus stands for a negative score. */
  readonly dense?: boolean;
  /** Drawn in gold. */
  readonly marked?: readonly Cell[];
}

/** A table of coloured cells in a box of its own. Arrow keys go from cell to cell, past the blanks. */
export function HeatGrid(props: HeatGridProps) {
  const { grid, cell, onCell } = props;
  const start = cell ?? firstCell(grid);
  return (
    <div class="uh-grid-box">
      <table
        class="uh-grid"
        data-dense={props.dense || undefined}
        onKeyDown={(event) => moveFocus(event, grid)}
        onPointerLeave={() => onCell(null)}
      >
        <caption class="uh-unseen">{props.caption}</caption>
        <GridHead corner={props.corner} columns={grid.columns} lit={cell?.column ?? null} />
        <tbody>
          {grid.rows.map((_, row) => (
            <GridRow key={row} {...props} row={row} start={start} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GridHead(props: {
  readonly corner: string;
  readonly columns: readonly GridLabel[];
  readonly lit: number | null;
}) {
  const { corner, columns, lit } = props;
  const groups = groupsOf(columns);
  return (
    <thead>
      {groups.length > 1 && (
        <tr>
          <td />
          {groups.map(({ name, count }) => (
            <th key={name} scope="colgroup" colSpan={count} class="uh-grid-group" data-gap>
              {name}
            </th>
          ))}
        </tr>
      )}
      <tr>
        <td class="uh-grid-corner">{corner}</td>
        {columns.map((label, column) => (
          <th key={column} scope="col" data-gap={startsGroup(columns, column)} data-lit={column === lit || undefined}>
            <ColumnName label={label} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ColumnName({ label }: { readonly label: GridLabel }) {
  const { token, name } = label;
  return (
    <span class="uh-grid-column" data-muted={token?.special || token?.instruction || undefined}>
      <bdi>{token ? visiblePiece(token.piece) : name}</bdi>
    </span>
  );
}

function GridRow(props: HeatGridProps & { readonly row: number; readonly start: Cell | null }) {
  const { grid, row } = props;
  const label = grid.rows[row];
  if (!label) return null;
  return (
    <tr data-chosen={row === props.chosenRow || undefined}>
      <th scope="row" data-lit={row === props.cell?.row || undefined}>
        <RowName {...props} label={label} />
      </th>
      {grid.columns.map((_, column) => (
        <GridCell key={column} {...props} column={column} />
      ))}
    </tr>
  );
}

function RowName(props: HeatGridProps & { readonly row: number; readonly label: GridLabel }) {
  const { label, row, onRow } = props;
  const chosen = row === props.chosenRow;
  const face = label.token ? (
    <TokenChip token={label.token} chosen={chosen} />
  ) : (
    <span class="uh-grid-name">{label.name}</span>
  );
  if (!onRow) return face;
  return (
    <button type="button" class="uh-grid-row" aria-pressed={chosen} onClick={() => onRow(row)}>
      {face}
    </button>
  );
}

function GridCell(
  props: HeatGridProps & { readonly row: number; readonly column: number; readonly start: Cell | null },
) {
  const { grid, row, column, start, onCell, onPick } = props;
  const score = scoreAt(grid, { row, column });
  const gap = startsGroup(grid.columns, column);
  if (!Number.isFinite(score)) return <td class="uh-grid-blank" data-gap={gap} />;
  const scale = props.scales[row] ?? { signed: true, extreme: 0 };
  const { tone, step } = toneOf(score, scale);
  const short = props.dense ? (tone === "negative" && step > 0 ? "−" : "") : shortScore(score, scale);
  return (
    <td data-gap={gap}>
      <button
        type="button"
        class="uh-grid-cell"
        data-tone={tone}
        data-step={step}
        data-cell={`${row}/${column}`}
        data-here={(row === props.cell?.row && column === props.cell.column) || undefined}
        data-marked={props.marked?.some((mark) => mark.row === row && mark.column === column) || undefined}
        tabIndex={row === start?.row && column === start.column ? 0 : -1}
        aria-label={cellName(grid, { row, column }, props.dense ? scoreText(score, scale) : short)}
        onPointerEnter={() => onCell({ row, column })}
        onFocus={() => onCell({ row, column })}
        onClick={() => onPick?.({ row, column })}
      >
        {short}
      </button>
    </td>
  );
}

/** A cell in words: “chien”, “dog”: +1.24. */
export function cellText(grid: ScoreGrid, scale: ScoreScale, cell: Cell): string {
  return cellName(grid, cell, scoreText(scoreAt(grid, cell), scale));
}

/** The name of a cell ends with what stands in it, so that voice control finds it. */
function cellName(grid: ScoreGrid, cell: Cell, score: string): string {
  const [row, column] = [grid.rows[cell.row], grid.columns[cell.column]];
  return row && column ? `${labelText(row)}, ${labelText(column)}: ${score}` : "";
}

function groupsOf(columns: readonly GridLabel[]): { name: string; count: number }[] {
  const groups: { name: string; count: number }[] = [];
  for (const { group = "" } of columns) {
    const last = groups.at(-1);
    if (last?.name === group) last.count++;
    else groups.push({ name: group, count: 1 });
  }
  return groups;
}

function startsGroup(columns: readonly GridLabel[], column: number): true | undefined {
  return (column > 0 && columns[column]?.group !== columns[column - 1]?.group) || undefined;
}

function firstCell(grid: ScoreGrid): Cell | null {
  const at = grid.scores.findIndex((score) => Number.isFinite(score));
  const width = grid.columns.length;
  return at < 0 ? null : { row: Math.floor(at / width), column: at % width };
}

/** The cell that a key leads to gets the focus, and by it is read out. */
function moveFocus(event: KeyboardEvent, grid: ScoreGrid): void {
  const [row, column] = (event.target as HTMLElement).dataset.cell?.split("/").map(Number) ?? [];
  if (row === undefined || column === undefined) return;
  const next = moveCell(grid, { row, column }, event.key);
  if (!next) return;
  event.preventDefault();
  const table = event.currentTarget as HTMLElement;
  table.querySelector<HTMLElement>(`[data-cell="${next.row}/${next.column}"]`)?.focus();
}
