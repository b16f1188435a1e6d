import "../../../styles/attribution.css";
import { type ScoreScale, STEPS, scoreText } from "./scale.ts";

interface ScoreLegendProps {
  readonly scale: ScoreScale;
  /** What a score of either sign does to the followed number, or what a strength says. */
  readonly words?: { readonly minus: string; readonly plus: string };
}

const CELL = 9;
const HEIGHT = 12;

/** Which colour stands for which score. */
export function ScoreLegend({ scale, words = { minus: "pulls down", plus: "pushes up" } }: ScoreLegendProps) {
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step);
  const cells = scale.signed
    ? [
        ...steps
          .slice(1)
          .reverse()
          .map((step) => ({ tone: "negative", step })),
        ...plus("positive", steps),
      ]
    : plus("strength", steps);
  const width = cells.length * CELL;
  const ends = scale.signed ? [scoreText(-scale.extreme, scale), words.minus] : ["0", ""];
  return (
    <p class="uh-score-legend">
      <span>
        {ends[1]} <b>{ends[0]}</b>
      </span>
      <svg width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true">
        {cells.map(({ tone, step }, at) => (
          <rect
            key={at}
            class="uh-score-fill"
            data-tone={tone}
            data-step={step}
            x={at * CELL}
            width={CELL}
            height={HEIGHT}
          />
        ))}
      </svg>
      <span>
        <b>{scoreText(scale.extreme, scale)}</b> {scale.signed ? words.plus : "strength, no sign"}
      </span>
    </p>
  );
}

function plus(tone: string, steps: readonly number[]): { tone: string; step: number }[] {
  return steps.map((step) => ({ tone, step }));
}
