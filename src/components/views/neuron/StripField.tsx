import type { ComponentChildren } from "preact";
import type { StripCell } from "./Strips.tsx";

interface StripFieldProps {
  /** What the strips are, and how the keys work. */
  readonly label: string;
  readonly rows: number;
  readonly dimensions: number;
  readonly cell: { peek(): StripCell | null };
  /** The field is the lone strip of the query or the output, row −1. */
  readonly alone?: boolean;
  readonly onCell: (cell: StripCell | null) => void;
  /** The row that is reached is to be held. */
  readonly onHold: (row: number) => void;
  readonly children: ComponentChildren;
}

/** Strips that are read by pointer and by arrow keys: across dimensions, up and down keys; Enter holds a key. */
export function StripField(props: StripFieldProps) {
  const at = (event: PointerEvent | MouseEvent) => cellAt(event, props);
  return (
    <div
      class="uh-strip-field"
      role="application"
      aria-roledescription="strips"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is read with the arrow keys.
      tabIndex={0}
      aria-label={props.label}
      onPointerMove={(event) => props.onCell(at(event))}
      onPointerLeave={() => props.onCell(null)}
      onBlur={() => props.onCell(null)}
      onClick={(event) => hold(at(event), props)}
      onKeyDown={(event) => onKey(event, props)}
    >
      {props.children}
    </div>
  );
}

function cellAt(event: MouseEvent, props: StripFieldProps): StripCell | null {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const dimension = Math.floor(((event.clientX - box.left) / box.width) * props.dimensions);
  const row = props.alone ? -1 : Math.floor(((event.clientY - box.top) / box.height) * props.rows);
  const inside = dimension >= 0 && dimension < props.dimensions && row < props.rows;
  return inside ? { row, dimension } : null;
}

function hold(cell: StripCell | null, props: StripFieldProps): void {
  props.onCell(cell);
  if (cell !== null && cell.row >= 0) props.onHold(cell.row);
}

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function onKey(event: KeyboardEvent, props: StripFieldProps): void {
  const cell = props.cell.peek();
  if (event.key === "Escape") props.onCell(null);
  if (event.key === "Enter" && cell !== null) hold(cell, props);
  const move = MOVES[event.key];
  if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  props.onCell(moved(cell, move, props));
}

function moved(cell: StripCell | null, [down, right]: readonly [number, number], props: StripFieldProps): StripCell {
  if (cell === null) return { row: props.alone ? -1 : 0, dimension: 0 };
  const row = props.alone ? -1 : Math.max(0, Math.min(props.rows - 1, cell.row + down));
  return { row, dimension: Math.max(0, Math.min(props.dimensions - 1, cell.dimension + right)) };
}
