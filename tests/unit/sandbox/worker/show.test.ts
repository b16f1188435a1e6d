import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../../src/sandbox/protocol.ts";
import { lastValue, reportsOf } from "../given.ts";

async function shownBy(text: string) {
  return (await reportsOf(text)).flatMap((report) => (report.type === "shown" ? [report.shown] : []));
}

describe("print", () => {
  it("joins short values and gives each list a table", async () => {
    const shown = await shownBy('print("a", 1 / 3, true); print("b", [1, 2], "c")');
    expect(shown.map((item) => (item.type === "text" ? item.text : item.type))).toEqual([
      "a 0.33333 true",
      "b",
      "table",
      "c",
    ]);
  });

  it("shows a head as a table with its tokens", async () => {
    const shown = await lastValue("attention.cross[0][1]");
    expect(shown).toMatchObject({ type: "table", table: { more: "" } });
    if (shown.type !== "table") return;
    expect(shown.table.columns.slice(4, 7)).toEqual(["4 The", "5 brown", "6 dog"]);
    expect(shown.table.rows[1]?.name).toBe("1 chien");
    const sum = shown.table.rows[1]?.cells.reduce((total: number, cell) => total + Number(cell), 0);
    expect(sum).toBeCloseTo(1, 3);
  });

  it("says of a deep list what shape it has", async () => {
    expect(await lastValue("attention.encoder")).toMatchObject({ text: expect.stringMatching(/\[3, 4, 10, 10\]/) });
  });

  it("shows tokens and other objects by their fields", async () => {
    expect(await lastValue("tokens.written")).toMatchObject({
      table: { columns: expect.arrayContaining(["text", "piece"]) },
    });
    expect(await lastValue("model")).toMatchObject({ text: expect.stringMatching(/encoder: 3.*heads: 4/) });
  });

  it("cuts what is too long, and says so", async () => {
    const [long, wide, many] = await shownBy(
      'print("x".repeat(1e6)); print(Array.from({ length: 1e5 }, (_, i) => i)); print(Array.from({ length: 500 }, () => [1]))',
    );
    expect(long).toMatchObject({ text: expect.stringMatching(/996000 characters more$/) });
    expect(wide).toMatchObject({ table: { more: "99960 columns more, not shown" } });
    expect(many).toMatchObject({ table: { more: "440 rows more, not shown" } });
  });

  it("stops after so many things, and says so", async () => {
    const shown = await shownBy("for (let i = 0; i < 1e5; i++) print(i)");
    expect(shown).toHaveLength(LIMITS.shown);
    expect(shown.at(-1)).toMatchObject({ text: expect.stringMatching(/^Cut here/) });
  });

  it("is what console.log is, too", async () => {
    expect(await shownBy("console.log(1, 2)")).toEqual([{ type: "text", text: "1 2" }]);
  });
});

describe("plot", () => {
  it("sends numbers and names out", async () => {
    expect(await shownBy("plot([3, 1], { labels: ['a', 'b'], title: 't' })")).toEqual([
      {
        type: "plot",
        plot: { kind: "bars", values: [[3, 1]], columns: ["a", "b"], rows: [], title: "t", more: "" },
      },
    ]);
    expect(await shownBy("plot(attention.cross[0][1])")).toMatchObject([
      { plot: { kind: "matrix", rows: { length: 7 } } },
    ]);
    expect(await shownBy("plot(attention.cross[0][1][2], { kind: 'line' })")).toMatchObject([
      { plot: { kind: "line", columns: expect.arrayContaining(["dog"]) } },
    ]);
  });

  it("refuses what it cannot draw", async () => {
    const fault = async (text: string) => (await reportsOf(text)).find(({ type }) => type === "fault");
    expect(await fault("plot(3)")).toMatchObject({ fault: { message: expect.stringMatching(/takes a list/) } });
    expect(await fault("plot(['a'])")).toMatchObject({ fault: { message: expect.stringMatching(/takes numbers/) } });
    expect(await fault("plot([1], { kind: 'pie' })")).toMatchObject({
      fault: { message: expect.stringMatching(/bars, line/) },
    });
  });
});
