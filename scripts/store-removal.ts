/**
 * Writes `src/stored/removal/<model>.json` anew: attention beside the effect of removal, over many texts and for the text that
 * is shown. Needed whenever a model or the study changes. What was stored of a model whose files are not here is kept. With
 * names of models, only those: `npm run store:removal -- decoder-small`. Takes about five minutes, the real decoder as many.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { bootstrapMean, spearman } from "../src/engine/attention/statistics.ts";
import { studyRemoval } from "../src/engine/attention/studyRemoval.ts";
import { sweepHeads } from "../src/engine/attention/sweepHeads.ts";
import type { Model } from "../src/engine/model.ts";
import type { Prompt, RemovalRow, RemovalStudy } from "../src/engine/study.ts";
import {
  encodeRows,
  type HeadLevel,
  type Measured,
  rounded,
  type StoredRemoval,
  VERSION,
} from "../src/stored/removal.ts";
import { REMOVED, removalCorpus, SHOWN } from "../src/stored/removalExamples.ts";
import { hitsOf, meanLists, topOf, weightsOf } from "../src/stored/removalRows.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/removal";
const UNSTOPPED = { onProgress: async () => true };
/** A change of log-probability below this counts as none, in nats. */
const STILL = 0.1;

const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const texts = {
  pairs: json("src/stored/gold-pairs.json"),
  samples: json("public/models/translator-en-fr/card.json").samples,
  prompts: json(`${FOLDER}/prompts.json`),
};

const asked = process.argv.slice(2);
for (const { model: name, swept } of REMOVED) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (existsSync(`public/models/${name}/manifest.json`)) await storeRemoval(await openLocal(name), swept);
  else console.log(`${name}: its files are not here; what was stored of it is kept`);
}

async function storeRemoval(model: Model, swept: number): Promise<void> {
  const { id } = model.info;
  const shown = SHOWN[id];
  if (!shown) throw new Error(`no text is shown of ${id}`);
  const prompts = removalCorpus(id, texts);
  const study = await studyRemoval(model, { prompts }, UNSTOPPED);
  const { rows } = await studyRemoval(model, { prompts: [shown] }, UNSTOPPED);
  const stored: StoredRemoval = {
    version: VERSION,
    model: id,
    kind: study.kind,
    shape: study.mean.shape,
    texts: study.texts,
    outputs: study.rows.length,
    rho: overTexts(study.rows, ({ correlation }) => correlation),
    hit: overTexts(study.rows, hitsOf),
    chance: rounded(mean(study.rows.map(({ tokens }) => 1 / tokens.length))),
    still: rounded(mean(study.rows.flatMap(({ effect }) => effect.map((fall) => Number(Math.abs(fall) < STILL))))),
    shown: encodeRows(rows),
    heads: swept > 0 ? await headLevel(model, study, prompts.slice(0, swept)) : null,
  };
  writeFileSync(`${FOLDER}/${id}.json`, `${JSON.stringify(stored)}\n`);
  console.log(
    `${id}: ${study.texts} texts, ρ ${stored.rho.mean.at(-1)}, hits ${stored.hit.mean.at(-1)}, heads ${stored.heads?.rho}`,
  );
}

/** A figure of each row, mean over a text's rows, then over texts. */
function overTexts(rows: readonly RemovalRow[], figure: (row: RemovalRow) => readonly number[]): Measured {
  const groups = [...Map.groupBy(rows, ({ source }) => source).values()];
  const { mean, low, high } = bootstrapMean(groups.map((group) => meanLists(group.map(figure))));
  const list = (values: Float64Array) => Array.from(values, rounded);
  return { mean: list(mean), low: list(low), high: list(high) };
}

/** What switching off a head of the study's kind does, beside its weight on the token that matters most. */
async function headLevel(model: Model, { kind, rows }: RemovalStudy, prompts: readonly Prompt[]): Promise<HeadLevel> {
  const sweep = await sweepHeads(model, { prompts, fill: "zero" }, UNSTOPPED);
  const effect = sweep.effects.find((each) => each.kind === kind);
  if (!effect) throw new Error(`the sweep lacks ${kind}`);
  const sources = new Set(prompts.map(({ source }) => source));
  const own = rows.filter(({ source }) => sources.has(source));
  const heads = effect.mean.data.length;
  const weight = meanLists(
    own.map((row) => Array.from({ length: heads }, (_, head) => weightsOf(row, head)[topOf(row.effect)] ?? 0)),
  );
  const fall = Array.from(effect.mean.data, (moved) => -moved);
  return {
    prompts: prompts.length,
    weight: weight.map(rounded),
    fall: fall.map(rounded),
    // A fall is the negative of the move: its ends change places.
    low: Array.from(effect.high.data, (moved) => rounded(-moved)),
    high: Array.from(effect.low.data, (moved) => rounded(-moved)),
    rho: rounded(spearman(weight, fall)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
