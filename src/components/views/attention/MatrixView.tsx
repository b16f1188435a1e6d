import type { ReadonlySignal } from "@preact/signals";
import { weightText } from "../../../lib/format.ts";
import type { AxisItem } from "../tokens/axis.ts";
import { visiblePiece } from "../tokens/face.ts";
import { MaskLayer } from "./MaskLayer.tsx";
import { banOf } from "./mask.ts";
import { type HeadMatrix, weightAt } from "./matrix.ts";
import { columnCaption, type Picture, rowCaption } from "./picture.ts";
import { Thumbnail } from "./Thumbnail.tsx";
import { labelRuns } from "./ticks.ts";

/** One cell of a matrix picture. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

interface MatrixViewProps {
  readonly picture: Picture;
  readonly layer: number;
  readonly head: number;
  readonly cell: ReadonlySignal<Cell | null>;
  readonly marked: readonly Cell[];
  readonly onCell: (cell: Cell | null) => void;
  /** A click, Enter or the space bar on a cell; null lets go. */
  readonly onHold?: (cell: Cell | null) => void;
  /** Draws the mask: forbidden cells are hatched. */
  readonly masked?: boolean;
}

/** One head's matrix, large: tokens on both axes, the number of the cell that is pointed at or reached by arrow keys. */
export function MatrixView(props: MatrixViewProps) {
  const { picture, layer, head } = props;
  const matrix = picture.matrix(layer, head);
  return (
    <div class="uh-matrix" data-head={head % 12} data-columns={widthClass(matrix.columns)}>
      <p class="uh-axis-caption" data-side="column">
        {columnCaption(picture)}
      </p>
      <AxisLabels items={picture.columns} side="column" />
      <p class="uh-axis-caption" data-side="row">
        {rowCaption(picture)}
      </p>
      <AxisLabels items={picture.rows} side="row" />
      <MatrixField {...props} matrix={matrix} />
    </div>
  );
}

function widthClass(columns: number): string {
  if (columns <= 6) return "few";
  return columns <= 14 ? "some" : "many";
}

function AxisLabels(props: { items: readonly AxisItem[]; side: "row" | "column" }) {
  const { items, side } = props;
  return (
    <ol class="uh-matrix-labels" data-side={side} aria-hidden="true">
      {labelRuns(items.length).map(({ at, span }) => {
        const item = items[at];
        return (
          <li
            key={at}
            data-special={item?.special || undefined}
            data-instruction={item?.instruction || undefined}
            {...grow(span)}
          >
            <span>{item && visiblePiece(item.piece)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** Only long axes label some of their tokens; they are never drawn at build time, where the page's policy forbids styles. */
function grow(span: number) {
  return span === 1 ? {} : { style: { flexGrow: span } };
}

function MatrixField(props: MatrixViewProps & { matrix: HeadMatrix }) {
  const { matrix, picture, layer, head } = props;
  const height = frameHeight(matrix);
  const point = (event: PointerEvent) => props.onCell(cellAt(event, matrix));
  const label = `Layer ${layer + 1}, head ${head + 1}: ${matrix.rows} by ${matrix.columns} weights. Arrow keys move from cell to cell.`;
  return (
    <div
      class="uh-matrix-field"
      role="application"
      aria-roledescription="matrix"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is read with the arrow keys.
      tabIndex={0}
      aria-label={label}
      onPointerMove={point}
      onPointerDown={point}
      onClick={(event) => props.onHold?.(cellAt(event, matrix))}
      onPointerLeave={() => props.onCell(null)}
      onKeyDown={(event) => moveCell(event, props)}
      onBlur={() => props.onCell(null)}
    >
      <svg viewBox={`0 0 ${matrix.columns || 1} ${height}`} class="uh-matrix-frame" aria-hidden="true">
        <g transform={`scale(1 ${height / (matrix.rows || 1)})`}>
          {props.masked && <MaskLayer picture={picture} />}
          {props.marked.map(({ row, column }) => (
            <rect key={`${row}/${column}`} class="uh-cell-marked" x={column} y={row} width="1" height="1" />
          ))}
          <CellOutline cell={props.cell} />
        </g>
      </svg>
      <Thumbnail picture={picture} layer={layer} head={head} />
      <CellNumber cell={props.cell} matrix={matrix} picture={picture} masked={props.masked ?? false} />
    </div>
  );
}

/** Cells are square where they can be; a matrix much wider or taller than that is pressed into a box. */
function frameHeight({ rows, columns }: HeadMatrix): number {
  return Math.max(1, columns * 0.35, Math.min(rows, columns * 1.3));
}

function CellOutline(props: { cell: ReadonlySignal<Cell | null> }) {
  const cell = props.cell.value;
  return cell && <rect class="uh-cell-here" x={cell.column} y={cell.row} width="1" height="1" />;
}

interface CellNumberProps {
  readonly cell: ReadonlySignal<Cell | null>;
  readonly matrix: HeadMatrix;
  readonly picture: Picture;
  readonly masked: boolean;
}

function CellNumber(props: CellNumberProps) {
  const cell = props.cell.value;
  const { matrix, picture } = props;
  if (cell === null) return null;
  const place = {
    left: `${(100 * (cell.column + 0.5)) / matrix.columns}%`,
    top: `${(100 * cell.row) / matrix.rows}%`,
  };
  const banned = props.masked && banOf(picture, cell.row, cell.column) !== null;
  const end = cell.column > matrix.columns * 0.6 ? "right" : "left";
  return (
    <span class="uh-cell-number" data-end={end} style={place} aria-hidden="true">
      <span class="uh-cell-token">{visiblePiece(picture.rows[cell.row]?.piece ?? "")}</span> →{" "}
      <span class="uh-cell-token">{visiblePiece(picture.columns[cell.column]?.piece ?? "")}</span>{" "}
      <b>{banned ? "forbidden" : weightText(weightAt(matrix, cell.row, cell.column))}</b>
    </span>
  );
}

function cellAt(event: MouseEvent, matrix: HeadMatrix): Cell | null {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * matrix.columns);
  const row = Math.floor(((event.clientY - box.top) / box.height) * matrix.rows);
  const inside = row >= 0 && column >= 0 && row < matrix.rows && column < matrix.columns;
  return inside ? { row, column } : null;
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function moveCell(event: KeyboardEvent, props: MatrixViewProps & { matrix: HeadMatrix }): void {
  const step = STEPS[event.key];
  if (event.key === "Escape") {
    props.onCell(null);
    props.onHold?.(null);
  }
  if (props.onHold && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    props.onHold(props.cell.peek());
  }
  if (step === undefined) return;
  event.preventDefault();
  const { row, column } = props.cell.peek() ?? { row: -step[0], column: -step[1] };
  const { rows, columns } = props.matrix;
  props.onCell({
    row: Math.max(0, Math.min(rows - 1, row + step[0])),
    column: Math.max(0, Math.min(columns - 1, column + step[1])),
  });
}
