import { describe, expect, it } from "vitest";
import type { Choice } from "../../../../../src/components/widgets/head-switches/choice.ts";
import {
  readingFor,
  waitingReading,
  waitingWords,
} from "../../../../../src/components/widgets/head-switches/reading.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import type { Said } from "../../../../../src/stored/said.ts";

const { info } = aboutModel("decoder-small");

const CHOICE: Choice = {
  model: info.id,
  task: "objects",
  source: "s",
  answer: "Mary",
  other: "John",
  fill: "zero",
  off: [],
  over: "task",
};

/** What a decoder says: the chance of “Mary”, the gap to “John”, the first choice and its chance. */
function said(share: number, metric: number, first: string, most: number): Said {
  return {
    metric,
    share,
    stands: first === "▁Mary",
    words: [
      { piece: "Mary", probability: share, logit: metric, token: "▁Mary" },
      { piece: "John", probability: 0.1, logit: 0, token: "▁John" },
    ],
    top: [{ piece: first, probability: most }],
    tokens: [],
    text: "",
    length: 6,
    cut: 0,
    milliseconds: 1,
  };
}

const reading = (whole: Said, now = whole, off: readonly string[] = []) =>
  readingFor({ key: "", choice: { ...CHOICE, off }, whole, now, live: true, trace: null }, info);

const ANSWER = said(0.9, 3, "▁Mary", 0.9);
const OTHER = said(0.1, -2, "▁John", 0.8);
const ANOTHER = said(0.00001, 4, "f", 0.97);
const HEAD = ["decoder.0.0"];

describe("the sentence with all heads on", () => {
  it.each([
    [
      "is the answer",
      ANSWER,
      "the model gives “Mary” probability 0.90, its first choice. The logit of “Mary” is 3.00 above that of “John”.",
    ],
    [
      "is the other word",
      OTHER,
      "the model gives “Mary” probability 0.10; its first choice is the other word, “John” (0.80). The logit of “Mary” is 2.00 below that of “John”.",
    ],
    [
      "is another word",
      ANOTHER,
      "the model gives “Mary” probability <0.0001; its first choice is “f” (0.97). The logit of “Mary” is 4.00 above that of “John”.",
    ],
    [
      "is followed twice",
      said(0.9, 0, "▁Mary", 0.9),
      "the model gives “Mary” probability 0.90, its first choice. “Mary” and “John” have the same logit.",
    ],
  ])("whose first choice %s", (_, whole, sentence) => {
    expect(reading(whole)).toBe(`All heads are on: ${sentence}`);
  });
});

describe("the sentence with a head off", () => {
  const start = "Layer 1, head 1 off (zeros in its place): ";

  it.each([
    [
      ANSWER,
      said(0.5, 1, "▁Mary", 0.5),
      "the first choice is still “Mary”. Its probability goes from 0.90 to 0.50; between the two words, “Mary” still stands before “John” (logit difference +1.00, with all heads +3.00).",
    ],
    [
      ANSWER,
      OTHER,
      "the first choice is now the other word, “John” (0.80). The probability of “Mary” goes from 0.90 to 0.10; between the two words, “John” now stands before “Mary” (logit difference −2.00, with all heads +3.00).",
    ],
    [
      OTHER,
      ANSWER,
      "the first choice is now “Mary”. Its probability goes from 0.10 to 0.90; between the two words, “Mary” now stands before “John” (logit difference +3.00, with all heads −2.00).",
    ],
    [
      ANOTHER,
      said(0.00002, 0, "f", 0.5),
      "the first choice is still “f” (0.50). The probability of “Mary” stays below 0.0001; between the two words, neither stands before the other (logit difference 0.00, with all heads +4.00).",
    ],
    [
      ANSWER,
      said(0.9, 3, "▁Mary", 0.9),
      "the first choice is still “Mary”. Its probability stays at 0.90; between the two words, “Mary” still stands before “John” (logit difference +3.00, with all heads +3.00).",
    ],
  ])("follows the first choice and the probability, case %#", (whole, now, sentence) => {
    expect(reading(whole, now, HEAD)).toBe(start + sentence);
  });
});

describe("a choice that has not run", () => {
  it("says what the link has, or that the model is on its way", () => {
    expect(waitingReading({ ...CHOICE, off: HEAD }, CHOICE, true)).toBe(
      "The link has 1 head off: run it live to see what the model says.",
    );
    expect(waitingReading({ ...CHOICE, source: "t", off: [...HEAD, "decoder.0.1"] }, CHOICE, true)).toBe(
      "The link has another text and 2 heads off: run it live to see what the model says.",
    );
    expect(waitingReading({ ...CHOICE, answer: "Tom" }, CHOICE, true)).toContain("The link has other words:");
    expect(waitingReading({ ...CHOICE, off: HEAD }, { ...CHOICE, off: [...HEAD, "decoder.0.1"] }, false)).toBe(
      "Loading the model: what it says with 1 head off comes then.",
    );
  });

  it("says that the words shown are with all heads on", () => {
    const two = [...HEAD, "decoder.0.1"];
    expect(waitingReading({ ...CHOICE, off: two }, CHOICE, false)).toBe(
      "The words shown are with all heads on; the run with 2 heads off is waiting.",
    );
    expect(waitingReading({ ...CHOICE, source: "t", off: HEAD }, CHOICE, false)).toBe(
      "The words shown are of another text, with all heads on; the run with 1 head off is waiting.",
    );
    expect(waitingWords({ ...CHOICE, off: two }, CHOICE)).toBe("with all heads on; 2 off is waiting");
    expect(waitingWords(CHOICE, { ...CHOICE, off: two })).toBe("with 2 off; all heads on is waiting");
    expect(waitingWords(CHOICE, CHOICE)).toBeNull();
  });
});
