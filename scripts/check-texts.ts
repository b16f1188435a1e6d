/** The texts of `npm run store:checks`, with the tokens that are followed in them. */
import { readFileSync } from "node:fs";
import type { Target, TokenTarget } from "../src/engine/gradient.ts";
import type { Model, RunRequest } from "../src/engine/model.ts";
import { type CheckExample, CORPUS, type Followed } from "../src/stored/checkExamples.ts";

/** A run that keeps its target, and what is followed in it: by itself, and against another word. */
export interface CheckText {
  readonly run: RunRequest;
  readonly target: Target;
  readonly contrast: Target;
}

/** Finds the tokens that are meant; an encoder–decoder writes its target first. */
export async function checkText(model: Model, run: RunRequest, followed: Followed): Promise<CheckText> {
  if (followed.kind === "similar") {
    const target = { kind: "similarity", to: followed.to } as const;
    return { run, target, contrast: target };
  }
  if (followed.kind === "next") return nextWord(model, run, followed);
  const trace = await model.trace(run);
  const tokens = trace.target?.written ?? [];
  const row = followed.place === "middle" ? Math.floor((tokens.length - 1) / 2) : followed.place;
  const written = tokens[row];
  const [other] = model.tokenize(followed.other, "target");
  if (!trace.target || !written || !other) throw new Error(`nothing is written at ${row}`);
  const target = tokenTarget(row, written.id);
  return { run: { ...run, target: trace.target.text }, target, contrast: { ...target, against: other.id } };
}

async function nextWord(
  model: Model,
  run: RunRequest,
  { answer, other }: Extract<Followed, { kind: "next" }>,
): Promise<CheckText> {
  const trace = await model.trace({ ...run, watch: [answer, other] });
  const [first, second] = trace.target === null ? trace.watched : [];
  if (!first || !second) throw new Error(`${model.info.id} watches no words`);
  const target = tokenTarget(trace.source.tokens.length - 1, first.id);
  return { run, target, contrast: { ...target, against: second.id } };
}

function tokenTarget(row: number, id: number): TokenTarget {
  return { kind: "token", row, id, scale: "logit" };
}

/** Many texts of a model, all held out from its training: prompts with their answer, or sentences. */
export async function checkCorpus(model: Model, { followed }: CheckExample, count: number): Promise<CheckText[]> {
  const texts: CheckText[] = [];
  for (const [run, what] of runsOf(followed).slice(0, count)) texts.push(await checkText(model, run, what));
  return texts;
}

function runsOf(followed: Followed): (readonly [RunRequest, Followed])[] {
  const json = (path: string) => JSON.parse(readFileSync(path, "utf8"));
  if (followed.kind === "next") {
    const prompts: { source: string; answer: string; other: string }[] = json("src/stored/removal/prompts.json");
    return prompts.map(({ source, answer, other }) => [
      { source, target: null },
      { kind: "next", answer, other },
    ]);
  }
  const pairs: { english: string; words: number }[] = json("src/stored/gold-pairs.json");
  const long = pairs.filter(({ words }) => words >= CORPUS.words).map(({ english }) => english);
  if (followed.kind === "similar") {
    // Each sentence beside the one before it.
    return long.map((source, at) => [
      { source, target: null },
      { kind: "similar", to: long[at - 1] ?? followed.to },
    ]);
  }
  return long.map((english) => [
    { source: `Translate to French: ${english}`, target: null },
    { ...followed, place: "middle" },
  ]);
}
