import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { questionOf } from "../../../../../src/components/widgets/attribution-text/asked.ts";
import { rowAt } from "../../../../../src/components/widgets/attribution-text/rows.ts";
import { answersOf } from "../../../../../src/components/widgets/attribution-text/storedAnswers.ts";
import { storedNumbers } from "../../../../../src/components/widgets/attribution-text/storedNumbers.ts";
import type { StoredAnswers } from "../../../../../src/stored/attributionAnswers.ts";
import { ANSWERS } from "../../../../../src/stored/attributionExamples.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";

/** Those of the figure of the exercises follow one output each. */
const HERE = ANSWERS.map(({ id }) => id).filter((id) => !id.startsWith("exercise-"));
const FOLDER = "src/stored/attributions";
const read = (id: string): StoredAnswers => JSON.parse(readFileSync(`${FOLDER}/${id}.json`, "utf8"));

describe("stored answers of the coloured texts", () => {
  it("are those of the examples", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(ANSWERS.map(({ id }) => `${id}.json`).sort());
  });

  it.each(HERE)("%s answers what its figure asks at first, and every method that is stored", (id) => {
    const stored = read(id);
    const { family } = aboutModel(stored.model).info;
    const { first, find } = answersOf(stored);
    const contrast = first.against !== "";
    const asked = questionOf(first, { family, contrast, second: false });
    expect(find(asked)?.contrast !== null).toBe(contrast);
    for (const { question } of stored.answers) {
      if (question.source !== undefined || question.place !== undefined) continue;
      const same = questionOf({ ...first, ...question }, { family, contrast, second: false });
      expect(find(same), JSON.stringify(question)).not.toBeNull();
    }
  });

  it("of all outputs serve each of them; another text has none", () => {
    const { first, find } = answersOf(read("brown-dog"));
    const of = (place: number) =>
      questionOf({ ...first, place }, { family: "encoder-decoder", contrast: true, second: false });
    const answer = find(of(2));
    expect(answer && rowAt(answer.plain, 2).output).toBe("brun");
    expect(find({ ...of(2), source: "Another." })).toBeNull();
    expect(find({ ...of(2), against: "bleu" })).toBeNull();
  });

  it("give exercises the numbers of the usual norm and scale", () => {
    const numbers = storedNumbers(read("dog-not-cat"));
    expect(numbers["saliency.chien.6"]).toBeCloseTo(3.34, 2);
    expect(numbers["contrast.saliency.Le.6"]).toBeGreaterThan(4);
    expect(storedNumbers(read("brown-dog"))["saliency.share.brun"]).toBeCloseTo(42, 0);
  });
});
