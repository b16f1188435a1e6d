import { describe, expect, it } from "vitest";
import type { Block } from "../../../../src/engine/attention/blocks.ts";
import { readConllu } from "../../../../src/engine/attention/conllu.ts";
import { relationShares, treebankWords } from "../../../../src/engine/attention/dependency.ts";
import type { AttentionKind, Token } from "../../../../src/engine/model.ts";
import { heads, special, token } from "../../../helpers/tokens.ts";

/** "The old dog didn't run": *dog* has two dependants of one kind when *old* and *The* are both called det. */
const SENTENCE = only(
  readConllu(
    [
      "# text = The old dog didn't run",
      "1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_",
      "2\told\told\tADJ\tJJ\t_\t3\tdet\t_\t_",
      "3\tdog\tdog\tNOUN\tNN\t_\t6\tnsubj\t_\t_",
      "4\tdid\tdo\tAUX\tVBD\t_\t6\taux\t_\tSpaceAfter=No",
      "5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_",
      "6\trun\trun\tVERB\tVB\t_\t0\troot\t_\t_",
    ].join("\n"),
  ),
);

/** As a tokenizer may cut it: *dog* in two, *didn't* in one. An instruction of four characters stands in front. */
const SHIFT = 4;
const TOKENS: readonly Token[] = [
  special("[CLS]"),
  at("To:", 0, 3, { instruction: true }),
  ...[at("The", 4, 7), at("old", 8, 11), at("d", 12, 13), at("og", 13, 15), at("didn't", 16, 22), at("run", 23, 26)],
  special("[SEP]"),
];

function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error("expected one");
  return first;
}

function at(text: string, start: number, end: number, rest: Partial<Token> = {}): Token {
  return { ...token(text, 0), start, end, ...rest };
}

/** Rows of attention that put a tenth on every token and the rest as told, by row and column. */
function matrix(most: Readonly<Record<number, Readonly<Record<number, number>>>>): number[][] {
  return TOKENS.map((_, query) => TOKENS.map((_, key) => 0.1 + (most[query]?.[key] ?? 0)));
}

function block(kind: AttentionKind, ...matrices: number[][][]): Block {
  return { kind, queries: TOKENS, keys: TOKENS, attention: heads(...matrices) };
}

function scores(kind: AttentionKind, ...matrices: number[][][]) {
  return new Map(relationShares(block(kind, ...matrices), SENTENCE, SHIFT).map((each) => [each.measure, each]));
}

describe("treebankWords", () => {
  it("gives each token the word that it shares most characters with", () => {
    expect(treebankWords(TOKENS, SENTENCE.words, SHIFT)).toEqual([-1, -1, 0, 1, 2, 2, 3, 5, -1]);
  });
});

describe("relationShares", () => {
  const first = matrix({
    0: { 2: 9 },
    // Special tokens, the instruction and the word itself do not compete.
    2: { 0: 9, 1: 9, 2: 9, 3: 1 },
    3: { 3: 9, 5: 1 },
    // dog's two rows together: 1.0 on old, 0.9 on run.
    4: { 3: 1 },
    5: { 7: 0.9, 8: 9 },
    6: { 7: 1 },
    // Two pieces of dog have 0.7 together, more than old's 0.6.
    7: { 3: 0.5, 4: 0.3, 5: 0.2 },
  });
  const second = matrix({ 2: { 5: 1 }, 3: { 2: 1 }, 4: { 7: 1 }, 5: { 7: 1 }, 6: { 2: 1 }, 7: { 6: 1 } });
  const found = scores("encoder", first, second);
  const shares = (measure: string) => [...(found.get(measure as never)?.values ?? [])];

  it("counts strongest links that go to the head", () => {
    // Of The and old, head 0 links old to dog, head 1 links The to it.
    expect(shares("head:det")).toEqual([0.5, 0.5]);
    expect(found.get("head:det")?.rows).toBe(2);
    // Head 0: dog's mean row has 0.6 on old and 0.55 on run.
    expect(shares("head:nsubj")).toEqual([0, 1]);
    expect(shares("head:aux")).toEqual([1, 0]);
  });

  it("counts strongest links that go to any of the dependants", () => {
    expect(shares("dependant:det")).toEqual([1, 0]);
    expect(found.get("dependant:det")?.rows).toBe(1);
    // Head 0: run looks at dog with its two pieces (0.7), not at old (0.6).
    expect(shares("dependant:nsubj")).toEqual([1, 0]);
    expect(shares("dependant:aux")).toEqual([0, 1]);
  });

  it("leaves out the root, and words without a token of their own", () => {
    expect([...found.keys()].filter((measure) => /root|advmod/.test(measure))).toEqual([]);
  });

  it("says how often each offset would be right", () => {
    expect(found.get("head:det")?.offsets).toEqual(
      new Map([
        [2, 0.5],
        [1, 0.5],
      ]),
    );
    expect(found.get("dependant:det")?.offsets).toEqual(
      new Map([
        [-2, 1],
        [-1, 1],
      ]),
    );
  });

  it("judges only links to earlier words in a decoder", () => {
    const seen = scores("decoder", first);
    expect([...seen.keys()].sort()).toEqual(["dependant:aux", "dependant:det", "dependant:nsubj"]);
    // dog looks at run more than at old, but does not see it.
    const later = scores("decoder", matrix({ 4: { 7: 5, 3: 1 }, 5: { 7: 5 } }));
    expect([...(later.get("dependant:det")?.values ?? [])]).toEqual([1]);
  });
});
