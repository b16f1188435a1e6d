/** Attention against effect of removal, one dot a token. */
import type { RemovalRow } from "../../../engine/study.ts";
import { weightsOf } from "../../../stored/removalRows.ts";
import { type Dot, type PlotOptions, plotDots } from "./plot.ts";

export interface ScatterOptions {
  readonly rows: readonly RemovalRow[];
  /** The output whose dots are named. */
  readonly output: number;
  /** Null for the mean of all heads. */
  readonly head: number | null;
  /** The token that is pointed at or taken away. */
  readonly token: number | null;
}

/** The picture and the places of its named dots. */
export function scatter({ rows, output, head, token }: ScatterOptions): ReturnType<typeof plotDots> {
  const dots = rows.map((row) => dotsOf(row, head));
  const options: PlotOptions = {
    named: dots[output] ?? [],
    others: dots.flatMap((of, at) => (at === output ? [] : of)),
    chosen: token,
    across: "attention on the token",
    up: "fall in log-probability without the token, nats",
  };
  return plotDots(options);
}

function dotsOf(row: RemovalRow, head: number | null): Dot[] {
  return weightsOf(row, head).map((across, at) => ({ name: row.tokens[at] ?? "", across, up: row.effect[at] ?? 0 }));
}
