/** What the figure gives away: its boards as a picture, every head as a row, and all of it as data. */
import type { ModelInfo } from "../../../engine/model.ts";
import type { Scene, Shape } from "../../../lib/scene.ts";
import { headName } from "../../../stored/switches.ts";
import { kindName } from "../../views/attention/picture.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { allHeads, type Board, headsOf } from "./boards.ts";
import type { Ranked } from "./ranking.ts";
import type { Shown } from "./speech.ts";
import { STRENGTHS, strengthOf } from "./strength.ts";
import { chanceText, METRIC_DIGITS, METRIC_WORDS, signed } from "./words.ts";

/** What is drawn and listed. */
export interface Exported {
  readonly model: ModelInfo;
  readonly boards: readonly Board[];
  readonly shown: Shown;
  /** Names of heads that are off. */
  readonly off: readonly string[];
  readonly ranked: Ranked | null;
}

/** Every head as a row: on or off, and what it does by itself. */
export function switchesTable({ model, off, ranked }: Exported): FigureTable {
  const heads = allHeads(model);
  const effect = ranked ? `effect on the ${METRIC_WORDS[ranked.sweep.metric]}` : "effect";
  return {
    caption: `The heads of ${model.name}: on or off, and what each does by itself.`,
    columns: ["attention", "layer", "head", "switch", effect, "95 % from", "to"],
    rows: heads.length,
    row: (index) => {
      const head = heads[index];
      if (!head) return [];
      const name = headName(head);
      const own = ranked?.heads.find(({ ref }) => headName(ref) === name);
      const digits = ranked ? METRIC_DIGITS[ranked.sweep.metric] + 1 : 0;
      const numbers = own
        ? [own.effect, own.low, own.high].map((value) => Number(value.toFixed(digits)))
        : ["", "", ""];
      return [head.kind, head.layer + 1, head.head + 1, off.includes(name) ? "off" : "on", ...numbers];
    },
  };
}

/** All of it as data; layers and heads counted from 0. */
export function switchesJson({ model, shown, off, ranked }: Exported): unknown {
  const { choice, whole, now } = shown;
  return {
    model: model.id,
    chosen: { off },
    shown: { source: choice.source, answer: choice.answer, other: choice.other, off: choice.off, fill: choice.fill },
    whole,
    now,
    ranking: ranked && {
      metric: ranked.sweep.metric,
      prompts: ranked.sweep.prompts,
      whole: ranked.sweep.whole,
      heads: ranked.heads,
      curve: ranked.curve,
    },
  };
}

const TILE = 34;
const GAP = 4;
const LEFT = 40;
const TOP = 44;
const SIDE = 300;
/** Between the two words and the likeliest tokens. */
const PART = 14;

/** The boards with their colours, and the bars of the words beside them. */
export function switchesScene(title: string, reading: string, exported: Exported): Scene {
  const shapes: Shape[] = [];
  let top = TOP;
  for (const board of exported.boards) {
    shapes.push(...boardShapes(board, top, exported));
    top += board.layers * TILE + TOP;
  }
  const across = Math.max(...exported.boards.map(({ heads }) => heads));
  const side = LEFT + across * TILE + 24;
  shapes.push(...saysShapes(exported, side));
  return { title, reading, width: side + SIDE, height: Math.max(top, 260), shapes };
}

function boardShapes(board: Board, top: number, { off, ranked, boards }: Exported): Shape[] {
  const name = kindName({ kind: board.kind, lone: boards.length === 1 });
  const label = (x: number, y: number, text: string, anchor: "start" | "middle" | "end"): Shape => ({
    kind: "text",
    x,
    y,
    text,
    fill: "var(--uh-ink-soft)",
    size: 12,
    font: "sans",
    anchor,
  });
  return [
    label(LEFT, top - 24, name, "start"),
    ...Array.from({ length: board.heads }, (_, head) =>
      label(LEFT + head * TILE + TILE / 2, top - 6, String(head + 1), "middle"),
    ),
    ...Array.from({ length: board.layers }, (_, layer) =>
      label(LEFT - 8, top + layer * TILE + 20, `L${layer + 1}`, "end"),
    ),
    ...headsOf(board).flatMap((head) => {
      const own = ranked?.heads.find(({ ref }) => headName(ref) === headName(head));
      const strength = own && ranked ? strengthOf(own.effect, ranked.heads) : 0;
      const x = LEFT + head.head * TILE;
      const y = top + head.layer * TILE;
      return tileShapes(x, y, strength, off.includes(headName(head)));
    }),
  ];
}

function tileShapes(x: number, y: number, strength: number, off: boolean): Shape[] {
  const size = TILE - GAP;
  const colour = strength < 0 ? "var(--uh-positive)" : "var(--uh-negative)";
  const box = { kind: "rect", x, y, width: size, height: size, radius: 5 } as const;
  const cross: Shape = {
    kind: "path",
    d: `M${x + 8} ${y + 8}L${x + size - 8} ${y + size - 8}M${x + size - 8} ${y + 8}L${x + 8} ${y + size - 8}`,
    stroke: "var(--uh-ink)",
    width: 2,
  };
  return [
    { ...box, fill: "var(--uh-paper-raised)", stroke: "var(--uh-rule)" },
    { ...box, fill: colour, opacity: Math.abs(strength) / STRENGTHS },
    ...(off ? [cross] : []),
  ];
}

function saysShapes({ shown }: Exported, left: number): Shape[] {
  const rows = shown.now.words.length > 0 ? [...shown.now.words, ...shown.now.top] : shown.now.tokens;
  const listed = rows.length > 0 ? rows : [{ piece: "likeness", probability: shown.now.share }];
  return listed
    .flatMap(({ piece, probability }, at): Shape[] => {
      const y = TOP + at * 24 + (at < shown.now.words.length ? 0 : PART);
      return [
        { kind: "text", x: left, y: y + 12, text: visiblePiece(piece), fill: "var(--uh-ink)", size: 12, font: "mono" },
        { kind: "rect", x: left + 90, y, width: 140, height: 16, fill: "var(--uh-paper-raised)" },
        {
          kind: "rect",
          x: left + 90,
          y,
          width: Math.max(0, 140 * probability),
          height: 16,
          fill: "var(--uh-attention)",
        },
        {
          kind: "text",
          x: left + 236,
          y: y + 12,
          text: chanceText(probability),
          fill: "var(--uh-ink)",
          size: 12,
          font: "sans",
        },
      ];
    })
    .concat({
      kind: "text",
      x: left,
      y: TOP + listed.length * 24 + PART + 18,
      text: shown.now.words.length > 0 ? `logit difference ${signed(shown.now.metric)}` : shown.now.text,
      fill: "var(--uh-ink-soft)",
      size: 12,
      font: "sans",
    });
}
