import { describe, expect, it } from "vitest";
import { type RoleInput, scoreRoles } from "../../../../src/engine/attention/roles.ts";
import type { AttentionKind, Role, Token } from "../../../../src/engine/model.ts";
import { oneHead, special, token } from "../../../helpers/tokens.ts";

const START = special("<pad>");
const END = special("</s>");
/** Source: an instruction (a colon), two words, a full stop and the end. Target: a word and a full stop. */
const SOURCE = [token(":", 0, { instruction: true }), token("red", 1), token("cat", 2), token(".", 3), END];
const WRITTEN = [token("chat", 0), token(".", 1), END];
const READ = [START, token("chat", 0), token(".", 1)];

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
    const bare = [token("the", 0), token("red", 1), token("cat", 2), token("ran", 3), END];
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

  it("refuses attention that is not of these tokens", () => {
    expect(() => scoreRoles(input(SOURCE.slice(1)))).toThrow(/encoder: attention of 5 queries/);
  });
});
