import { describe, expect, it } from "vitest";
import { type RoleInput, scoreRoles } from "../../../../src/engine/attention/roles.ts";
import type { AttentionKind, Role, Token } from "../../../../src/engine/model.ts";
import { oneHead, special, token } from "../../../helpers/tokens.ts";

const START = special("<pad>");
const END = special("</s>");
/** Source: an instruction (a colon), two words, a full stop and the end. Target: a word and a full stop. */
const SOURCE = numbered([token(":", 0, { instruction: true }), token("red", 1), token("cat", 2), token(".", 3), END]);
const WRITTEN = numbered([token("chat", 0), token(".", 1), END]);
const READ = numbered([START, token("chat", 0), token(".", 1)]);

const ENCODER = [
  [0.6, 0.1, 0.1, 0.1, 0.1],
  [0.1, 0.2, 0.3, 0.15, 0.25],
  [0.05, 0.5, 0.1, 0.2, 0.15],
  [0.3, 0.1, 0.4, 0.1, 0.1],
  [0.2, 0.2, 0.2, 0.2, 0.2],
];
const DECODER = [
  [1, 0, 0],
  [0.7, 0.3, 0],
  [0.2, 0.5, 0.3],
];
const CROSS = [
  [0.1, 0.2, 0.4, 0.1, 0.2],
  [0.3, 0.1, 0.1, 0.4, 0.1],
  [0, 0, 0, 0, 1],
];

/** Tokens that are all different. */
function numbered(tokens: readonly Token[]): Token[] {
  return tokens.map((each, id) => ({ ...each, id }));
}

function input(source: readonly Token[] = SOURCE, rest: Partial<RoleInput["attention"]> = {}): RoleInput {
  return {
    source: { text: "", tokens: source },
    target: { text: "", origin: "typed", written: WRITTEN, read: READ },
    attention: { encoder: oneHead(ENCODER), decoder: oneHead(DECODER), cross: oneHead(CROSS), ...rest },
  };
}

const SCORES = scoreRoles(input(), [[1], [2]]);

/** The score of the one head and the rows that it was taken over. */
function score(kind: AttentionKind, role: Role): [number, number] | undefined {
  const found = SCORES.find((scores) => scores.kind === kind && scores.role === role);
  return found && [Number((found.values.data[0] ?? Number.NaN).toFixed(6)), found.rows];
}

describe("scoreRoles", () => {
  it.each([
    // Rows "red", "cat" and "."; the instruction's row and that of </s> do not count.
    ["encoder", "previous", (0.1 + 0.5 + 0.4) / 3, 3],
    ["encoder", "next", (0.3 + 0.2 + 0.1) / 3, 3],
    ["encoder", "same", (0.2 + 0.1 + 0.1) / 3, 3],
    ["encoder", "first", (0.1 + 0.05 + 0.3) / 3, 3],
    ["encoder", "end", (0.25 + 0.15 + 0.1) / 3, 3],
    ["encoder", "instruction", (0.1 + 0.05 + 0.3) / 3, 3],
    // From "red" and "cat"; "." has no other punctuation to look at.
    ["encoder", "punctuation", (0.15 + 0.2) / 2, 2],
    // Rows that read "chat" and "."; the start token's row does not count.
    ["decoder", "previous", (0.7 + 0.5) / 2, 2],
    ["decoder", "same", (0.3 + 0.3) / 2, 2],
    ["decoder", "first", (0.7 + 0.2) / 2, 2],
    // Rows that write "chat" and "."; the row that writes </s> does not count.
    ["cross", "first", (0.1 + 0.3) / 2, 2],
    ["cross", "end", (0.2 + 0.1) / 2, 2],
    ["cross", "instruction", (0.1 + 0.3) / 2, 2],
    ["cross", "punctuation", (0.1 + 0.4) / 2, 2],
    ["cross", "alignment", 1, 2],
  ] as const)("of the %s for %s", (kind, role, expected, rows) => {
    expect(score(kind, role)).toEqual([Number(expected.toFixed(6)), rows]);
  });

  it("leaves out what a kind cannot play, and alignment without gold", () => {
    expect(SCORES.length).toBe(15);
    expect(score("decoder", "next")).toBeUndefined();
    expect(score("decoder", "punctuation")).toBeUndefined();
    expect(score("cross", "previous")).toBeUndefined();
    expect(scoreRoles(input()).some(({ role }) => role === "alignment")).toBe(false);
  });

  it("leaves out what a text does not have", () => {
    const bare = numbered([token("the", 0), token("red", 1), token("cat", 2), token("ran", 3), END]);
    const roles = scoreRoles(input(bare)).filter(({ kind }) => kind === "encoder");
    expect(roles.map(({ role }) => role)).toEqual(["previous", "next", "same", "first", "end"]);
  });

  it("gives each head its own score, at its place", () => {
    const two = {
      data: Float32Array.from([...CROSS.flat(), ...CROSS.flatMap(() => [0, 0, 0, 0, 1])]),
      shape: [2, 1, 3, 5],
    };
    const end = scoreRoles(input(SOURCE, { cross: two })).find(({ role, kind }) => role === "end" && kind === "cross");
    expect(end?.values.shape).toEqual([2, 1]);
    expect(end?.values.data[1]).toBe(1);
  });

  it("finds a token's earlier occurrences, and what came after them", () => {
    const [the, cat, sat] = numbered([token("the", 0), token("cat", 1), token("sat", 2)]) as [Token, Token, Token];
    const text = { text: "", tokens: [START, the, cat, the, sat, the, the].map((each) => ({ ...each })) };
    const attention = oneHead(
      text.tokens.map((_, query) => text.tokens.map((_, key) => (key > query ? 0 : 2 ** -key))),
    );
    const scores = scoreRoles({ kind: "decoder", source: text, target: null, attention: { decoder: attention } });
    const found = (role: Role) => {
      const { values, rows } = scores.find((entry) => entry.role === role) ?? {};
      return [values?.data[0], rows];
    };
    // "the" at 3 looks back at 1; at 5 at 1 and 3; at 6 at 1, 3 and 5.
    expect(found("duplicate")).toEqual([(0.5 + (0.5 + 0.125) + (0.5 + 0.125 + 0.03125)) / 3, 3]);
    // At 3 it looks at 2; at 5 at 2 and 4; at 6 at 2 and 4, and not at itself, which follows the one at 5.
    expect(found("induction")).toEqual([Math.fround((0.25 + (0.25 + 0.0625) * 2) / 3), 3]);
  });

  it("scores a model with one stack on its own kind alone", () => {
    const source = { text: "", tokens: SOURCE };
    const attention = { encoder: oneHead(ENCODER), decoder: oneHead(ENCODER) };
    const scores = scoreRoles({ kind: "encoder", source, target: null, attention });
    expect(scores).toEqual(SCORES.filter(({ kind }) => kind === "encoder"));
  });

  it("refuses attention that is not of these tokens", () => {
    expect(() => scoreRoles(input(SOURCE.slice(1)))).toThrow(/encoder: attention of 5 queries/);
  });
});
