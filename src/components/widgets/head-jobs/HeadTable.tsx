import { useEffect, useRef } from "preact/hooks";
import type { HeadRef } from "../../../engine/model.ts";
import { measureName, shortScore } from "./measures.ts";
import type { SortColumn, Sorting } from "./place.ts";
import type { HeadScore } from "./scores.ts";
import type { Ranking } from "./state.ts";
import { baselineName, headName, sameHead } from "./words.ts";

interface HeadTableProps {
  readonly ranking: Ranking;
  /** In the order of the table. */
  readonly rows: readonly HeadScore[];
  readonly sort: Sorting;
  readonly chosen: HeadRef;
  readonly isTaught: (ref: HeadRef) => boolean;
  readonly onSort: (column: SortColumn) => void;
  readonly onPick: (ref: HeadRef) => void;
}

const COLUMNS: readonly { readonly column: SortColumn; readonly label: string }[] = [
  { column: "place", label: "Head" },
  { column: "score", label: "Score" },
  { column: "low", label: "95 % interval" },
  { column: "most", label: "Stands out in" },
];

/** Every head in a row: its score, the interval as a bar with the baseline as a line, and the pattern that stands out in it. */
export function HeadTable(props: HeadTableProps) {
  const { rows, chosen } = props;
  const box = useRef<HTMLElement>(null);
  useEffect(() => bringRow(box.current), [chosen.layer, chosen.head, rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section class="uh-jobs-table-box" ref={box} tabIndex={0} aria-label="Heads by score, scrolls">
      <table class="uh-jobs-table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Heading key={column.column} {...column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={`${row.ref.layer} ${row.ref.head}`} {...props} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Scrolls the chosen row into the box, never the page. */
function bringRow(box: HTMLElement | null): void {
  const row = box?.querySelector<HTMLElement>("tr[data-chosen]");
  if (!box || !row) return;
  const head = box.querySelector("thead")?.clientHeight ?? 0;
  if (row.offsetTop - head < box.scrollTop) box.scrollTop = row.offsetTop - head;
  const below = row.offsetTop + row.clientHeight - box.clientHeight;
  if (below > box.scrollTop) box.scrollTop = below;
}

function Heading(props: HeadTableProps & { column: SortColumn; label: string }) {
  const { column, label, sort, onSort } = props;
  const mine = sort.column === column;
  const order = sort.down ? "descending" : "ascending";
  return (
    <th scope="col" aria-sort={mine ? order : "none"}>
      <button type="button" class="uh-jobs-sort" onClick={() => onSort(column)}>
        {label}
        <span aria-hidden="true">{mine ? (sort.down ? " ↓" : " ↑") : " ↕"}</span>
      </button>
    </th>
  );
}

function Row(props: HeadTableProps & { row: HeadScore }) {
  const { row, ranking, chosen } = props;
  const { ref, mean, most } = row;
  const isChosen = sameHead(ref, chosen);
  return (
    <tr data-chosen={isChosen || undefined}>
      <th scope="row">
        <button
          type="button"
          class="uh-jobs-name"
          aria-pressed={isChosen}
          aria-label={`${ref.layer + 1}.${ref.head + 1}: ${headName(ref)}`}
          onClick={() => props.onPick(ref)}
        >
          {ref.layer + 1}.{ref.head + 1}
        </button>
        {props.isTaught(ref) && <span class="uh-jobs-tag">taught</span>}
      </th>
      <td>{shortScore(ranking.measure, mean)}</td>
      <td>
        <IntervalBar row={row} ranking={ranking} />
      </td>
      <td class="uh-jobs-most">{most ? `${measureName(most.measure).split(":")[0]} ${most.mean.toFixed(2)}` : "–"}</td>
    </tr>
  );
}

const WIDTH = 120;
const HEIGHT = 16;

/** The interval from 0 to the top, the mean as a tick, the baseline as a broken line. */
function IntervalBar({ row, ranking }: { row: HeadScore; ranking: Ranking }) {
  const { measure, top, baseline } = ranking;
  const x = (value: number) => Number((1 + (Math.min(value, top) / top) * (WIDTH - 2)).toFixed(1));
  const words = `${shortScore(measure, row.low)} to ${shortScore(measure, row.high)}`;
  const beside = baseline ? `, ${baselineName(baseline)}: ${shortScore(measure, baseline.score)}` : "";
  return (
    <svg
      class="uh-jobs-bar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={words + beside}
    >
      <title>{words + beside}</title>
      <path class="uh-jobs-axis" d={`M1 ${HEIGHT - 2}H${WIDTH - 1}`} />
      <rect class="uh-jobs-range" x={x(row.low)} y="4" width={Math.max(1.5, x(row.high) - x(row.low))} height="7" />
      <path class="uh-jobs-mean" d={`M${x(row.mean)} 2V13`} />
      {baseline && <path class="uh-jobs-base" d={`M${x(baseline.score)} 0V${HEIGHT}`} />}
    </svg>
  );
}
