import { useEffect, useRef } from "preact/hooks";
import { inSlices } from "../../../lib/slices.ts";
import { themeTurns } from "../../../lib/theme.ts";
import type { CanvasLines } from "./canvasLines.ts";
import { curve, headLines, headOffset, lineLook } from "./lines.ts";
import type { HeadMatrix } from "./matrix.ts";
import type { Spotlight } from "./reading.ts";

export interface LineLayerProps {
  readonly matrices: readonly HeadMatrix[];
  /** Heads of the matrices, for their colours. */
  readonly heads: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly floor: number;
  readonly spotlight: Spotlight | null;
  /** Cells to be marked. */
  readonly marked: readonly { readonly row: number; readonly column: number }[];
}

/** The lines as SVG: a path a head and step, stretched to the height of the tokens. */
export function SvgLines(props: LineLayerProps) {
  const height = Math.max(1, props.rows, props.columns);
  const lit = linesOf(props, props.spotlight);
  return (
    <svg class="uh-lines" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {lit.map(({ head, step, d }) => {
        const { width, opacity } = lineLook(step);
        return (
          <path
            key={`${head}/${step}`}
            class="uh-line"
            data-head={head % 12}
            d={d}
            stroke-width={width}
            stroke-opacity={opacity}
          />
        );
      })}
      {props.marked.map(({ row, column }) => (
        <path key={`${row}/${column}`} class="uh-line-marked" d={curve(row, column, 0)} />
      ))}
    </svg>
  );
}

function linesOf(props: LineLayerProps, spotlight: Spotlight | null) {
  return props.matrices.flatMap((matrix, place) =>
    headLines(matrix, props.heads[place] ?? 0, headOffset(place, props.heads.length), props.floor, spotlight),
  );
}

interface CanvasLayerProps extends LineLayerProps {
  /** Height of a row and what of the column is in view, in CSS pixels. */
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
}

/** The lines on a canvas that stays in view while the tokens scroll: only what is in view is drawn, in slices. */
export function CanvasLinesLayer(props: CanvasLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const turn = themeTurns().value;
  const { matrices, heads, floor, spotlight, rowHeight, top, height } = props;
  useEffect(() => {
    void turn;
    if (!canvas.current) return undefined;
    const job: CanvasLines = { matrices, heads, floor, spotlight, rowHeight, top, height };
    return drawSoon(canvas.current, job);
  }, [matrices, heads, floor, spotlight, rowHeight, top, height, turn]);
  return <canvas class="uh-lines-canvas" ref={canvas} />;
}

/** Draws as soon as what draws is there: only long texts fetch it. Answers with a function that calls it off. */
function drawSoon(canvas: HTMLCanvasElement, job: CanvasLines): () => void {
  let off = false;
  let stop = (): void => {};
  void import("./canvasLines.ts").then(({ drawLines }) => {
    if (!off) stop = inSlices(drawLines(canvas, job));
  });
  return () => {
    off = true;
    stop();
  };
}
