/** What the figure gives away: every head as a row, and all of it as data. */
import type { ModelInfo } from "../../../engine/model.ts";
import { headName } from "../../../stored/switches.ts";
import type { FigureTable } from "../../views/figure/types.ts";
import { allHeads, type Board } from "./boards.ts";
import type { Ranked } from "./ranking.ts";
import type { Shown } from "./speech.ts";
import { METRIC_DIGITS, METRIC_WORDS } from "./words.ts";

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
