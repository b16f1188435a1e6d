import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/sandbox/protocol.ts";
import { readReport } from "../../../src/sandbox/read.ts";
import { reportsOf } from "./given.ts";

const MANY = Array.from({ length: LIMITS.options + 1 }, (_, at) => [`option${at}`, at]);

describe("reports from a frame", () => {
  it("come through unchanged when they are as agreed", async () => {
    const text = 'print("a", [1]); plot(attention.cross[0][1]); function f() { return [1, [2]]; }\n3';
    const reports = await reportsOf(text, { function: "f", given: [[]] });
    expect(reports.length).toBeGreaterThan(5);
    for (const report of reports) expect(readReport({ run: 4, report }, 4)).toEqual(report);
  });

  it("of another run are dropped", () => {
    expect(readReport({ run: 3, report: { type: "done" } }, 4)).toBeNull();
  });

  it.each([
    null,
    "done",
    [],
    { run: 4 },
    { run: 4, report: { type: "right" } },
    { run: 4, report: { type: "shown", shown: { type: "html", html: "<b>" } } },
    { run: 4, report: { type: "shown", shown: { type: "text", text: 3 } } },
    { run: 4, report: { type: "shown", shown: { type: "table", table: { columns: ["a"], rows: [{}], more: "" } } } },
    { run: 4, report: { type: "shown", shown: { type: "plot", plot: { kind: "bars", values: [["1"]] } } } },
    { run: 4, report: { type: "returned", trace: "0", returned: { ok: true, value: 1 } } },
    { run: 4, report: { type: "returned", trace: 0, returned: { ok: true, value: () => 1 } } },
    { run: 4, report: { type: "ask", id: 0, trace: 0, asked: { method: 3, options: {} } } },
    { run: 4, report: { type: "ask", id: 0, trace: 0, asked: { method: "saliency", options: { steps: [1] } } } },
    {
      run: 4,
      report: { type: "ask", id: 0, trace: 0, asked: { method: "saliency", options: Object.fromEntries(MANY) } },
    },
  ])("of another form are dropped: %j", (value) => {
    expect(readReport(value, 4)).toBeNull();
  });

  it("are cut to size", () => {
    const text = "x".repeat(100_000);
    const report = readReport({ run: 4, report: { type: "fault", fault: { message: text, line: 1 } } }, 4);
    expect(report).toEqual({ type: "fault", fault: { message: text.slice(0, LIMITS.text), line: 1 } });
  });
});
