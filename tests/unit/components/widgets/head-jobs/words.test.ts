import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  measureName,
  relationOf,
  scoreText,
  shortScore,
} from "../../../../../src/components/widgets/head-jobs/measures.ts";
import type { HeadScore } from "../../../../../src/components/widgets/head-jobs/scores.ts";
import {
  offsetWords,
  type ReadingInput,
  readingOf,
  relationNote,
} from "../../../../../src/components/widgets/head-jobs/words.ts";

const head = (layer: number, mean: number, low = mean - 0.1, high = mean + 0.1): HeadScore => ({
  ref: { kind: "encoder", layer, head: 2 },
  mean,
  low,
  high,
  most: null,
});

function reading(change: Partial<ReadingInput>): string {
  const best = change.best ?? head(3, 0.8);
  const heads = [best, head(0, 0.1)];
  const scores = { sentences: 200, rows: 900 };
  const base = { measure: "previous", corpus: "treebank", taught: false, baseline: null, chosen: undefined } as const;
  return readingOf({ ...base, scores, heads, best, ...change });
}

describe("the reading", () => {
  it("names the best head with score, interval and sentences, counted from 1", () => {
    expect(reading({})).toContain(
      "“previous token”: layer 4, head 3 puts 0.80 of its weight there (95 % interval 0.70 to 0.90, over 200 sentences).",
    );
  });

  it("says what a score does not say", () => {
    expect(reading({})).toMatch(/that the model needs it for this, no score says\.$/);
  });

  it("says how chance is meant", () => {
    const baseline = { kind: "even", score: 0.25, by: 0 } as const;
    expect(reading({ baseline })).toContain(
      "a head that spreads its weight evenly over all it may see, it would be 0.25",
    );
  });

  it.each([
    [0.5, "the head beats it"],
    [0.75, "its interval holds both"],
    [0.95, "the head falls short of it"],
  ])("tells whether a relation's best head beats an offset that is right in %s", (score, told) => {
    const text = reading({ measure: "head:det", baseline: { kind: "offset", score, by: 1 } });
    expect(text).toContain(
      `Looking always one word to the right without reading a word is right in ${score.toFixed(2)}: ${told}`,
    );
    expect(text).toContain("the best of 2, picked on these very sentences");
  });

  it("speaks of the chosen head where it is another, and of training where it helped", () => {
    expect(reading({ chosen: head(0, 0.1) })).toContain("The head you chose, layer 1, head 3: 0.10.");
    expect(reading({ chosen: head(3, 0.8) })).not.toContain("you chose");
    expect(reading({ taught: true })).toContain("shown in training where to look");
  });

  it("claims no interval from one sentence", () => {
    expect(reading({ corpus: "sentence" })).toContain("(one sentence, so no interval)");
  });

  it("writes score and interval alike where two digits would say all", () => {
    expect(reading({ best: head(1, 0.994, 0.992, 0.996) })).toContain(
      "0.994 of its weight there (95 % interval 0.992 to 0.996",
    );
  });

  it("gives figures their unit", () => {
    expect(reading({ measure: "entropy", best: head(1, 1.5) })).toContain(
      "Highest entropy: layer 2, head 3 with 1.50 nats (95 % interval 1.40 to 1.60 nats",
    );
  });
});

/** Every relation of a word to another in the treebank. */
function treebankRelations(): string[] {
  const rows = ["train", "dev", "test"].flatMap((part) =>
    readFileSync(`public/data/treebank/${part}.conllu`, "utf8")
      .split("\n")
      .map((line) => line.split("\t")),
  );
  return [...new Set(rows.flatMap(([, , , , , , head, relation]) => (relation && head !== "0" ? [relation] : [])))];
}

describe("names", () => {
  it("tell both directions of a relation apart", () => {
    expect(measureName("head:det")).toBe("determiner → its head (det)");
    expect(measureName("dependant:nsubj:pass")).toBe("head → its subject of a passive (nsubj:pass)");
    expect(measureName("head:csubj")).toBe("clause as subject → its head (csubj)");
  });

  it("give every relation of the treebank a name in words, no two the same", () => {
    const relations = treebankRelations();
    expect(relations.length).toBeGreaterThan(30);
    const words = relations.map((relation) => relationOf(`head:${relation}`).word);
    expect(words.filter((word, at) => word === relations[at] || word.includes(":") || word === "dependent")).toEqual(
      [],
    );
    expect(new Set(words).size).toBe(words.length);
  });

  it("name a subtype that is not in the list as its kind, and a relation that is not as a dependent", () => {
    expect(measureName("dependant:csubj:outer")).toBe("head → its clause as subject (csubj:outer)");
    expect(measureName("head:goeswith")).toBe("dependent → its head (goeswith)");
  });

  it("never round up to all", () => {
    expect([0.9991, 1, 0.5].map((value) => scoreText("same", value))).toEqual(["0.999", "1.00", "0.50"]);
    expect([0.9991, 1, 0.5].map((value) => shortScore("same", value))).toEqual(["0.99", "1.00", "0.50"]);
  });

  it("put offsets into words", () => {
    expect([1, -2].map(offsetWords)).toEqual(["always one word to the right", "always 2 words to the left"]);
  });

  it("say what is counted, for relations alone", () => {
    expect(relationNote("dependant:amod")).toBe(
      "Counted: the strongest link of each word that has an adjective to another word. Right: it leads to that adjective.",
    );
    expect(relationNote("same")).toBeNull();
  });
});
