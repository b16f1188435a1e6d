import { describe, expect, it } from "vitest";
import {
  decodeAnswers,
  encodeAnswer,
  encodeRun,
  type StoredAnswers,
  VERSION,
} from "../../../src/stored/attributionAnswers.ts";
import { smallAnswer } from "../components/widgets/attribution-text/answers.ts";

function stored(change: Partial<StoredAnswers> = {}): StoredAnswers {
  const { attribution, trace } = smallAnswer([3, 4, 5, 6], {
    completeness: { baseline: Float32Array.from([1, 2, 3, 4]), gap: Float32Array.from([0, 0, 0, 0.5]) },
  });
  const answers = [encodeAnswer({ method: "input-x-gradient" }, attribution, null)];
  const run = encodeRun("small", trace);
  const all = { version: VERSION, id: "small", model: "translator-en-fr", question: {}, start: {}, run, answers };
  return JSON.parse(JSON.stringify({ ...all, ...change }));
}

describe("stored answers", () => {
  it("come back as they were, on the tokens of the run", () => {
    const { attribution, trace } = decodeAnswers(stored())(0);
    const expected = smallAnswer([3, 4, 5, 6]);
    expect(attribution).toEqual({
      ...expected.attribution,
      completeness: { baseline: Float32Array.from([1, 2, 3, 4]), gap: Float32Array.from([0, 0, 0, 0.5]) },
    });
    expect(trace.target).toEqual(expected.trace.target);
    expect(trace.attention).toMatchObject({ cross: { data: new Float32Array() } });
  });

  it("of another format, or of another text, are refused", () => {
    expect(() => decodeAnswers(stored({ version: 0 }))).toThrow(/format 0/);
    expect(() => decodeAnswers(stored())(7)).toThrow(/no answer 7/);
    const [answer] = stored().answers;
    const short = { ...answer, scores: { source: [1], target: null } };
    expect(() => decodeAnswers(stored({ answers: [short as never] }))(0)).toThrow(/4 × 7 scores, found 1/);
  });
});
