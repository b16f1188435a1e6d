/** How the gap shrinks with the steps: a line for each stored baseline, and a mark for each walk of the reader's own. */
import type { Shape } from "../../../lib/scene.ts";
import type { StoredGaps } from "../../../stored/ig.ts";
import { IG_STEPS } from "../../../stored/igExamples.ts";
import { RULE_NAMES, type Rule, START_NAMES, STEP_LIMITS, type Start } from "./igQuestion.ts";
import { diamond, dot, joined, label, line, SIZE } from "./marks.ts";

export const GAP_PLOT = { width: 400, height: 404 } as const;
const LEFT = 58;
const RIGHT = 262;
const TOP = 28;
const BOTTOM = 352;
/** Shares beyond these are drawn at the edge; the smallest is about what Float32 can tell. */
const LOWEST = 1e-5;
const HIGHEST = 10;
/** Least distance of two names. */
const LINE = 15;

/** A walk of the reader's own. */
export interface OwnGap {
  readonly steps: number;
  readonly share: number;
  /** The walk that the figure shows now. */
  readonly shown: boolean;
}

export interface GapPlotOptions {
  readonly lines: readonly StoredGaps[];
  readonly choice: { readonly from: Start; readonly rule: Rule };
  readonly own: readonly OwnGap[];
  readonly bound: number;
}

/** The picture. */
export function gapPlot({ lines, choice, own, bound }: GapPlotOptions): Shape[] {
  const ofRule = lines.filter(({ rule }) => rule === choice.rule);
  const other = lines.filter(({ rule, baseline }) => rule !== choice.rule && baseline === choice.from);
  return [
    ...grid(bound),
    ...other.map((each) => line(wayOf(each), "var(--uh-ink)", { width: 1.25, dash: [4, 4] })),
    ...ofRule.map((each) =>
      line(wayOf(each), each.baseline === choice.from ? "var(--uh-ink)" : "var(--uh-ink-faint)", {
        width: each.baseline === choice.from ? 2.25 : 1.25,
      }),
    ),
    ...ofRule
      .filter(({ baseline }) => baseline === choice.from)
      .flatMap(({ steps, shares }) =>
        shares.map((share, at) => dot(across(steps[at] ?? STEP_LIMITS.least), up(share), 3, { fill: "var(--uh-ink)" })),
      ),
    ...names(ofRule, other, choice.from),
    ...[...own].sort((a, b) => Number(a.shown) - Number(b.shown)).map(markOf),
  ];
}

function markOf({ steps, share, shown }: OwnGap): Shape {
  const paint = shown ? "var(--uh-accent)" : "var(--uh-paper)";
  return diamond(across(steps), up(share), shown ? 8 : 5.5, { fill: paint, stroke: "var(--uh-accent)", width: 2 });
}

/** Doublings are evenly apart. */
function across(steps: number): number {
  const way = Math.log2(steps / STEP_LIMITS.least) / Math.log2(STEP_LIMITS.most / STEP_LIMITS.least);
  return LEFT + way * (RIGHT - LEFT);
}

/** Powers of ten are evenly apart. */
function up(share: number): number {
  const within = Math.min(HIGHEST, Math.max(LOWEST, share));
  return BOTTOM - (Math.log10(within / LOWEST) / Math.log10(HIGHEST / LOWEST)) * (BOTTOM - TOP);
}

function wayOf({ steps, shares }: StoredGaps): string {
  return joined(shares.map((share, at) => [across(steps[at] ?? STEP_LIMITS.least), up(share)]));
}

function grid(bound: number): Shape[] {
  const powers = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10];
  return [
    label(2, 14, "↑ |gap|, share of what changed"),
    ...powers.flatMap((share): Shape[] => [
      line(`M${LEFT} ${up(share)}H${RIGHT}`, "var(--uh-rule)"),
      label(LEFT - 8, up(share) + 4, `${Number((share * 100).toPrecision(1))} %`, { anchor: "end" }),
    ]),
    line(`M${LEFT} ${up(bound)}H${RIGHT}`, "var(--uh-right)", { width: 1.5, dash: [6, 4] }),
    ...IG_STEPS.map((steps) => label(across(steps), BOTTOM + 20, String(steps), { anchor: "middle" })),
    label(RIGHT, BOTTOM + 39, "steps →", { anchor: "end" }),
  ];
}

/** Names at the right ends of the lines, pushed apart where they would cover each other. */
function names(lines: readonly StoredGaps[], other: readonly StoredGaps[], chosen: Start): Shape[] {
  const wanted = [
    ...lines.map(({ baseline, shares }) => ({
      text: START_NAMES[baseline as Start],
      strong: baseline === chosen,
      share: shares.at(-1),
    })),
    ...other.map(({ rule, shares }) => ({
      text: `- - ${RULE_NAMES[rule as Rule]}`,
      strong: true,
      share: shares.at(-1),
    })),
  ].sort((a, b) => (b.share ?? 0) - (a.share ?? 0));
  const places = apart(wanted.map(({ share = 0 }) => up(share) + SIZE / 3));
  return wanted.map(({ text, strong }, at) =>
    label(RIGHT + 8, places[at] ?? 0, text, {
      fill: strong ? "var(--uh-ink)" : "var(--uh-ink-soft)",
      ...(strong && !text.startsWith("-") && { weight: 600 }),
    }),
  );
}

/** Heights from the top down, each at least a line below the one before, the last one not below the picture's foot. */
function apart(wanted: readonly number[]): number[] {
  const down: number[] = [];
  for (const place of wanted) down.push(Math.max(place, (down.at(-1) ?? Number.NEGATIVE_INFINITY) + LINE));
  const over = Math.max(0, (down.at(-1) ?? 0) - (BOTTOM + SIZE / 3));
  const up: number[] = [];
  for (const place of down.toReversed())
    up.push(Math.min(place - (up.length === 0 ? over : 0), (up.at(-1) ?? Number.POSITIVE_INFINITY) - LINE));
  return up.toReversed();
}
