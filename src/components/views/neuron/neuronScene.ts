/** The neuron view as a picture that stands alone. */
import type { HeadInside } from "../../../engine/model.ts";
import { weightText } from "../../../lib/format.ts";
import type { Scene, Shape } from "../../../lib/scene.ts";
import { visiblePiece } from "../tokens/face.ts";
import { CELL_STEPS, cellPaths, largestOf, STRIP, valueStrength } from "./cells.ts";
import { fanLines } from "./fan.ts";
import { type QuerySteps, rowOf } from "./querySteps.ts";
import { STEPS, type StepNumber, stepFormula, stepName } from "./words.ts";
import { decimal } from "./written.ts";

interface NeuronSceneState {
  readonly inside: HeadInside;
  readonly steps: QuerySteps;
  readonly shown: readonly number[];
  readonly open: number;
}

const MARGIN = 24;
const ROW = 24;
const TOP = 132;
const TOKEN = 128;
/** Letters of a token that find room there: the longest mark of a model does, whole. */
const LETTERS = 15;
const STRIP_WIDTH = 216;
const NUMBER = 72;
const FAN = 56;
const GAP = 20;

/** Left edges of what stands beside one another. */
const AT = (() => {
  const keys = MARGIN + TOKEN;
  const products = keys + STRIP_WIDTH + GAP;
  const dots = products + STRIP_WIDTH + GAP;
  const scores = dots + NUMBER;
  const weights = scores + NUMBER;
  const fan = weights + NUMBER;
  const values = fan + FAN + TOKEN;
  return { keys, products, dots, scores, weights, fan, values, end: values + STRIP_WIDTH + MARGIN };
})();

const HEADS: Readonly<Record<StepNumber, number>> = {
  1: AT.keys,
  2: AT.products,
  3: AT.dots,
  4: AT.scores,
  5: AT.weights,
  6: AT.values,
};

const soft = { kind: "text", size: 12, font: "sans", fill: "var(--uh-ink-soft)" } as const;

/** Lays out the steps that are unfolded. */
export function neuronScene(title: string, reading: string, state: NeuronSceneState): Scene {
  const { shown, open } = state;
  const bottom = TOP + shown.length * ROW;
  const height = bottom + 84;
  return {
    title,
    reading,
    width: Math.max(AT.end, MARGIN * 2 + reading.length * 6.2),
    height,
    shapes: [
      { kind: "text", x: MARGIN, y: 30, text: title, fill: "var(--uh-ink)", size: 16, font: "sans", weight: 600 },
      ...STEPS.filter((step) => step <= open).flatMap((step) => headShapes(step, state)),
      ...PARTS.filter(({ step }) => step <= open).flatMap(({ shapes }) => shapes(state)),
      { ...soft, x: MARGIN, y: height - 20, text: reading },
    ],
  };
}

function headShapes(step: StepNumber, { inside }: NeuronSceneState): Shape[] {
  const x = HEADS[step];
  return [
    { ...soft, x, y: 60, text: `${step} ${stepName(step)}`, fill: "var(--uh-ink)", weight: 600 },
    { ...soft, x, y: 77, text: stepFormula(step, inside) },
  ];
}

/** What each step draws. */
const PARTS: readonly { readonly step: StepNumber; readonly shapes: (state: NeuronSceneState) => Shape[] }[] = [
  { step: 1, shapes: queryAndKeys },
  { step: 2, shapes: products },
  { step: 3, shapes: (state) => numbers(state, AT.dots, (key) => decimal(state.steps.dots[key] ?? 0, 2)) },
  { step: 4, shapes: (state) => numbers(state, AT.scores, (key) => decimal(state.steps.scores[key] ?? 0, 2)) },
  { step: 5, shapes: weights },
  { step: 6, shapes: values },
];

function queryAndKeys({ inside, steps, shown }: NeuronSceneState): Shape[] {
  const rows = shown.map((key) => rowOf(inside.key, key));
  const most = largestOf(steps.q, ...rows);
  const token = inside.queries[steps.query];
  return [
    { ...tokenAt(token?.piece ?? "", MARGIN, 109), fill: "var(--uh-query)", weight: 600 },
    ...strips({ rows: [steps.q], x: AT.keys, y: 92, most, up: "var(--uh-query)" }),
    ...tokens(inside, shown, MARGIN),
    ...strips({ rows, x: AT.keys, y: TOP, most, up: "var(--uh-key)" }),
  ];
}

function products({ steps, shown }: NeuronSceneState): Shape[] {
  const rows = shown.map((key) => rowOf(steps.products, key));
  const colours = { up: "var(--uh-positive)", down: "var(--uh-negative)" };
  return strips({ rows, x: AT.products, y: TOP, most: largestOf(...rows), ...colours });
}

function weights(state: NeuronSceneState): Shape[] {
  const { inside, steps, shown } = state;
  const shares = shown.map((key) => steps.weights[key] ?? 0);
  return [
    ...numbers(state, AT.weights, (key) => weightText(steps.weights[key] ?? 0)),
    ...fanLines(shares, ROW).map(
      ({ d, width, opacity }): Shape => ({
        kind: "path",
        d,
        stroke: "var(--uh-attention)",
        width,
        opacity,
        at: { x: AT.fan, y: TOP, scale: 1 },
      }),
    ),
    ...tokens(inside, shown, AT.fan + FAN),
  ];
}

function values({ inside, steps, shown }: NeuronSceneState): Shape[] {
  const rows = shown.map((key) => rowOf(inside.value, key));
  const most = largestOf(...rows);
  const [x, up, below] = [AT.values, "var(--uh-value)", TOP + shown.length * ROW];
  return [
    ...rows.flatMap((row, place) => {
      const strength = valueStrength(steps.weights[shown[place] ?? 0] ?? 0);
      return strips({ rows: [row], x, y: TOP + place * ROW, most, up, strength });
    }),
    ...strips({ rows: [steps.output], x, y: below + 12, most: largestOf(steps.output), up }),
    { ...soft, x: x - 12, y: below + 28, text: "output", anchor: "end" },
  ];
}

function numbers({ shown }: NeuronSceneState, x: number, text: (key: number) => string): Shape[] {
  return shown.map((key, place) => ({
    kind: "text",
    x: x + NUMBER - 20,
    y: TOP + (place + 0.5) * ROW + 4,
    text: text(key),
    fill: "var(--uh-ink)",
    size: 12,
    font: "sans",
    anchor: "end",
  }));
}

function tokens(inside: HeadInside, shown: readonly number[], x: number): Shape[] {
  return shown.map((key, place) => ({
    ...tokenAt(inside.keys[key]?.piece ?? "", x, TOP + (place + 0.5) * ROW + 4.5),
    fill: inside.keys[key]?.special ? "var(--uh-ink-soft)" : "var(--uh-ink)",
  }));
}

function tokenAt(piece: string, x: number, y: number) {
  const text = visiblePiece(piece);
  const short = text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text;
  return { kind: "text", x, y, text: short, size: 13, font: "mono" } as const;
}

interface DrawnStrips {
  readonly rows: readonly ArrayLike<number>[];
  readonly x: number;
  readonly y: number;
  readonly most: number;
  /** Colours of positive and of negative numbers; one for both where the second is left out. */
  readonly up: string;
  readonly down?: string;
  readonly strength?: number;
}

/** Strips under one another, as tall as a row each. */
function strips({ rows, x, y, most, up, down = up, strength = 1 }: DrawnStrips): Shape[] {
  const scale = STRIP_WIDTH / Math.max(1, rows[0]?.length ?? 1);
  const at = { x, y, scale, scaleDown: ROW / STRIP };
  return cellPaths(rows, most).map(({ up: positive, step, d }) => ({
    kind: "path",
    d,
    fill: positive ? up : down,
    opacity: (strength * step) / CELL_STEPS,
    at,
  }));
}
