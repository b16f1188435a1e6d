/**
 * Writes `src/stored/checks/` anew: the checks on attributions for the text that a model's figures show, and what they find
 * over many texts. Needed whenever a model or a study changes. What was stored of a model whose files are not here is kept.
 * With names of models, only those: `npm run store:checks -- decoder-small`. Takes some ten minutes.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { bootstrapMean } from "../src/engine/attention/statistics.ts";
import type { CurvesStudy, RandomisedStudy } from "../src/engine/attribute.ts";
import { studyAgreement } from "../src/engine/attribution/checks/agreement.ts";
import { studyCurves } from "../src/engine/attribution/checks/curves.ts";
import { studyGateCheck } from "../src/engine/attribution/checks/gateCheck.ts";
import { studyPatching } from "../src/engine/attribution/checks/patching.ts";
import { studyRandomised } from "../src/engine/attribution/checks/randomised.ts";
import type { Model } from "../src/engine/model.ts";
import type { StudyResults } from "../src/engine/study.ts";
import {
  BASELINE,
  CHECK_EXAMPLES,
  type CheckExample,
  COMPARED,
  CORPUS,
  type Compared,
  IN_BULK,
  ORDERS,
  SEED,
} from "../src/stored/checkExamples.ts";
import { type Areas, type Measured, type StoredSummary, SUMMARY_VERSION } from "../src/stored/checkSummary.ts";
import { type Check, encodeChecks } from "../src/stored/checks.ts";
import { type CheckText, checkCorpus, checkText } from "./check-texts.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/checks";
const UNSTOPPED = { onProgress: async () => true };

const asked = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
for (const example of CHECK_EXAMPLES) {
  if (asked.length > 0 && !asked.includes(example.model)) continue;
  if (existsSync(`public/models/${example.model}/manifest.json`)) await storeModel(example);
  else console.log(`${example.model}: its files are not here; what was stored of it is kept`);
}

async function storeModel(example: CheckExample): Promise<void> {
  const model = keepingRandom(await openLocal(example.model));
  const shown = await checkText(model, example.run, example.followed);
  const { run, target, contrast } = shown;
  const corrupted = { ...example.corrupted, target: run.target };
  store(model, "patching", [await studyPatching(model, { clean: run, corrupted, target: contrast }, UNSTOPPED)]);
  store(model, "gate-check", [await studyGateCheck(model, { run, target }, UNSTOPPED)]);
  if (example.slow) return;
  store(model, "curves", [await curvesOf(model, shown, COMPARED)]);
  store(model, "randomised", await randomisedOf(model, shown, COMPARED));
  const texts = await checkCorpus(model, example, CORPUS.agreement);
  store(model, "agreement", [await studyAgreement(model, { texts, methods: IN_BULK }, UNSTOPPED)]);
  const summary = await summaryOf(model, texts.slice(0, CORPUS.summary));
  writeFileSync(`${FOLDER}/summary-${example.model}.json`, `${JSON.stringify(summary)}\n`);
}

function store<C extends Check>(model: Model, check: C, studies: readonly StudyResults[C][]): void {
  const { id } = model.info;
  const text = JSON.stringify(encodeChecks(check, id, studies));
  writeFileSync(`${FOLDER}/${check}-${id}.json`, `${text}\n`);
  console.log(`${id}, ${check}: ${text.length} bytes`);
}

function curvesOf(model: Model, { run, target }: CheckText, methods: readonly Compared[]): Promise<CurvesStudy> {
  const attributions = methods.map((method) => ({ ...method, run, targets: [target] }));
  return studyCurves(model, { attributions, baseline: BASELINE, orders: ORDERS, seed: SEED }, UNSTOPPED);
}

/** The model, which makes each random one once: over many texts, that is what takes the time. */
function keepingRandom(model: Model): Model {
  const kept = new Map<string, ReturnType<Model["randomised"]>>();
  const randomised: Model["randomised"] = async (layers, seed) => {
    const name = `${layers} ${seed}`;
    const random = kept.get(name) ?? model.randomised(layers, seed);
    kept.set(name, random);
    return Object.assign(Object.create(await random), { release: async () => {} });
  };
  return Object.assign(Object.create(model), { randomised });
}

/** Every method while the layers become random one after the other. */
async function randomisedOf(
  model: Model,
  { run, target }: CheckText,
  methods: readonly Compared[],
): Promise<RandomisedStudy[]> {
  const { encoder, decoder } = model.info.layers;
  const depths = Array.from({ length: encoder + decoder + 1 }, (_, depth) => depth);
  const studies: RandomisedStudy[] = [];
  for (const method of methods) {
    const attribution = { ...method, run, targets: [target] };
    studies.push(await studyRandomised(model, { attribution, depths, seed: SEED }, UNSTOPPED));
  }
  return studies;
}

/** What curves, gates and random weights come to over many texts. */
async function summaryOf(model: Model, texts: readonly CheckText[]): Promise<StoredSummary> {
  const curves: CurvesStudy[] = [];
  const gates: { readonly pearson: number; readonly spearman: number }[] = [];
  const randomised: RandomisedStudy[][] = []; // [text][method]
  for (const text of texts) {
    curves.push(await curvesOf(model, text, IN_BULK));
    gates.push((await studyGateCheck(model, text, UNSTOPPED)).correlation);
    randomised.push(await randomisedOf(model, text, IN_BULK));
    console.log(`${model.info.id}, ${curves.length} of ${texts.length}: ${text.run.source}`);
  }
  return {
    version: SUMMARY_VERSION,
    model: model.info.id,
    texts: texts.length,
    curves: {
      orders: ORDERS,
      random: areasOf(curves.map(({ random }) => random.areas)),
      methods: IN_BULK.map(({ method }, at) => ({ method, ...areasOf(curves.map((own) => areasAt(own, at))) })),
    },
    gates: {
      pearson: measured(gates.map(({ pearson }) => pearson)),
      spearman: measured(gates.map(({ spearman }) => spearman)),
    },
    randomised: IN_BULK.map(({ method }, at) => ({ method, depths: depthsOf(randomised.map((own) => own[at])) })),
  };
}

function areasAt({ curves }: CurvesStudy, at: number): { readonly deletion: number; readonly insertion: number } {
  return curves[at]?.areas ?? { deletion: Number.NaN, insertion: Number.NaN };
}

function areasOf(areas: readonly { readonly deletion: number; readonly insertion: number }[]): Areas {
  return {
    deletion: measured(areas.map(({ deletion }) => deletion)),
    insertion: measured(areas.map(({ insertion }) => insertion)),
  };
}

/** ρ for each number of random layers, over texts. */
function depthsOf(studies: readonly (RandomisedStudy | undefined)[]): StoredSummary["randomised"][number]["depths"] {
  const depths = studies[0]?.attributions.map(({ depth }) => depth) ?? [];
  return depths.map((depth, at) => ({
    depth,
    ...measured(studies.map((study) => study?.attributions[at]?.rho ?? Number.NaN)),
  }));
}

function measured(values: readonly number[]): Measured {
  const { mean, low, high } = bootstrapMean(values.map((value) => [value]));
  const only = (of: Float64Array): number => Math.round((of[0] ?? Number.NaN) * 1e4) / 1e4;
  return { mean: only(mean), low: only(low), high: only(high) };
}
