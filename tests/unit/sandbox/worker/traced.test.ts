import { describe, expect, it } from "vitest";
import type { Tensor } from "../../../../src/engine/model.ts";
import { buffersOf, givenOf } from "../../../../src/sandbox/given.ts";
import { type Asked, type Attributed, type GivenTrace, LIMITS, type Report } from "../../../../src/sandbox/protocol.ts";
import { type Ask, questions } from "../../../../src/sandbox/worker/ask.ts";
import { carryOut } from "../../../../src/sandbox/worker/run.ts";
import { reportsOf, storedRun } from "../given.ts";

const WIDTH = 2;

/** `[token, width]`, each number its own place. */
function counted(tokens: number, from = 0): Tensor {
  return { data: Float32Array.from({ length: tokens * WIDTH }, (_, at) => from + at), shape: [tokens, WIDTH] };
}

const trace = storedRun("brown-dog");
const SOURCE = trace.source.tokens.length;
const READ = trace.target?.read.length ?? 0;
const gradients = {
  embeddings: { encoder: counted(SOURCE), decoder: counted(READ, 100) },
  gradients: { encoder: counted(SOURCE, 200), decoder: counted(READ, 300) },
};
const given = (): GivenTrace => givenOf(trace, { gradients });

const ANSWER: Attributed = {
  method: "occlusion",
  source: Array.from({ length: SOURCE }, (_, at) => at),
  target: Array.from({ length: READ }, (_, at) => -at),
  heads: null,
  value: 3,
  baseline: 1,
  runs: 12,
};

/** What a program does, with a model that answers the same to everything. */
async function ran(text: string, answer: Attributed = ANSWER) {
  const asked: Asked[] = [];
  const ask: Ask = async (_, what) => {
    asked.push(what);
    return answer;
  };
  const reports = await reportsOf(text, null, [given()], ask);
  const value = reports.find(({ type }) => type === "value");
  const fault = reports.find(({ type }) => type === "fault");
  return {
    asked,
    value: value?.type === "value" ? value.shown : null,
    fault: fault?.type === "fault" ? fault.fault : null,
  };
}

describe("embedding and gradient", () => {
  it("are lists of numbers by token, for both sides", async () => {
    const { value } = await ran("[embedding.source[1], embedding.target[0], gradient.source[0], gradient.target[1]]");
    expect(value).toMatchObject({
      table: {
        rows: [
          [2, 3],
          [100, 101],
          [200, 201],
          [302, 303],
        ].map((cells) => ({ cells })),
      },
    });
  });

  it("carry the names of their tokens into tables", async () => {
    const { value } = await ran("gradient.target");
    expect(value).toMatchObject({
      table: { rows: [{ name: "0 <pad>" }, { name: "1 Le" }, ...Array(READ - 2).fill({})] },
    });
  });

  it("are copies that leave the page's own numbers in place", () => {
    const copy = given();
    expect(buffersOf(copy)).toContain(copy.gradients?.gradients.encoder?.data.buffer);
    expect(copy.gradients?.gradients.encoder?.data.buffer).not.toBe(gradients.gradients.encoder.data.buffer);
  });

  it("are null where the page has none, and where they are too many", async () => {
    const many = { data: new Float32Array(LIMITS.gradients + 1), shape: [1, LIMITS.gradients + 1] };
    expect(givenOf(trace).gradients).toBeNull();
    expect(givenOf(trace, { gradients: { embeddings: { encoder: many }, gradients: {} } }).gradients).toBeNull();
    const [report] = await reportsOf("embedding === null && gradient === null");
    expect(report).toMatchObject({ shown: { text: "true" } });
  });

  it("are one list of a model with a single stack", async () => {
    const decoder = storedRun("brown-dog-decoder");
    const rows = counted(decoder.source.tokens.length);
    const alone = givenOf(decoder, { gradients: { embeddings: { decoder: rows }, gradients: { decoder: rows } } });
    const reports = await reportsOf("[embedding.source[1][0], gradient.target]", null, [alone]);
    expect(reports[0]).toMatchObject({ shown: { table: { rows: [{ cells: [2, "null"] }] } } });
  });
});

describe("attribute", () => {
  it("asks with its options and gives the scores, with the names of their tokens", async () => {
    const { asked, value } = await ran(
      'const s = await attribute("occlusion", { baseline: "mean", steps: 4 });\ns.source',
    );
    expect(asked).toEqual([{ method: "occlusion", options: { baseline: "mean", steps: 4 } }]);
    expect(value).toMatchObject({ table: { columns: expect.arrayContaining(["5 brown"]) } });
  });

  it("can be awaited one after the other, in a function, and by the last line alone", async () => {
    const { asked, value } = await ran(
      'const f = async (m) => (await attribute(m)).value;\nawait f("saliency");\nf("rollout")',
    );
    expect(asked.map(({ method }) => method)).toEqual(["saliency", "rollout"]);
    expect(value).toMatchObject({ text: "3" });
  });

  it.each([
    ["attribute()", /takes the name of a method first/],
    ['attribute("saliency", 3)', /takes options as/],
    ['attribute("saliency", { steps: [1] })', /the option steps is a number or a text/],
  ])("says what it cannot ask: %s", async (text, message) => {
    const { fault, asked } = await ran(`\nawait ${text}`);
    expect(fault).toMatchObject({ line: 2, message: expect.stringMatching(message) });
    expect(asked).toEqual([]);
  });
});

describe("questions", () => {
  it("are settled by the reply of their number; a refusal has the line that asked", async () => {
    const reports: Report[] = [];
    const { ask, reply } = questions((report) => {
      reports.push(report);
      if (report.type !== "ask") return;
      const answered =
        report.id === 1
          ? ({ ok: false, message: "the model is away" } as const)
          : ({ ok: true, value: ANSWER } as const);
      queueMicrotask(() => reply({ id: report.id, answered }));
      reply({ id: 99, answered });
    });
    const text = 'print((await attribute("a")).value);\n\nawait attribute("b");';
    await carryOut({ run: 1, text, traces: [given()], call: null }, (report) => reports.push(report), ask);
    expect(reports.map(({ type }) => type)).toEqual(["ask", "shown", "ask", "fault", "done"]);
    expect(reports[3]).toMatchObject({ fault: { line: 3, message: "Error: the model is away" } });
  });

  it("end at so many in a run, in the reader's own line, even where the code never waits", async () => {
    const reports: Report[] = [];
    const send = (report: Report): void => {
      reports.push(report);
    };
    const order = { run: 1, text: '\nfor (;;) attribute("saliency");', traces: [given()], call: null };
    await carryOut(order, send, questions(send).ask);
    expect(reports.filter(({ type }) => type === "ask")).toHaveLength(LIMITS.asks);
    expect(reports.at(-2)).toMatchObject({ fault: { line: 2, message: expect.stringMatching(/24 times/) } });
  });
});
