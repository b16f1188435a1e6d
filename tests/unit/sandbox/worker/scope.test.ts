import { describe, expect, it } from "vitest";
import { alignmentScore } from "../../../../src/engine/attention/alignment.ts";
import { distance } from "../../../../src/engine/attention/distance.ts";
import { entropy } from "../../../../src/engine/attention/entropy.ts";
import { specialWeight } from "../../../../src/engine/attention/specialWeight.ts";
import { NAMES } from "../../../../src/sandbox/names.ts";
import type { Plain } from "../../../../src/sandbox/protocol.ts";
import { scopeOf } from "../../../../src/sandbox/worker/scope.ts";
import { GOLD, given, reportsOf, storedRun } from "../given.ts";

/** What an expression is, taken out by way of a function's return. */
async function takenOut(expression: string): Promise<Plain> {
  const call = { function: "f", given: [[]] };
  const report = (await reportsOf(`function f() { return ${expression}; }`, call)).find(
    ({ type }) => type === "returned",
  );
  if (report?.type !== "returned" || !report.returned.ok) throw new Error(JSON.stringify(report));
  return report.returned.value;
}

function near(found: Plain, expected: ArrayLike<number>): void {
  const numbers = (found as number[]).flat(Number.POSITIVE_INFINITY);
  expect(numbers).toHaveLength(expected.length);
  for (const [at, value] of numbers.entries()) expect(value).toBeCloseTo(expected[at] ?? Number.NaN, 5);
}

const { attention, target, source } = storedRun("brown-dog");
const { cross } = attention;
if (!cross || target === null) throw new Error("the stored run is not the translator's");

describe("the names in reach", () => {
  it("are those that the editor offers", async () => {
    expect(Object.keys(scopeOf(given(), { show: () => {}, index: 0, ask: () => Promise.reject() }).values)).toEqual(
      Object.keys(NAMES),
    );
  });

  it("read attention as [layer][head][query][key]", async () => {
    near(await takenOut("attention.cross[2][1]"), cross.data.subarray((2 * 4 + 1) * 70, (2 * 4 + 2) * 70));
    expect(await takenOut("[attention.cross.length, attention.cross[0].length]")).toEqual([3, 4]);
  });

  it("measure as the engine does", async () => {
    near(await takenOut("entropy(attention.cross)"), entropy(cross).data);
    near(await takenOut("distance(attention.encoder)"), distance(attention.encoder ?? cross).data);
    near(await takenOut("specialWeight(attention.cross, tokens.source)"), specialWeight(cross, source.tokens).data);
    const scores = alignmentScore(cross, target.written, source.tokens, GOLD).values.data;
    near(await takenOut("attention.cross.map((heads) => heads.map(alignmentAgreement))"), scores);
    expect(await takenOut("[argmax([1, 3, 3]), argmax([]), mean([1, 2, 6]), spearman([1, 2, 3], [3, 2, 1])]")).toEqual([
      1, -1, 3, -1,
    ]);
  });

  it("let the agreement be computed by hand, word by word", async () => {
    const byHand = `attention.cross.map((heads) => heads.map((head) => {
      const rows = byWord(head);
      return rows.filter((row, i) => gold[i].includes(argmax(row))).length / rows.length;
    }))`;
    near(await takenOut(byHand), alignmentScore(cross, target.written, source.tokens, GOLD).values.data);
  });

  it("cannot be written to", async () => {
    for (const write of [
      "tokens.source[0].text = 'x'",
      "attention.cross = 1",
      "gold[0][0] = 9",
      "attention.cross[0][0].sort()",
    ]) {
      expect(
        (await reportsOf(write)).some(({ type }) => type === "fault"),
        write,
      ).toBe(true);
    }
  });
});

describe("a call of the reader's function", () => {
  const call = {
    function: "f",
    given: [
      [{ value: "a" }, { name: "tokens" }],
      [{ value: "b" }, { name: "tokens" }],
    ],
  };

  it("is made on every run, with that run's own values in reach", async () => {
    const traces = [given(), given("white-cat", null)];
    const reports = await reportsOf(
      "function f(x, t) { return [x, t.source.length, tokens.source.length]; }\nprint(1)",
      call,
      traces,
    );
    const returned = reports.flatMap((report) => (report.type === "returned" ? [report.returned] : []));
    expect(returned).toEqual([
      { ok: true, value: ["a", 10, 10] },
      { ok: true, value: ["b", 11, 11] },
    ]);
    expect(reports.filter(({ type }) => type === "shown")).toHaveLength(1);
  });

  it("is made even where a line that tries it out breaks off", async () => {
    const text =
      "const f = (x) => x;\nprint(tokens.source.find((token) => token.text === 'brown').id)\nfunction g() {}";
    const reports = await reportsOf(text, call, [given(), given("white-cat", null)]);
    const returned = reports.flatMap((report) => (report.type === "returned" ? [report.returned] : []));
    expect(returned).toEqual([
      { ok: true, value: "a" },
      { ok: true, value: "b" },
    ]);
    expect(reports.some(({ type }) => type === "fault")).toBe(false);
    const late = await reportsOf("null.x;\nconst f = () => 1;", call, [given()]);
    expect(late).toMatchObject([{ type: "fault", fault: { line: 1 } }, { returned: { ok: false } }, { type: "done" }]);
  });

  it("says what it cannot take", async () => {
    const fault = async (text: string) =>
      (await reportsOf(text, { ...call, given: [[]] })).find(({ type }) => type === "returned");
    const failed = (message: RegExp) => ({
      returned: { ok: false, fault: { message: expect.stringMatching(message) } },
    });
    expect(await fault("1")).toMatchObject(failed(/function f is not there/));
    expect(await fault("const f = 3")).toMatchObject(failed(/not there/));
    expect(await fault("function f() { return () => 1; }")).toMatchObject(failed(/holds a function/));
    expect(await fault("function f() { return new Array(1e9); }")).toMatchObject(failed(/more than/));
    expect(await fault("function f() { const a = []; a.push(a); return a; }")).toMatchObject(failed(/deep/));
  });
});
