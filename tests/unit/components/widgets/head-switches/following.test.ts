import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../../../scripts/local-model.ts";
import { type Choice, taskOf, textOf } from "../../../../../src/components/widgets/head-switches/choice.ts";
import {
  keepsWords,
  likeliestWords,
  measuredWords,
  nothingWords,
  tallyOf,
} from "../../../../../src/components/widgets/head-switches/following.ts";
import type { Model } from "../../../../../src/engine/model.ts";
import { ask, type Said } from "../../../../../src/stored/said.ts";

let model: Model;

beforeAll(async () => {
  model = await openLocal("decoder-small");
}, 60_000);

async function said(source: string, answer = "Mary", other = "John"): Promise<Said> {
  const run = (request: Parameters<Model["trace"]>[0]) => model.trace(request);
  const prompt = { source, target: null, answer, other };
  return (await ask("decoder", prompt, { off: [], fill: "zero" }, run, null)).said;
}

function choiceOf(source: string): Choice {
  const words = { answer: "Mary", other: "John" };
  return { model: model.info.id, task: "objects", source, ...words, fill: "zero", off: [], over: "task" };
}

describe("words that are followed", () => {
  it("are the task’s while the text is the reader’s, until the reader changes them", () => {
    const task = taskOf(model.info, "objects");
    const [prompt, next] = task.prompts;
    if (!prompt || !next) throw new Error("the task has too few prompts");
    const choice = { ...choiceOf(""), ...textOf(prompt) };
    expect(keepsWords(choice, task)).toBe(false);
    expect(keepsWords({ ...choice, source: next.source }, task)).toBe(false);
    expect(keepsWords({ ...choice, source: "Hello there" }, task)).toBe(true);
    expect(keepsWords({ ...choice, source: "Hello there", answer: "to" }, task)).toBe(false);
  });

  it("that are offered are measured by the very tokens that the model put first", async () => {
    const { top } = await said("Hello there");
    const likely = likeliestWords(top);
    expect(likely).toEqual({ answer: "to", other: "and" });
    const now = await said("Hello there", likely?.answer, likely?.other);
    expect(now.words.map(({ token, probability }) => [token, probability])).toEqual(
      top
        .filter(({ piece }) => piece.startsWith("▁"))
        .slice(0, 2)
        .map(({ piece, probability }) => [piece, probability]),
    );
    // Only ends of a word come after its beginning: none of them can be followed.
    expect(likeliestWords((await said("El")).top)).toBeNull();
  });

  it("of several tokens are measured by the first, and the figure says by which", async () => {
    const now = await said("Hello there", "Marys", "qzxv");
    expect(measuredWords("Marys", now, 0)).toBe("measured by its first token “Mary”");
    expect(measuredWords("qzxv", now, 1)).toBe("measured by its first token “␣”");
    expect(measuredWords("qzx", now, 1)).toBe("");
    expect(measuredWords("Mary", await said("Hello there"), 0)).toBe("");
  });
});

describe("a text", () => {
  it("over the limit is counted and cut, and leaves no room to write", async () => {
    const source = "dog ".repeat(400).trim();
    const now = await said(source);
    const shown = { key: "", choice: choiceOf(source), whole: now, now, live: true, trace: null };
    expect(tallyOf(choiceOf(source), shown, model.info)).toEqual({ count: 401, limit: 96, cut: 305 });
    expect(tallyOf(choiceOf("dog"), shown, model.info)).toEqual({ count: null, limit: 96, cut: 0 });
    expect(nothingWords(now, model.info)).toBe("(nothing: the text already fills the model’s room of 96 tokens)");
  });

  it("that the model ends has nothing after it", async () => {
    const now = await said("Mary went to the store, John gave a drink to Mary.");
    expect(now.text).toBe("");
    expect(nothingWords(now, model.info)).toBe("(nothing: its first choice is the end of the text)");
    expect(nothingWords(await said("Hello there"), model.info)).toBeNull();
  });
});
