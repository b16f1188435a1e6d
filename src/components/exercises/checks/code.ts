/**
 * A function in code: what it gave back on each run is compared with what the page computed itself, number by number.
 * Nothing that comes out of the sandbox is taken for a verdict.
 */
import type { Plain } from "../../../sandbox/protocol.ts";
import { MIXUPS } from "../code/mixups.ts";
import { cellText } from "../code/numbers.ts";
import { proofOf } from "../code/proofs.ts";
import { factText, faultWords } from "../code/words.ts";
import type { CodeRun, Evidence } from "../evidence.ts";
import { type Checker, type Facts, type Keys, type Solution, unsettled, type Verdict } from "../types.ts";

/** How far a number may be off: what rounding to 32 bits and another order of adding up can do. */
const TOLERANCE = 1e-4;

function check(answer: string | null, key: Keys["code"], evidence: Evidence | null): Verdict {
  const code = evidence?.code;
  if (answer === null) return unsettled("no-answer");
  if (!code || code.text !== answer || code.runs.length === 0) return unsettled("not-run");
  // Without numbers of the page's own there is nothing to compare with.
  if (code.runs.some(({ expected }) => expected.length === 0)) return unsettled("other-text");
  const verdicts = code.runs.map(judge);
  const wrong = verdicts.findIndex(({ state }) => state !== "right");
  const facts = { sentences: code.runs.length, passed: verdicts.filter(({ state }) => state === "right").length };
  const verdict = verdicts[wrong];
  if (!verdict) {
    const mark = code.inFigure ? proofOf(key, evidence.trace, code.runs) : undefined;
    return { state: "right", why: "right", facts, ...(mark && { mark }) };
  }
  const all = { ...facts, ...verdict.facts };
  // Right where it was tried and wrong elsewhere: a number was read off instead of computed.
  if (wrong > 0) return { state: "close", why: verdict.why === "threw" ? "threwElsewhere" : "onlyHere", facts: all };
  return { ...verdict, facts: all };
}

function judge({ sentence, returned, expected }: CodeRun): Verdict {
  const facts = { sentence: factText(sentence) };
  if (!returned.ok) {
    return { state: "wrong", why: "threw", facts: { ...facts, fault: factText(faultWords(returned.fault)) } };
  }
  const { value: given } = returned;
  const right = expected.find(({ name }) => name === "right")?.value ?? null;
  const shapes = { ...facts, given: shapeText(given), expected: shapeText(right) };
  // A wrong part of the model may come in another size as well: a mix-up is looked for before sizes are compared.
  const mixup = expected.find(({ name, value }) => name !== "right" && differenceOf(given, value) === null);
  const difference = differenceOf(given, right);
  if (difference === null) return { state: "right", why: "right", facts };
  if (mixup) return { state: "wrong", why: mixup.name, facts: shapes };
  if (difference === "shape") return { state: "wrong", why: "shape", facts: shapes };
  return { state: "wrong", why: "differs", facts: { ...facts, ...difference } };
}

/** Null for the same numbers within the tolerance; else the first that differs, or that they have another shape. */
function differenceOf(given: Plain, expected: Plain, place = ""): Facts | "shape" | null {
  if (typeof expected === "number") {
    if (typeof given !== "number") return "shape";
    if (Math.abs(given - expected) <= TOLERANCE) return null;
    return { place: place || "it", given: cellText(given), expected: cellText(expected) };
  }
  if (!Array.isArray(expected)) return given === expected ? null : "shape";
  if (!Array.isArray(given) || given.length !== expected.length) return "shape";
  const differences = expected.map((value, index) => differenceOf(given[index] ?? null, value, `${place}[${index}]`));
  if (differences.includes("shape")) return "shape";
  return differences.find((difference) => difference !== null) ?? null;
}

/** What a value is, in words. */
function shapeText(value: Plain): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return "a text";
  if (typeof value === "number" || typeof value === "boolean") return `one ${typeof value}`;
  if (!Array.isArray(value)) return "an object";
  const [first = null] = value;
  return Array.isArray(first) ? `${value.length} lists of ${first.length}` : `a list of ${value.length}`;
}

/** Functions in code. */
export const code: Checker<"code"> = {
  check,
  // The page shows a program that solves it; it is run like the reader's own when it is to be judged.
  solve: (_key, evidence): Solution<"code"> => ({
    answer: null,
    facts: { sentences: evidence?.code?.runs.length ?? 0 },
  }),
  explanations: ({ task }) => ["right", "threw", "shape", "differs", "onlyHere", "threwElsewhere", ...MIXUPS[task]],
  facts: ["sentences", "passed", "sentence", "fault", "given", "expected", "place"],
  ends: ["right"],
  measured: () => true,
};
