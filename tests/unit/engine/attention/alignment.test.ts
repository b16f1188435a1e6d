import { describe, expect, it } from "vitest";
import { alignmentScore } from "../../../../src/engine/attention/alignment.ts";
import { heads, oneHead, special, token } from "../../../helpers/tokens.ts";

const END = special("</s>");
/** "To: red cat" and its end: two words of instruction, two of the sentence, the second in two pieces. */
const SOURCE = [
  token("To", 0, { instruction: true }),
  token(":", 1, { instruction: true }),
  token("red", 2),
  token("c", 3),
  token("at", 3),
  END,
];
/** "chat rouge", the first word in two pieces. */
const WRITTEN = [token("ch", 0), token("at", 0), token("rouge", 1), END];
const GOLD = [[1], [0]];

describe("alignmentScore", () => {
  it("takes each word's strongest source word from the rows that write it", () => {
    // chat: cat gets (0.2 + 0.3 + 0.3 + 0) / 2 = 0.4, red (0.1 + 0.4) / 2 = 0.25; rouge: red 0.6.
    const right = [
      [0.2, 0.1, 0.1, 0.2, 0.3, 0.1],
      [0.1, 0.1, 0.4, 0.3, 0, 0.1],
      [0, 0.1, 0.6, 0.1, 0.1, 0.1],
      [0, 0, 1, 0, 0, 0],
    ];
    // The same, one row later, as if a row belonged to the token that it reads.
    const late = [right[3], right[0], right[1], right[2]].map((row) => row ?? []);
    const { values, words } = alignmentScore(heads(right, late), WRITTEN, SOURCE, GOLD);
    expect(words).toBe(2);
    expect(values.shape).toEqual([1, 2]);
    // late: chat looks at red with (1 + 0.1) / 2, which is wrong; rouge at red with 0.4, which is right by chance.
    expect([...values.data]).toEqual([1, 0.5]);
  });

  it("sums a source word's tokens before it compares", () => {
    const rows = WRITTEN.map(() => [0, 0, 0.4, 0.3, 0.3, 0]);
    expect([...alignmentScore(oneHead(rows), WRITTEN, SOURCE, [[1], []]).values.data]).toEqual([1]);
  });

  it("lets the instruction and </s> win, and counts them wrong", () => {
    const toInstruction = WRITTEN.map(() => [0.5, 0, 0.2, 0.1, 0.1, 0.1]);
    const toEnd = WRITTEN.map(() => [0, 0.1, 0.1, 0.1, 0.1, 0.6]);
    const scores = alignmentScore(heads(toInstruction, toEnd), WRITTEN, SOURCE, [
      [0, 1],
      [0, 1],
    ]);
    expect([...scores.values.data]).toEqual([0, 0]);
  });

  it("judges only words that have a gold word", () => {
    const rows = WRITTEN.map(() => [0, 0, 1, 0, 0, 0]);
    expect(alignmentScore(oneHead(rows), WRITTEN, SOURCE, [[], [0]])).toEqual({
      values: { data: Float32Array.from([1]), shape: [1, 1] },
      words: 1,
    });
    expect(alignmentScore(oneHead(rows), WRITTEN, SOURCE, []).words).toBe(0);
  });
});
