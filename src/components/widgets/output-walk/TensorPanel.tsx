import { useEffect, useRef, useState } from "preact/hooks";
import { Choice as SelectOne } from "../../controls/Choice.tsx";
import { Segmented } from "../../controls/Segmented.tsx";
import { ENTRIES, type EntryKey } from "./entries.ts";
import { titleOf } from "./exports.ts";
import { HeatTable } from "./HeatTable.tsx";
import { extremeOf } from "./heat.ts";
import { LogitsTop } from "./LogitsTop.tsx";
import { Pager } from "./Pager.tsx";
import type { Choice, Slice } from "./slice.ts";
import { hasBoth, valueAt } from "./slice.ts";
import type { Walk } from "./state.ts";
import { windowAround } from "./window.ts";
import { fullNumber, pythonIndex } from "./words.ts";

const ROWS = 8;
/** Widths in pixels of a row's name, and of a column in a narrow and in a wide figure, as the style sheet sets them. */
const NAME_WIDTHS = { one: 102, both: 162 };
const COLUMN_WIDTHS = { narrow: 53, wide: 69 };
const WIDE = 600;

interface TensorPanelProps {
  readonly id: string;
  readonly walk: Walk;
  readonly entry: EntryKey;
  readonly slice: Slice;
}

/** The numbers of one tensor: which layer and head, the chosen number as Python gets at it, and a window on the table. */
export function TensorPanel(props: TensorPanelProps) {
  const { walk, entry, slice } = props;
  const choice = walk.choice.value;
  const frame = useRef<HTMLDivElement>(null);
  const page = { row: ROWS, column: useColumns(frame, NAME_WIDTHS[hasBoth(slice) ? "both" : "one"]) };
  const move = (part: Partial<Choice>) => walk.choose(part);
  return (
    <div class="ow-tensor" ref={frame}>
      <Pickers {...props} choice={choice} />
      <p class="ow-python">
        <code>{pythonIndex(entry, choice)}</code>
        <span aria-hidden="true"> = </span>
        <output>{fullNumber(valueAt(slice, choice.row, choice.column))}</output>
        <small>Python counts from 0</small>
      </p>
      {entry === "logits" && (
        <LogitsTop slice={slice} row={choice.row} chosen={choice.column} onPick={(column) => move({ column })} />
      )}
      <HeatTable
        caption={`${titleOf(entry, choice)}: arrow keys move through the numbers`}
        slice={slice}
        extreme={slice.scale === "weight" ? 1 : extremeOf(slice)}
        cell={choice}
        page={page}
        onCell={move}
      />
      <div class="ow-pagers">
        <Pager
          noun={slice.rowNoun}
          page={windowAround(choice.row, slice.rows, page.row)}
          size={page.row}
          onMove={(row) => move({ row })}
        />
        <Pager
          noun={slice.columnNoun}
          page={windowAround(choice.column, slice.columns, page.column)}
          size={page.column}
          onMove={(column) => move({ column })}
        />
      </div>
    </div>
  );
}

function Pickers(props: TensorPanelProps & { readonly choice: Choice }) {
  const { id, walk, entry, choice } = props;
  const { tuple, axes } = ENTRIES[entry].shape(walk.sizes.value);
  const heads = axes.find((axis) => axis.name === "heads");
  const states = tuple?.name === "states";
  if (!tuple && !heads) return null;
  return (
    <div class="ow-pickers">
      {tuple && (
        <PickIndex
          name={`${id}-layer`}
          label={states ? "State" : "Layer"}
          count={tuple.size}
          value={choice.layer}
          text={states ? stateLabel : fromOne}
          onPick={(layer) => walk.choose({ layer })}
        />
      )}
      {heads && (
        <PickIndex
          name={`${id}-head`}
          label="Head"
          count={heads.size}
          value={choice.head}
          text={fromOne}
          onPick={(head) => walk.choose({ head })}
        />
      )}
    </div>
  );
}

/** The most numbers that stand side by side. */
const MOST_SEGMENTS = 8;

interface PickIndexProps {
  readonly name: string;
  readonly label: string;
  readonly count: number;
  readonly value: number;
  readonly text: (index: number) => string;
  readonly onPick: (index: number) => void;
}

/** One of a few by its number. */
function PickIndex(props: PickIndexProps) {
  const { name, label, count, value, text, onPick } = props;
  const options = Array.from({ length: count }, (_, index) => ({ value: index, label: text(index) }));
  if (count > MOST_SEGMENTS) return <SelectOne label={label} options={options} value={value} onChange={onPick} />;
  return <Segmented name={name} label={label} options={options} value={value} onChange={onPick} />;
}

/** Layers and heads are counted from 1 where a reader sees them. */
function fromOne(index: number): string {
  return String(index + 1);
}

function stateLabel(index: number): string {
  return index === 0 ? "embedding" : `after ${index}`;
}

/** As many columns as the figure is wide for; eight until it is measured. */
function useColumns(frame: { readonly current: HTMLElement | null }, name: number): number {
  const [columns, setColumns] = useState(8);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = new ResizeObserver(([entry]) => {
      setColumns(columnsIn(entry?.contentRect.width ?? 0, name));
    });
    measure.observe(element);
    return () => measure.disconnect();
  }, [name]);
  return columns;
}

function columnsIn(width: number, name: number): number {
  const column = width >= WIDE ? COLUMN_WIDTHS.wide : COLUMN_WIDTHS.narrow;
  return Math.max(3, Math.min(16, Math.floor((width - name) / column)));
}
