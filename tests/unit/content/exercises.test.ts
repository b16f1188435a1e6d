import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type HeadProps, keyOf } from "../../../src/components/exercises/authoring.ts";
import { catalogueOf } from "../../../src/components/exercises/catalogue.ts";
import { checkers } from "../../../src/components/exercises/checkers.ts";
import type { Evidence } from "../../../src/components/exercises/evidence.ts";
import { ranked } from "../../../src/components/exercises/measures.ts";
import { asideNumbers } from "../../../src/components/views/attention/lineNumbers.ts";
import { storedNumbers } from "../../../src/components/widgets/attribution-text/storedNumbers.ts";
import { storedAnswers as gateAnswers } from "../../../src/components/widgets/gate-check/askGates.ts";
import { numbersOf as gateNumbers } from "../../../src/components/widgets/gate-check/numbers.ts";
import { fewestSteps } from "../../../src/components/widgets/ig-path/numbers.ts";
import { storedNumbers as layerNumbers } from "../../../src/components/widgets/layer-trace/storedNumbers.ts";
import { numbersOf as nudgeNumbers } from "../../../src/components/widgets/nudge/numbers.ts";
import { storedAnswers as patchingAnswers } from "../../../src/components/widgets/patching/askPatching.ts";
import { numbersOf as patchingNumbers } from "../../../src/components/widgets/patching/numbers.ts";
import brownDogTexts from "../../../src/stored/attributions/brown-dog.json";
import dogNotCat from "../../../src/stored/attributions/dog-not-cat.json";
import maryJohnAnswers from "../../../src/stored/attributions/mary-john.json";
import { storedGates, storedPatching } from "../../../src/stored/checkFigures.ts";
import switches from "../../../src/stored/checks/gate-check-decoder-small.json";
import patching from "../../../src/stored/checks/patching-decoder-small.json";
import { decodeTrace, type StoredTrace } from "../../../src/stored/format.ts";
import walks from "../../../src/stored/ig/decoder-small.json";
import layers from "../../../src/stored/layers/decoder-small.json";
import nudges from "../../../src/stored/nudge/decoder-small.json";
import { storedNudge } from "../../../src/stored/nudge.ts";
import { faultsOf } from "../../helpers/exerciseFaults.ts";
import { coursePages, exercisesIn } from "../../helpers/exercisePages.ts";

/** Every stored run, as a figure publishes it before the model is loaded. */
function storedEvidence(): Evidence[] {
  return readdirSync("src/stored")
    .filter((name) => name.endsWith(".json"))
    .map((name) => JSON.parse(readFileSync(`src/stored/${name}`, "utf8")) as Partial<StoredTrace>)
    .filter((value): value is StoredTrace => value.attention !== undefined)
    .map((value) => ({ figure: value.id, trace: decodeTrace(value), live: false, focus: null }));
}

/** What the neuron view publishes of its stored head, whose page asks for its numbers. */
function storedScores(): Evidence {
  const [run] = storedEvidence().filter(({ figure }) => figure === "brown-dog-decoder");
  if (!run) throw new Error("the run of the neuron view is not stored");
  return { ...run, numbers: { dot: 10.51, score: 1.52, weight: 0.86, "dot-by-width": 0.22 } };
}

/** What the figure of removals publishes: the falls of its stored text, and a live run on which attention points elsewhere. */
function storedFalls(): Evidence[] {
  const [run] = storedEvidence().filter(({ figure }) => figure === "brown-dog");
  if (!run) throw new Error("the run of the figure of removals is not stored");
  const fall = (of: string) =>
    Object.fromEntries(run.trace.source.tokens.map(({ text }, at) => [`fall.chien.${at}`, text === of ? 8.4 : 0]));
  return [
    { ...run, numbers: { ...fall("dog"), misses: 0 } },
    { ...run, live: true, numbers: { misses: 1 } },
  ];
}

/** What the walk and the head view publish, measured on the stored run: the losses, and the lines of a head shown alone. */
function storedLines(): Evidence[] {
  const [run] = storedEvidence().filter(({ figure }) => figure === "brown-dog");
  if (!run) throw new Error("the run of the translator is not stored");
  const losses = Array.from(run.trace.tokenLoss, (loss, place) => [`loss.${place}`, loss]);
  const lines = asideNumbers(run.trace, { kind: "cross", layer: 0, head: 2 });
  return [
    { ...run, numbers: { ...lines, ...Object.fromEntries(losses) } },
    { ...run, live: true, numbers: { crossings: 2 } },
  ];
}

/** What the figure of the path publishes: the fewest steps of its stored text, and a live walk whose steps have missed. */
function storedWalk(): Evidence[] {
  const [run] = storedEvidence().filter(({ figure }) => figure === "mary-john");
  if (!run) throw new Error("the run of the figure of the path is not stored");
  return [
    { ...run, numbers: { ...fewestSteps(walks.gaps), missed: 0 } },
    { ...run, live: true, numbers: { missed: 25.6 } },
  ];
}

/** What the figure of nudges publishes: its stored slopes, and a live curve that turns. */
function storedNudges(): Evidence[] {
  const [run] = storedEvidence().filter(({ figure }) => figure === "mary-john");
  const [first] = nudges.curves;
  const study = first && storedNudge(nudges, first.move);
  if (!run || !study) throw new Error("the run of the figure of nudges is not stored");
  return [
    { ...run, numbers: nudgeNumbers(study) },
    { ...run, live: true, numbers: { turns: 1 } },
  ];
}

/** What the figures of coloured texts publish of their stored sentence, all methods together. */
function storedTexts(): Evidence[] {
  const [run] = storedEvidence().filter(({ figure }) => figure === "brown-dog");
  if (!run) throw new Error("the run of the coloured texts is not stored");
  return [brownDogTexts, dogNotCat].map((texts) => ({ ...run, numbers: storedNumbers(texts) }));
}

/** What the figures of patching, of the heads' switches and of the layers publish of the stored texts. */
function storedChecks(): Evidence[] {
  const [run] = storedEvidence().filter(({ figure }) => figure === "mary-john");
  const [pair, gates] = [
    patchingAnswers(storedPatching(patching, maryJohnAnswers)),
    gateAnswers(storedGates(switches, maryJohnAnswers)),
  ];
  const [patched, gated] = [pair.find(pair.first), gates.find(gates.first)];
  if (!run || !patched || !gated) throw new Error("the checks of the small decoder are not stored");
  return [
    { ...run, numbers: patchingNumbers(patched) },
    { ...run, numbers: gateNumbers(gated) },
    { ...run, numbers: layerNumbers(layers) },
  ];
}

const stored = [
  ...storedEvidence(),
  storedScores(),
  ...storedFalls(),
  ...storedLines(),
  ...storedWalk(),
  ...storedNudges(),
  ...storedTexts(),
  ...storedChecks(),
];
const pages = coursePages();
const exercises = pages.flatMap(({ id, body }) => exercisesIn(id, body));

describe("the exercises of the course", () => {
  it("are there", () => {
    expect(exercises.length).toBeGreaterThan(5);
    expect(stored.length).toBeGreaterThan(1);
  });

  it("have explanations, hints and an accepted answer, and do not pass by themselves", async () => {
    // Those that ask a model: gradientExercises.test.ts runs it.
    const others = exercises.filter(({ page }) => page !== "gradients/exercises");
    const faults = await Promise.all(others.map((exercise) => faultsOf(exercise, stored)));
    expect(faults.flat()).toEqual([]);
  });

  it("have names of their own", () => {
    const ids = exercises.map(({ props }) => String(props.id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it("accept every head that the question’s words accept", () => {
    const limits = exercises.filter(({ props }) => /at least (half|0\.\d)/.test(String(props.question)));
    expect(limits.length).toBeGreaterThan(1);
    for (const { props } of limits) {
      const key = keyOf.head(props as unknown as HeadProps);
      for (const run of stored) {
        const passing = (ranked(run.trace, key.kind, key.measure) ?? []).filter(({ score }) => score >= key.floor);
        for (const { head } of passing) expect(checkers.head.check(head, key, run).state).toBe("right");
      }
    }
  });

  it("stand in the overview", () => {
    const listed = catalogueOf(pages).map(({ id, label, title }) => ({ id, label, title }));
    expect(listed).toEqual(exercises.map(({ props: { id, label, title } }) => ({ id, label, title })));
  });
});

describe("the lint", () => {
  const good = {
    id: "x",
    label: "1",
    title: "Heads",
    question: "How many heads?",
    hints: ["Look at the figure.", "Count the columns."],
    solution: "There are {value}.",
    answer: "heads",
    explain: {
      right: "Each layer has {value} heads.",
      low: "There are more heads than that.",
      high: "There are fewer heads than that.",
    },
  };

  async function faults(change: Record<string, unknown>, tag = "Numeric"): Promise<string[]> {
    const props = Object.entries({ ...good, ...change }).filter(([, value]) => value !== undefined);
    const written = props.map(([name, value]) => `${name}={${JSON.stringify(value)}}`);
    const [exercise] = exercisesIn("page", `<${tag} evidence={evidence} ${written.join(" ")} />`);
    return exercise ? faultsOf(exercise, stored) : ["not found"];
  }

  it("lets a whole exercise pass", async () => expect(await faults({})).toEqual([]));

  it.each([
    ["without explanations", { explain: undefined }, /no explanations/],
    ["with a wrong answer unexplained", { explain: { ...good.explain, low: "" } }, /“low”/],
    ["with a mix-up unexplained", { explain: { ...good.explain, "encoder.heads": "No." } }, /“encoder.heads”/],
    ["with one hint", { hints: ["Look."] }, /1 hints/],
    ["without a solution", { solution: undefined }, /no solution/],
    ["without an accepted answer", { answer: "no.such.quantity" }, /accepted/],
    ["with an unknown placeholder", { solution: "It is {weight}." }, /\{weight\}/],
    ["with the same words twice", { explain: { ...good.explain, low: good.explain.high } }, /same words/],
  ])("fails one %s", async (_, change, fault) => {
    expect((await faults(change)).join("\n")).toMatch(fault);
  });

  it("fails a choice without a right answer, or one unexplained", async () => {
    const choices = [
      { id: "a", text: "One", explain: "This is too short for it." },
      { id: "b", text: "Two", explain: "" },
    ];
    const found = (await faults({ choices, explain: undefined, solution: "It is the other." }, "MultipleChoice")).join(
      "\n",
    );
    expect(found).toMatch(/accepted/);
    expect(found).toMatch(/“b”/);
  });
});
