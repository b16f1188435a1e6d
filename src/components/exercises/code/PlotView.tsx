import type { ComponentChildren, JSX } from "preact";
import type { Plot, PlotKind } from "../../../sandbox/protocol.ts";
import { cellText, rangeOf, reachOf } from "./numbers.ts";

interface PlotProps {
  readonly plot: Plot;
}

const VIEWS: Readonly<Record<PlotKind, (props: PlotProps) => JSX.Element>> = { bars: Bars, line: Line, matrix: Matrix };

/** A small plot of numbers that the reader's code sent out. */
export function PlotView({ plot }: PlotProps) {
  const View = VIEWS[plot.kind];
  return (
    <figure class="uh-cell-plot">
      {plot.title && <figcaption>{plot.title}</figcaption>}
      <View plot={plot} />
      {plot.more && <p class="uh-cell-more">{plot.more}</p>}
    </figure>
  );
}

/** How far a value reaches, for the style sheet: the share of the largest. */
function share(value: number, reach: number): JSX.CSSProperties {
  return { "--share": Number.isFinite(value) ? Math.abs(value) / reach : 0 } as JSX.CSSProperties;
}

function Bars({ plot }: PlotProps) {
  const values = plot.values[0] ?? [];
  const reach = reachOf(values);
  return (
    <Scroll label="Bars">
      <table class="uh-cell-bars">
        <tbody>
          {values.map((value, index) => (
            <tr key={index}>
              <th scope="row">
                <bdi>{plot.columns[index] ?? index}</bdi>
              </th>
              <td class="uh-cell-bar" data-negative={value < 0 || undefined}>
                <span style={share(value, reach)} />
              </td>
              <td data-number>{cellText(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const WIDTH = 400;
const HEIGHT = 120;

function Line({ plot }: PlotProps) {
  const values = plot.values[0] ?? [];
  const { low, high } = rangeOf(values);
  const last = Math.max(1, values.length - 1);
  const points = values.flatMap((value, index) =>
    Number.isFinite(value)
      ? [`${(index / last) * WIDTH},${HEIGHT - ((value - low) / (high - low || 1)) * HEIGHT}`]
      : [],
  );
  const label = `A line of ${values.length} values between ${cellText(low)} and ${cellText(high)}`;
  return (
    <div class="uh-cell-line">
      <span>{cellText(high)}</span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <polyline points={points.join(" ")} fill="none" vector-effect="non-scaling-stroke" />
      </svg>
      <span>{cellText(low)}</span>
      <span class="uh-cell-ends">
        <bdi>{plot.columns[0] ?? 0}</bdi>
        <bdi>{plot.columns[values.length - 1] ?? values.length - 1}</bdi>
      </span>
    </div>
  );
}

function Matrix({ plot }: PlotProps) {
  const reach = reachOf(plot.values.flat());
  const width = plot.values.reduce((most, row) => Math.max(most, row.length), 0);
  const columns = Array.from({ length: width }, (_, index) => plot.columns[index] ?? String(index));
  return (
    <Scroll label="A matrix of values">
      <table class="uh-cell-matrix" data-upright={columns.every(({ length }) => length < 3) || undefined}>
        <thead>
          <tr>
            <td />
            {columns.map((column, index) => (
              <th key={index} scope="col">
                <bdi>{column}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {plot.values.map((row, index) => (
            <tr key={index}>
              <th scope="row">
                <bdi>{plot.rows[index] ?? index}</bdi>
              </th>
              {row.map((value, column) => (
                <td
                  key={column}
                  style={share(value, reach)}
                  data-negative={value < 0 || undefined}
                  title={`${plot.rows[index] ?? index}, ${columns[column]}: ${cellText(value)}`}
                >
                  <span>{cellText(value)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section class="uh-cell-scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
