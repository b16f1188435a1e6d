/**
 * Writes `src/stored/nudge/<model>.json` anew: tokens of one text moved on a few ways, and the slopes of all of them. Needed
 * whenever a model or the study changes. What was stored of a model whose files are not here is kept. With names of models,
 * only those: `npm run store:nudge -- decoder-small`. Takes a minute, the real decoder five.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { NudgeDirection, NudgeStudy } from "../src/engine/attribute.ts";
import { studyNudge } from "../src/engine/attribution/nudge.ts";
import type { TokenTarget } from "../src/engine/gradient.ts";
import type { AnyTrace, Model } from "../src/engine/model.ts";
import {
  encodeCurve,
  encodeSides,
  figures,
  type NudgeMove,
  type NudgeText,
  type StoredNudges,
  VERSION,
} from "../src/stored/nudge.ts";
import { NUDGE_EXAMPLES, type NudgeExample, steepestMove } from "../src/stored/nudgeExamples.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/nudge";
const UNSTOPPED = { onProgress: async () => true };

const asked = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
for (const example of NUDGE_EXAMPLES) {
  const { model: name } = example;
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (existsSync(`public/models/${name}/manifest.json`)) await storeNudges(await openLocal(name), example);
  else console.log(`${name}: its files are not here; what was stored of it is kept`);
}

async function storeNudges(model: Model, { text, moves, tokens }: NudgeExample): Promise<void> {
  const { source, target, follow } = text;
  const trace = await model.trace({ source, target, ...(follow !== "" && { watch: [follow] }) });
  const all = [...moves, ...tokens.map((token) => steepestMove(token))];
  const studies: { readonly move: NudgeMove; readonly study: NudgeStudy }[] = [];
  for (const move of all) studies.push({ move, study: await nudge(model, text, trace, move) });
  const [first] = studies;
  if (!first) throw new Error(`no nudge of ${model.info.id} is wanted`);
  const stored: StoredNudges = {
    version: VERSION,
    model: model.info.id,
    text,
    source: trace.source.tokens,
    target: trace.target && { read: trace.target.read, written: trace.target.written },
    predictions: trace.predictions[trace.target ? text.place : trace.predictions.length - 1] ?? [],
    value: figures(first.study.value),
    steepest: encodeSides(first.study.steepest),
    steepestMeasured: encodeSides(first.study.steepestMeasured),
    costs: first.study.costs,
    curves: studies.map(({ move, study }) => encodeCurve(move, study)),
  };
  writeFileSync(`${FOLDER}/${model.info.id}.json`, `${JSON.stringify(stored)}\n`);
  for (const { move, study } of studies.slice(0, moves.length)) {
    const end = (study.values.at(-1) ?? Number.NaN) - study.value;
    const name = `${study.source[move.token]?.piece} → ${study.towards?.piece ?? move.way}, ${move.reach}`;
    console.log(`${model.info.id}: ${name}: slope ${study.slope.toFixed(3)}, end ${end.toFixed(3)}`);
  }
}

function nudge(model: Model, text: NudgeText, trace: AnyTrace, move: NudgeMove): Promise<NudgeStudy> {
  const token = { side: move.side === "target" ? ("target" as const) : ("source" as const), place: move.token };
  const run = { source: text.source, target: trace.target?.text ?? null };
  const request = { run, target: followed(text, trace), token, direction: directionOf(move), reach: move.reach };
  return studyNudge(model, request, UNSTOPPED);
}

function directionOf({ way, word, seed }: NudgeMove): NudgeDirection {
  if (way === "word") return { kind: "word", word };
  return way === "random" ? { kind: "random", seed } : { kind: "gradient" };
}

/** The written token at a place, or a decoder's next word. */
function followed({ place }: NudgeText, trace: AnyTrace): TokenTarget {
  const row = trace.target ? place : trace.source.tokens.length - 1;
  const word = trace.target === null ? trace.watched[0]?.id : undefined;
  const id = trace.target ? trace.target.written[row]?.id : (word ?? trace.predictions[row]?.[0]?.id);
  if (id === undefined) throw new Error("there is no output to follow");
  return { kind: "token", row, id, scale: "logit" };
}
