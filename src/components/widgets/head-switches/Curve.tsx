import type { HeadOrders } from "../../../engine/study.ts";
import { curveShape, PLOT, xOf, yOf } from "./curveShape.ts";
import { CURVE_WORDS, chanceText } from "./words.ts";

interface CurveProps {
  readonly curve: HeadOrders;
  /** How many of the strongest are off; null where other heads are. */
  readonly cut: number | null;
}

/** How the answer fares as heads go off: in the order of the ranking, and in random orders. */
export function Curve({ curve, cut }: CurveProps) {
  const shape = curveShape(curve);
  const { steps } = curve;
  const last = steps.at(-1) ?? 0;
  return (
    <figure class="uh-cut-curve">
      <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} role="img" aria-label={curveReading(curve)}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line class="uh-cut-grid" x1={PLOT.left} x2={PLOT.width - PLOT.right} y1={yOf(share)} y2={yOf(share)} />
            <text x={PLOT.left - 6} y={yOf(share) + 4} text-anchor="end">
              {share}
            </text>
          </g>
        ))}
        <path class="uh-cut-band" d={shape.band} />
        <path class="uh-cut-mean" d={shape.mean} />
        <path class="uh-cut-ranked" d={shape.ranked} />
        {cut !== null && cut <= last && (
          <line
            class="uh-cut-now"
            x1={xOf(cut, steps)}
            x2={xOf(cut, steps)}
            y1={PLOT.top}
            y2={PLOT.height - PLOT.bottom}
          />
        )}
        {[0, Math.round(last / 2), last].map((heads) => (
          <text key={heads} x={xOf(heads, steps)} y={PLOT.height - PLOT.bottom + 15} text-anchor="middle">
            {heads}
          </text>
        ))}
        <text x={(PLOT.left + PLOT.width - PLOT.right) / 2} y={PLOT.height - 2} text-anchor="middle">
          heads off
        </text>
      </svg>
      <figcaption>
        {CURVE_WORDS[curve.share]}, mean of {curve.prompts} {curve.prompts === 1 ? "prompt" : "prompts"}.{" "}
        <span class="uh-cut-key" data-key="ranked" aria-hidden="true" /> strongest first{" "}
        <span class="uh-cut-key" data-key="random" aria-hidden="true" /> in random order: mean and range of{" "}
        {curve.values.length - 1}
      </figcaption>
    </figure>
  );
}

/** The curve in a sentence: after how many heads half of the answer is gone, in either order. */
export function curveReading(curve: HeadOrders): string {
  const { means } = curveShape(curve);
  const [ranked = []] = curve.values;
  const half = (ranked[0] ?? 1) / 2;
  const gone = (row: readonly number[]) => {
    const at = row.findIndex((share) => share < half);
    const heads = curve.steps[at < 0 ? curve.steps.length - 1 : at] ?? 0;
    return `${at < 0 ? "not within" : "after"} ${heads} ${heads === 1 ? "head" : "heads"}`;
  };
  return `${CURVE_WORDS[curve.share]}: ${chanceText(ranked[0] ?? 0)} with all heads on; half of it is gone ${gone(ranked)} in the order of the ranking, and ${gone(means)} in random orders.`;
}
