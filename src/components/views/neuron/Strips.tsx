import type { ReadonlySignal } from "@preact/signals";
import { CELL_STEPS, cellPaths, STRIP } from "./cells.ts";

/** Height of a row of the picture in CSS pixels; `neuron.css` says the same. */
export const ROW = 28;

/** Height of a strip that stands alone. */
const ALONE = 36;

/** What a strip stands for; gives its colour. */
export type StripKind = "query" | "key" | "product" | "value" | "output";

/** A dimension, in a row of the picture (a place among the keys shown); row −1 is the query or the output. */
export interface StripCell {
  readonly row: number;
  readonly dimension: number;
}

interface StripsProps {
  readonly kind: StripKind;
  /** Each `[dimension]`, from top to bottom. */
  readonly rows: readonly ArrayLike<number>[];
  /** The value of a cell at full strength. */
  readonly most: number;
  readonly dimensions: number;
  /** Opacity of each row; 1 where left out. */
  readonly strength?: readonly number[];
  readonly cell: ReadonlySignal<StripCell | null>;
  /** Row −1 of the cell is this strip. */
  readonly alone?: boolean;
  /** The row whose arithmetic is written out. */
  readonly chosen?: number;
}

/** Strips of cells under one another. Decoration: what they show is said beside them. */
export function Strips(props: StripsProps) {
  const { kind, rows, most, dimensions, strength } = props;
  const height = rows.length * STRIP;
  const groups = strength ? rows.map((row, at) => ({ rows: [row], at, opacity: strength[at] ?? 1 })) : null;
  return (
    <svg
      class="uh-strips"
      data-kind={kind}
      viewBox={`0 0 ${Math.max(1, dimensions)} ${Math.max(1, height)}`}
      height={props.alone ? ALONE : rows.length * ROW}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {props.chosen !== undefined && (
        <rect class="uh-strips-chosen" x="0" y={props.chosen * STRIP} width={dimensions} height={STRIP} />
      )}
      <path class="uh-strips-middle" d={middles(rows.length, dimensions)} />
      <DimensionBand cell={props.cell} height={height} />
      {groups ? (
        groups.map((group) => <Group key={group.at} {...group} most={most} />)
      ) : (
        <Group rows={rows} at={0} most={most} opacity={1} />
      )}
      <CellBox cell={props.cell} alone={props.alone ?? false} count={rows.length} />
    </svg>
  );
}

function Group(props: { rows: readonly ArrayLike<number>[]; at: number; most: number; opacity: number }) {
  return (
    <g transform={props.at ? `translate(0 ${props.at * STRIP})` : undefined} opacity={shortOpacity(props.opacity)}>
      {cellPaths(props.rows, props.most).map(({ up, step, d }) => (
        <path key={up ? step : -step} data-sign={up ? "+" : "−"} d={d} fill-opacity={opacityOf(step)} />
      ))}
    </g>
  );
}

function opacityOf(step: number): string | undefined {
  return shortOpacity(step / CELL_STEPS);
}

function shortOpacity(opacity: number): string | undefined {
  return opacity === 1 ? undefined : opacity.toFixed(2);
}

function middles(rows: number, dimensions: number): string {
  return Array.from({ length: rows }, (_, row) => `M0 ${row * STRIP + STRIP / 2}h${dimensions}`).join("");
}

function DimensionBand(props: { cell: ReadonlySignal<StripCell | null>; height: number }) {
  const cell = props.cell.value;
  return cell && <rect class="uh-strips-band" x={cell.dimension} y="0" width="1" height={props.height} />;
}

function CellBox(props: { cell: ReadonlySignal<StripCell | null>; alone: boolean; count: number }) {
  const cell = props.cell.value;
  if (cell === null) return null;
  const row = props.alone ? (cell.row === -1 ? 0 : -1) : cell.row;
  if (row < 0 || row >= props.count) return null;
  return <rect class="uh-strips-cell" x={cell.dimension} y={row * STRIP} width="1" height={STRIP} />;
}
