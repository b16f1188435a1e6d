import { describe, expect, it } from "vitest";
import { movable, subjectOf, within } from "../../../../src/engine/attribution/subject.ts";
import { AnalyticModel } from "../../../helpers/analyticModel.ts";
import { logit } from "../../../helpers/attribution.ts";

const written = { source: "the dog", target: "le chien" };

describe("subjectOf", () => {
  it("puts the tokens of both sides in a row", async () => {
    const subject = await subjectOf(new AnalyticModel("encoder-decoder"), { run: written });
    expect(subject.sides.map(({ stack, start, tokens }) => [stack, start, tokens.length])).toEqual([
      ["encoder", 0, 2],
      ["decoder", 2, 3],
    ]);
    expect(subject.places).toBe(5);
  });

  it("keeps to a target that the model wrote, unless its text reads otherwise", async () => {
    const model = new AnalyticModel("encoder-decoder");
    const run = { source: "the dog", target: null };
    const tokens = (text: string) => model.tokenize(text, "target");
    // The test's model writes what it is given; here its target is read back under another name.
    model.decode = () => ({ text: "null", tokens: [] });
    model.inputs = async (asked) => AnalyticModel.prototype.inputs.call(model, { ...asked, target: "null" });
    expect((await subjectOf(model, { run })).run.target).toBe("null");
    model.decode = () => ({ text: "two words", tokens: tokens("two words") });
    expect((await subjectOf(model, { run })).run.target).toBeNull();
  });
});

describe("within and movable", () => {
  it("a decoder's row reaches the source and the tokens up to itself", async () => {
    const subject = await subjectOf(new AnalyticModel("encoder-decoder"), { run: written });
    expect(within(subject, logit(1, 0))).toEqual([true, true, true, true, false]);
    expect(movable(subject, logit(1, 0))).toEqual([0, 1, 3]); // the start token keeps its row
    expect(movable(subject, logit(2, 0))).toEqual([0, 1, 3, 4]);
  });

  it("a sentence's similarity reaches all tokens", async () => {
    const subject = await subjectOf(new AnalyticModel("encoder"), { run: { source: "the dog ran", target: null } });
    expect(within(subject, { kind: "similarity", to: "" })).toEqual([true, true, true]);
  });
});
