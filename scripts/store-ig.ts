/**
 * Writes `src/stored/ig/<model>.json` anew: walks of integrated gradients from three baselines, their gaps by steps, and the
 * followed number along the way. Needed whenever a model or the method changes. What was stored of a model whose files are not
 * here is kept. With names of models, only those: `npm run store:ig -- decoder-small`. Takes a minute; the real decoder ten.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { Attribution, AttributionRequest } from "../src/engine/attribute.ts";
import { studyAttribution } from "../src/engine/attribution/studyAttribution.ts";
import type { Target } from "../src/engine/gradient.ts";
import type { AnyTrace, Model } from "../src/engine/model.ts";
import { encodeWalk, type IgText, type StoredCurve, type StoredIg, short, VERSION } from "../src/stored/ig.ts";
import {
  IG_BASELINES,
  IG_CURVE,
  IG_EXAMPLES,
  IG_FIRST_WALKS,
  IG_RULES,
  IG_STEPS,
  IG_WALKS,
} from "../src/stored/igExamples.ts";
import { openLocal } from "./local-model.ts";

const FOLDER = "src/stored/ig";
const UNSTOPPED = { onProgress: async () => true };
type Start = (typeof IG_BASELINES)[number];
type Rule = (typeof IG_RULES)[number];

const asked = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
for (const { model: name, text, most } of IG_EXAMPLES) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (existsSync(`public/models/${name}/manifest.json`))
    await storeWalks(
      await openLocal(name),
      text,
      IG_STEPS.filter((steps) => steps <= (most ?? Number.POSITIVE_INFINITY)),
    );
  else console.log(`${name}: its files are not here; what was stored of it is kept`);
}

async function storeWalks(model: Model, text: IgText, counts: readonly number[]): Promise<void> {
  const began = performance.now();
  const { id } = model.info;
  const trace = await model.trace({ source: text.source, target: text.target });
  const target = targetOf(text, trace);
  const walk = (baseline: Start, rule: Rule, steps: number) => {
    const run = { source: text.source, target: trace.target?.text ?? null };
    const request: AttributionRequest = {
      method: "integrated-gradients",
      run,
      targets: [target],
      baseline: { kind: baseline },
      rule,
      steps,
    };
    return studyAttribution(model, request, UNSTOPPED);
  };
  const measured = new Map<string, Attribution>();
  for (const baseline of IG_BASELINES)
    for (const rule of IG_RULES)
      for (const steps of counts) measured.set(nameOf(baseline, rule, steps), await walk(baseline, rule, steps));
  const known = (baseline: Start, rule: Rule, steps: number): Attribution => {
    const found = measured.get(nameOf(baseline, rule, steps));
    if (!found) throw new Error(`${steps} steps were not measured`);
    return found;
  };
  const stored: StoredIg = {
    version: VERSION,
    model: id,
    text,
    source: trace.source.tokens,
    target: trace.target && { read: trace.target.read, written: trace.target.written },
    predictions: trace.target === null ? (trace.predictions.at(-1) ?? []) : [],
    walks: IG_BASELINES.flatMap((baseline) =>
      (id === IG_EXAMPLES[0]?.model ? IG_FIRST_WALKS : IG_WALKS).map(({ rule, steps }) =>
        encodeWalk(known(baseline, rule, steps), baseline, rule),
      ),
    ),
    gaps: IG_BASELINES.flatMap((baseline) =>
      IG_RULES.map((rule) => ({
        baseline,
        rule,
        steps: counts,
        shares: short(counts.map((steps) => shareOf(known(baseline, rule, steps)))),
      })),
    ),
    curves: IG_BASELINES.map((baseline) =>
      curveOf(baseline, known(baseline, "riemann", Math.min(IG_CURVE, Math.max(...counts)))),
    ),
  };
  writeFileSync(`${FOLDER}/${id}.json`, `${JSON.stringify(stored)}\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${id}: ${measured.size} walks in ${seconds} s`);
  for (const { baseline, rule, shares } of stored.gaps) console.log(`  ${baseline} ${rule}: ${shares.join(" ")}`);
}

/** What is followed: the next word's first choice, a written token, or the likeness to another sentence. */
function targetOf({ place, to }: IgText, trace: AnyTrace): Target {
  if (to !== "") return { kind: "similarity", to };
  const row = place ?? trace.source.tokens.length - 1;
  const id = trace.target === null ? trace.predictions.at(-1)?.[0]?.id : trace.target.written[row]?.id;
  if (id === undefined) throw new Error("there is no token to follow");
  return { kind: "token", row, id, scale: "logit" };
}

function nameOf(baseline: Start, rule: Rule, steps: number): string {
  return `${baseline} ${rule} ${steps}`;
}

function shareOf(attribution: Attribution): number {
  if (attribution.of !== "tokens" || !attribution.completeness) throw new TypeError("no gap is known");
  const [gap = 0, from = 0, to = 0] = [
    attribution.completeness.gap[0],
    attribution.completeness.baseline[0],
    attribution.values[0],
  ];
  return Math.abs(gap / (to - from));
}

function curveOf(baseline: Start, attribution: Attribution): StoredCurve {
  const path = attribution.of === "tokens" ? attribution.paths?.[0] : undefined;
  if (!path) throw new TypeError("no path is known");
  return { baseline, places: short(path.places), values: short(path.values) };
}
