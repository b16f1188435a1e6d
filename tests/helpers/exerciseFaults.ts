import { type CodeProps, explanationsOf, keyOf, type PropsOf } from "../../src/components/exercises/authoring.ts";
import { checkers } from "../../src/components/exercises/checkers.ts";
import type { Evidence, Tracing } from "../../src/components/exercises/evidence.ts";
import { placeholdersOf } from "../../src/components/exercises/inline.ts";
import type { Answers, Checker, Keys, Kind } from "../../src/components/exercises/types.ts";
import type { WrittenExercise } from "./exercisePages.ts";
import { runCode } from "./runCode.ts";

/** Shorter than this, an explanation explains nothing. */
const LEAST_CHARACTERS = 20;

/** What each kind starts with, before the reader has done anything. */
const STARTS: { readonly [K in Kind]: readonly (Answers[K] | null)[] } = {
  numeric: [null],
  choice: [null],
  head: [null],
  show: [
    null,
    "none",
    { kind: "encoder", layer: 0, head: 0 },
    { kind: "decoder", layer: 0, head: 0 },
    { kind: "cross", layer: 0, head: 0 },
  ],
  predict: [null],
  cells: [null, { cells: [], rows: 0, columns: 0 }],
  order: [null],
  tokens: [null, { places: [], tokens: 0 }],
  several: [null, []],
  off: [null, []],
  reach: [null, 0],
  bet: [null, { places: [], tokens: 0 }],
  disagree: [null],
  steps: [null],
  flip: [null, { places: [], tokens: 0 }],
  // The text that a cell starts with is run and judged like any other.
  code: [null],
};

/**
 * Everything that is wrong with an exercise, in words; `stored` are the runs that its figure may start with, `tracing` the model
 * that exercises in code ask.
 */
export async function faultsOf(
  exercise: WrittenExercise,
  stored: readonly Evidence[],
  tracing: Tracing | null = null,
): Promise<string[]> {
  const missing = missingTexts(exercise);
  // A key can't be made of an exercise that lacks half of it.
  if (missing.length > 0) return missing.map((text) => `${where(exercise)}: ${text}`);
  const broken = exercise.kind === "code" ? await codeFaults(exercise, tracing) : rulesOf(exercise, stored);
  return [...wordsOf(exercise), ...broken].map((text) => `${where(exercise)}: ${text}`);
}

function where({ page, line, props }: WrittenExercise): string {
  return `${page}:${line} (${String(props.id)})`;
}

function missingTexts({ props, kind }: WrittenExercise): string[] {
  const texts = ["id", "label", "title", "question", "solution"].filter((name) => !filled(props[name]));
  const faults = texts.map((name) => `has no ${name}`);
  const hints = Array.isArray(props.hints) ? props.hints.filter(filled) : [];
  if (hints.length < 2) faults.push(`has ${hints.length} hints, two are the least`);
  const explained = kind === "choice" ? Array.isArray(props.choices) : typeof props.explain === "object";
  const rest = REST[kind]?.filter((name) => props[name] === undefined).map((name) => `has no ${name}`) ?? [];
  return [...faults, ...rest, ...(explained ? [] : ["has no explanations"])];
}

/** What a kind cannot do without besides. */
const REST: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  order: ["steps"],
  several: ["choices"],
  off: ["goal", "source"],
  tokens: ["rule"],
  bet: ["request"],
  disagree: ["below"],
  code: ["task", "start", "answer", "cases"],
};

function filled(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function wordsOf(exercise: WrittenExercise): string[] {
  const { checker, key, props } = parts(exercise);
  const explain = explanationsOf(props);
  const unexplained = checker
    .explanations(key)
    .filter((name) => !filled(explain[name]) || (explain[name]?.length ?? 0) < LEAST_CHARACTERS);
  const texts = [...Object.values(explain), ...props.hints, props.solution];
  const unknown = texts.flatMap(placeholdersOf).filter((name) => !checker.facts.includes(name));
  const texted = new Set(Object.values(explain));
  return [
    ...unexplained.map((name) => `does not explain “${name}”`),
    ...unknown.map((name) => `uses {${name}}, which nothing fills`),
    ...(texted.size < Object.keys(explain).length ? ["explains two answers with the same words"] : []),
  ];
}

function rulesOf(exercise: WrittenExercise, stored: readonly Evidence[]): string[] {
  // What is off is in no stored run: tests/unit/content/switchOff.test.ts runs the model.
  if (exercise.kind === "off") return exercise.attributes.includes("evidence") ? [] : ["lacks `evidence`"];
  const { checker, key } = parts(exercise);
  const measured = checker.measured(key);
  const runs = measured ? stored : [null];
  const faults: string[] = [];
  if (measured && !exercise.attributes.includes("evidence")) faults.push("asks about the model without `evidence`");
  const passes = STARTS[exercise.kind].some((start) =>
    runs.some((run) => checker.check(start as never, key, run).state === "right"),
  );
  if (passes) faults.push("passes before anything was answered");
  const solved = runs.some((run) => {
    const { answer } = checker.solve(key, run);
    return answer !== null && checker.ends.includes(checker.check(answer, key, run).state);
  });
  if (!solved) faults.push("has no answer that is accepted");
  return faults;
}

/** A program is judged by running it: what the cell starts with must not pass, what is shown as the solution must. */
async function codeFaults({ props, attributes }: WrittenExercise, tracing: Tracing | null): Promise<string[]> {
  const { task, cases, start, answer } = props as unknown as CodeProps;
  const judged = async (text: string) =>
    checkers.code.check(text, { task, cases }, await runCode(text, { task, cases }, tracing));
  const faults = attributes.includes("evidence") ? [] : ["asks about the model without `evidence`"];
  if ((await judged(start)).state === "right") faults.push("passes before anything was answered");
  const solved = await judged(answer);
  if (solved.state !== "right") faults.push(`has no answer that is accepted: ${JSON.stringify(solved)}`);
  return faults;
}

/** Checker, key and properties of an exercise; the kind ties them together, which types can't see from here. */
function parts(exercise: WrittenExercise) {
  const { kind } = exercise;
  const props = exercise.props as unknown as PropsOf[Kind];
  return {
    checker: checkers[kind] as unknown as Checker<Kind>,
    key: (keyOf[kind] as (props: PropsOf[Kind]) => Keys[Kind])(props),
    props,
  };
}
