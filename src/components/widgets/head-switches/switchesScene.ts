/** The figure as a picture that stands alone. Fetched when it is asked for. */
import type { Scene, Shape } from "../../../lib/scene.ts";
import { wrapped } from "../../../lib/wrapped.ts";
import { headName } from "../../../stored/switches.ts";
import { kindName } from "../../views/attention/picture.ts";
import { visiblePiece } from "../../views/tokens/face.ts";
import { type Board, headsOf } from "./boards.ts";
import type { Exported } from "./exports.ts";
import { STRENGTHS, strengthOf } from "./strength.ts";
import { chanceText, FILL_WORDS, METRIC_WORDS, signed } from "./words.ts";

const TILE = 34;
const GAP = 4;
const LEFT = 40;
/** Above a board: its name and the numbers of its heads. */
const ABOVE = 44;
const LINE = 18;
const ROW = 24;
/** What the bars take: token, bar, number. */
const SIDE = 300;
const TOKEN = 110;
const BAR = 130;
/** Letters that find room: in a line across the picture, in one beside the boards, in a token. */
const LETTER = 6.2;
const BESIDE = Math.floor(SIDE / LETTER);
const PIECE = 13;
/** Lines of a long text that are shown. */
const LINES = 4;

const ink = { kind: "text", size: 12, font: "sans", fill: "var(--uh-ink)" } as const;
const soft = { ...ink, fill: "var(--uh-ink-soft)" } as const;

/** Title, prompt, boards with a lamp for each head, the bars of the words beside them, and what the marks mean. */
export function switchesScene(title: string, reading: string, exported: Exported): Scene {
  const { boards } = exported;
  const across = Math.max(...boards.map(({ heads }) => heads));
  const side = LEFT + across * TILE + 24;
  const width = Math.max(side + SIDE + 24, LEFT * 2 + title.length * 8.6);
  const letters = Math.floor((width - LEFT * 2) / LETTER);
  const head = headShapes(title, exported, letters);
  const tops = boards.map((_, at) =>
    boards.slice(0, at).reduce((top, { layers }) => top + layers * TILE + ABOVE, head.bottom + ABOVE),
  );
  const says = saysShapes(exported, side, head.bottom + LINE);
  const under = Math.max(says.bottom, (tops.at(-1) ?? 0) + (boards.at(-1)?.layers ?? 0) * TILE) + LINE;
  const legend = legendShapes(exported, under);
  const words = textLines(wrapped(reading, letters), LEFT, legend.bottom + LINE);
  const shapes = [
    ...head.shapes,
    ...boards.flatMap((board, at) => boardShapes(board, tops[at] ?? 0, exported)),
    ...says.shapes,
    ...legend.shapes,
    ...words.shapes,
  ];
  return { title, reading, width, height: words.bottom, shapes };
}

/** Shapes under one another, and where the next may start. */
interface Part {
  readonly shapes: readonly Shape[];
  readonly bottom: number;
}

function headShapes(title: string, { model, shown }: Exported, letters: number): Part {
  const { source, fill } = shown.choice;
  const name = model.family === "decoder" ? "Prompt" : "Text";
  const prompt = textLines(shortened(wrapped(`${name}: “${source}”`, letters)), LEFT, 74, "var(--uh-ink)");
  const about = `${model.name} · a head that is off gives ${FILL_WORDS[fill]}`;
  return {
    shapes: [
      { ...ink, x: LEFT, y: 30, text: title, size: 16, weight: 600 },
      { ...soft, x: LEFT, y: 52, text: about },
      ...prompt.shapes,
    ],
    bottom: prompt.bottom,
  };
}

function textLines(lines: readonly string[], x: number, y: number, fill: string = soft.fill): Part {
  const shapes = lines.map((text, at): Shape => ({ ...soft, x, y: y + at * LINE, text, fill }));
  return { shapes, bottom: y + lines.length * LINE };
}

/** The first lines of many. */
function shortened(lines: readonly string[]): readonly string[] {
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), `${lines[LINES - 1]} …`];
}

function boardShapes(board: Board, top: number, { off, ranked, boards }: Exported): Shape[] {
  const name = kindName({ kind: board.kind, lone: boards.length === 1 });
  const numbers = Array.from({ length: board.heads }, (_, head): Shape => {
    return { ...soft, x: LEFT + head * TILE + (TILE - GAP) / 2, y: top - 6, text: String(head + 1), anchor: "middle" };
  });
  const layers = Array.from({ length: board.layers }, (_, layer): Shape => {
    return { ...soft, x: LEFT - 8, y: top + layer * TILE + 20, text: `L${layer + 1}`, anchor: "end" };
  });
  const switches = headsOf(board).flatMap((head) => {
    const own = ranked?.heads.find(({ ref }) => headName(ref) === headName(head));
    const strength = own && ranked ? strengthOf(own.effect, ranked.heads) : 0;
    const [x, y] = [LEFT + head.head * TILE, top + head.layer * TILE];
    return switchShapes({ x, y, size: TILE - GAP }, strength, off.includes(headName(head)));
  });
  return [{ ...soft, x: LEFT, y: top - 24, text: name }, ...numbers, ...layers, ...switches];
}

interface Square {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** A switch as on the page: its lamp is full when it is on; hollow, in a crossed-out frame, when it is off. */
function switchShapes({ x, y, size }: Square, strength: number, off: boolean): Shape[] {
  const box = { kind: "rect", x, y, width: size, height: size, radius: 5 } as const;
  const line = { kind: "path", stroke: "var(--uh-ink)", width: 2 } as const;
  const frame = `M${x} ${y}h${size}v${size}h${-size}z`;
  return [
    { ...box, fill: "var(--uh-paper-raised)", stroke: "var(--uh-rule)" },
    ...tint({ x, y, size }, strength),
    ...(off ? [{ ...line, d: `${frame}M${x} ${y + size}L${x + size} ${y}` }] : []),
    { ...line, d: circle(x + size / 2, y + size / 2, size / 8), fill: off ? "var(--uh-paper)" : "var(--uh-ink)" },
  ];
}

/** In the colour of what the head does by itself. */
function tint({ x, y, size }: Square, strength: number): Shape[] {
  if (strength === 0) return [];
  const fill = strength < 0 ? "var(--uh-positive)" : "var(--uh-negative)";
  return [{ kind: "rect", x, y, width: size, height: size, radius: 5, fill, opacity: Math.abs(strength) / STRENGTHS }];
}

function circle(x: number, y: number, radius: number): string {
  const half = `a${radius} ${radius} 0 1 0 `;
  return `M${x - radius} ${y}${half}${2 * radius} 0${half}${-2 * radius} 0z`;
}

interface Bar {
  readonly piece: string;
  readonly now: number;
  /** With all heads on; null where that is not known. */
  readonly whole: number | null;
}

function saysShapes({ shown: { now, whole } }: Exported, x: number, y: number): Part {
  const followed = now.words.map(({ piece, probability }, at): Bar => {
    return { piece, now: probability, whole: whole.words[at]?.probability ?? null };
  });
  const tokens = now.tokens.map(({ piece, probability }, at): Bar => {
    return { piece, now: probability, whole: whole.tokens[at]?.probability ?? null };
  });
  const top = now.top.map(({ piece, probability }): Bar => ({ piece, now: probability, whole: null }));
  const share = [{ piece: "likeness", now: now.share, whole: whole.share }];
  if (followed.length === 0) {
    const bars = barsShapes("", tokens.length > 0 ? tokens : share, x, y);
    const written = now.text.trim();
    const text = textLines(written === "" ? [] : wrapped(`It writes: ${written}`, BESIDE), x, bars.bottom + LINE);
    return { shapes: [...bars.shapes, ...text.shapes], bottom: text.bottom };
  }
  const words = barsShapes("The two words followed", followed, x, y);
  const before = now.metric === whole.metric ? "" : `, with all heads ${signed(whole.metric)}`;
  const gap = textLines([`Logit difference ${signed(now.metric)}${before}`], x, words.bottom + 12);
  const next = barsShapes("Likeliest next tokens", top, x, gap.bottom);
  return { shapes: [...words.shapes, ...gap.shapes, ...next.shapes], bottom: next.bottom };
}

function barsShapes(name: string, bars: readonly Bar[], x: number, y: number): Part {
  const start = name === "" ? y : y + LINE;
  const heading: Shape[] = name === "" ? [] : [{ ...soft, x, y: y + 8, text: name, weight: 600 }];
  const rows = bars.flatMap((bar, at) => barShapes(bar, x, start + at * ROW));
  return { shapes: [...heading, ...rows], bottom: start + bars.length * ROW };
}

function barShapes({ piece, now, whole }: Bar, x: number, y: number): Shape[] {
  const text = visiblePiece(piece);
  const track = { kind: "rect", x: x + TOKEN, y, height: 16 } as const;
  return [
    { ...ink, x, y: y + 12, text: text.length > PIECE ? `${text.slice(0, PIECE - 1)}…` : text, font: "mono" },
    { ...track, width: BAR, fill: "var(--uh-paper-raised)" },
    { ...track, width: length(now), fill: "var(--uh-attention)" },
    ...(whole === null ? [] : [ghost(x + TOKEN, y, length(whole), 16)]),
    { ...ink, x: x + TOKEN + BAR + 6, y: y + 12, text: chanceText(now) },
  ];
}

function length(share: number): number {
  return BAR * Math.min(1, Math.max(0, share));
}

/** How long the bar is with all heads on. */
function ghost(x: number, y: number, width: number, height: number): Shape {
  const d = `M${x} ${y}h${width}v${height}h${-width}z`;
  return { kind: "path", d, stroke: "var(--uh-ink-soft)", width: 1.5, dash: [3, 2] };
}

/** What switches, bars and colours say. */
function legendShapes({ ranked }: Exported, y: number): Part {
  const size = 14;
  const key = (x: number, row: number): Square => ({ x, y: y + row * ROW, size });
  const label = (x: number, row: number, text: string): Shape => {
    return { ...soft, x: x + size + 6, y: y + row * ROW + 11, text };
  };
  const falls = ranked ? `${METRIC_WORDS[ranked.sweep.metric]} falls without it` : "";
  const beside = LEFT + size + 24 + falls.length * LETTER;
  const second = LEFT + 120;
  const third = second + 120;
  const fourth = third + 80;
  return {
    shapes: [
      ...switchShapes(key(LEFT, 0), 0, false),
      label(LEFT, 0, "head on"),
      ...switchShapes(key(second, 0), 0, true),
      label(second, 0, "head off"),
      { kind: "rect", x: third, y: y + 1, width: size, height: 12, fill: "var(--uh-attention)" },
      label(third, 0, "now"),
      ghost(fourth, y + 1, size, 12),
      label(fourth, 0, "with all heads on"),
      ...(ranked
        ? [
            ...tint(key(LEFT, 1), -STRENGTHS),
            label(LEFT, 1, falls),
            ...tint(key(beside, 1), STRENGTHS),
            label(beside, 1, "rises without it"),
          ]
        : []),
    ],
    bottom: y + (ranked ? 2 : 1) * ROW,
  };
}
