/** What the figure gives away as files: the map as a picture, the scores as data. Fetched when it is asked for. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { wrapped } from "../../../lib/wrapped.ts";
import { measureName, shortScore } from "./measures.ts";
import type { HeadScore } from "./scores.ts";
import type { HeadJobsState, Ranking } from "./state.ts";
import { headName, sameHead } from "./words.ts";

const CELL = 44;
const LEFT = 44;
const TOP = 104;
const LINE = 76;

/** The map, its best head starred. */
export function jobsScene(title: string, state: HeadJobsState): Scene {
  const ranking = state.ranking.value;
  const reading = state.reading.value;
  if (ranking === null) return { title, reading, width: 200, height: 60, shapes: [] };
  const { heads, measure } = ranking;
  const width = 1 + Math.max(...heads.map(({ ref }) => ref.head));
  const layers = Math.ceil(heads.length / width);
  const bottom = TOP + layers * CELL + 28;
  const lines = [...keyLines(state, ranking), ...wrapped(reading, LINE)];
  const text = { kind: "text", font: "sans" } as const;
  const soft = "var(--uh-ink-soft)";
  const shapes: Shape[] = [
    { ...text, x: LEFT, y: 30, text: title, fill: "var(--uh-ink)", size: 16, weight: 600 },
    { ...text, x: LEFT, y: 54, text: `${state.model.value.name}: ${measureName(measure)}`, fill: soft, size: 13 },
    ...axis(width, layers),
    ...heads.flatMap((head) => cell(ranking, head, state.taught(head.ref) !== undefined)),
    ...lines.map((line, at): Shape => ({ ...text, x: LEFT, y: bottom + at * 17, text: line, fill: soft, size: 12 })),
  ];
  return {
    title,
    reading,
    width: Math.max(LEFT * 2 + width * CELL, LEFT * 2 + LINE * 6.2),
    height: bottom + lines.length * 17 + 12,
    shapes,
  };
}

function axis(width: number, layers: number): Shape[] {
  const label = { kind: "text", font: "sans", fill: "var(--uh-ink-soft)", size: 12, anchor: "middle" } as const;
  const across = Array.from({ length: width }, (_, head): Shape => {
    return { ...label, x: LEFT + (head + 0.5) * CELL, y: TOP - 10, text: String(head + 1) };
  });
  const down = Array.from({ length: layers }, (_, layer): Shape => {
    return { ...label, x: LEFT - 16, y: TOP + (layer + 0.5) * CELL + 4, text: String(layer + 1) };
  });
  return [...across, ...down];
}

/** What the colour, the star and the broken frame say. */
function keyLines(state: HeadJobsState, { heads, top }: Ranking): string[] {
  const taught = heads.some(({ ref }) => state.taught(ref)) ? " Broken frame: shown in training where to look." : "";
  return wrapped(`Colour: 0 (none) to ${top === 1 ? "1" : top.toFixed(1)} (full). ★ best head.${taught}`, LINE);
}

function cell({ measure, top, best }: Ranking, { ref, mean }: HeadScore, taught: boolean): Shape[] {
  const x = LEFT + ref.head * CELL;
  const y = TOP + ref.layer * CELL;
  const box = { x: x + 3, y: y + 2, width: CELL - 6, height: CELL - 20 };
  const star = sameHead(ref, best.ref) ? "★" : "";
  return [
    { kind: "rect", ...box, fill: "var(--uh-attention)", opacity: Math.min(1, Math.max(0, mean / top)) },
    { kind: "rect", ...box, fill: "none", stroke: "var(--uh-rule)" },
    ...(taught ? [brokenFrame(box)] : []),
    {
      kind: "text",
      x: x + CELL / 2,
      y: y + CELL - 5,
      text: shortScore(measure, mean) + star,
      fill: "var(--uh-ink)",
      size: 11,
      font: "sans",
      anchor: "middle",
    },
  ];
}

/** Around a head that was shown in training where to look. */
function brokenFrame({ x, y, width, height }: Record<"x" | "y" | "width" | "height", number>): Shape {
  const d = `M${x + 2} ${y + 2}h${width - 4}v${height - 4}h${4 - width}z`;
  return { kind: "path", d, stroke: "var(--uh-key)", width: 2, dash: [4, 3] };
}

/** Every measure of the study; heads counted from 0, as in code. */
export function jobsJson(state: HeadJobsState): unknown {
  return { ...state.shown.value?.study, chosen: state.chosen.value, best: bestName(state.ranking.value) };
}

function bestName(ranking: Ranking | null): string | null {
  return ranking && headName(ranking.best.ref);
}
