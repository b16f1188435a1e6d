import type { AnyTrace, Model, RunRequest, Tensor } from "../model.ts";
import type { Corpus, HeadStudy, Measure, StudyRequest } from "../study.ts";
import { type Block, type BlockInput, blocksOf, isSelf, ordinaryRows } from "./blocks.ts";
import { readConllu, type TreebankSentence } from "./conllu.ts";
import { relationShares } from "./dependency.ts";
import { distance } from "./distance.ts";
import { entropy } from "./entropy.ts";
import { evenRun } from "./even.ts";
import { meanOverRows } from "./mean.ts";
import { PairTally } from "./pairs.ts";
import { repeats } from "./repeats.ts";
import { scoreRoles } from "./roles.ts";
import { sampleEvenly } from "./sample.ts";
import { specialWeight } from "./specialWeight.ts";
import { paceOf, type StudyTools, unfit } from "./studyTools.ts";
import { type Entry, Tally } from "./tally.ts";

/** One sentence of a corpus: how to run it, and its tree where it has one. */
interface Item {
  readonly request: RunRequest;
  readonly tree?: TreebankSentence;
}

/** The same sentences every time. */
const SEED = 1;

/** A plain figure of a head: a number for each query row, of which the ordinary rows count. */
const FIGURES: readonly {
  readonly measure: Measure;
  readonly fits: (block: Block) => boolean;
  /** `[layer, head, query]` */
  readonly of: (block: Block) => Tensor;
}[] = [
  { measure: "entropy", fits: () => true, of: ({ attention }) => entropy(attention) },
  { measure: "distance", fits: isSelf, of: ({ attention }) => distance(attention) },
  { measure: "special", fits: () => true, of: ({ attention, keys }) => specialWeight(attention, keys) },
];

/**
 * Scores every head on every sentence of a corpus: all roles, the plain figures, and on a treebank all dependency relations.
 * A score is the mean over a sentence's rows, then over the sentences that have such rows; its interval is by bootstrap over
 * sentences. Beside it stands what even attention would score. The score of a relation's best fixed offset is a mean of the same kind, and the offset is chosen on the same
 * sentences, which favours it over the heads.
 */
export async function studyHeads(
  model: Model,
  { corpus, pairs = false }: Omit<Extract<StudyRequest, { job: "heads" }>, "job">,
  tools: StudyTools,
): Promise<HeadStudy> {
  const items = itemsOf(model, corpus, tools.treebank);
  const pace = paceOf(tools, items.length);
  const tally = new Tally(model.info.heads);
  const compared = pairs ? new PairTally() : null;
  for (const { request, tree } of items) {
    const trace = await model.trace(request);
    const chance = new Map(measure(evenAttention(trace)).map((entry) => [keyOf(entry), entry.values[0]]));
    for (const entry of measure(trace)) tally.add({ ...entry, even: chance.get(keyOf(entry)) });
    if (tree) for (const entry of measureTree(trace, tree)) tally.add(entry);
    compared?.add(trace);
    await pace.ran();
  }
  const scores = await tally.scores(pace.breathe);
  const study = { model: model.info.id, corpus: corpus.kind, sentences: items.length, scores };
  return compared ? { ...study, pairs: compared.pairs() } : study;
}

function itemsOf(model: Model, corpus: Corpus, treebank: string | undefined): Item[] {
  switch (corpus.kind) {
    case "texts":
      return corpus.texts.map((request) => ({ request }));
    case "repeats":
      return repeats(model, corpus.count, corpus.length, corpus.seed).map((request) => ({ request }));
    case "treebank": {
      if (treebank === undefined) throw unfit("The study needs the treebank's sentences, and got none.");
      const trees = readConllu(treebank);
      return sampleEvenly(trees.length, corpus.count, SEED).flatMap((place) => {
        const tree = trees[place];
        return tree ? [{ tree, request: { source: model.info.instruction + tree.text, target: null } }] : [];
      });
    }
  }
}

/** What is measured of a run. */
type Measured = BlockInput & Pick<AnyTrace, "roles">;

/** The run with even attention, its roles scored. */
function evenAttention(trace: AnyTrace): Measured {
  const even = evenRun(trace);
  return { ...even, roles: scoreRoles(even) };
}

function keyOf({ measure, kind }: Entry): string {
  return `${kind} ${measure}`;
}

/** Roles and plain figures of every head in one run. */
function measure(trace: Measured): Entry[] {
  const roles = trace.roles.map(({ role, kind, values, rows }) => ({ measure: role, kind, values: values.data, rows }));
  const figures = blocksOf(trace).flatMap((block) => {
    const rows = ordinaryRows(block);
    if (rows.length === 0) return [];
    return FIGURES.filter(({ fits }) => fits(block)).map(({ measure, of }) => ({
      measure,
      kind: block.kind,
      values: meanOverRows(of(block), rows).data,
      rows: rows.length,
    }));
  });
  return [...roles, ...figures];
}

/** Relations of every head that looks from source to source. */
function measureTree(trace: AnyTrace, tree: TreebankSentence): Entry[] {
  const block = blocksOf(trace).find(({ queries }) => queries === trace.source.tokens);
  if (!block) return [];
  const shift = trace.source.text.length - tree.text.length;
  return relationShares(block, tree, shift).map((shares) => ({ ...shares, kind: block.kind }));
}
