/** A stored run as it is handed into the frame, and programs run on it without a frame. */
import { readFileSync } from "node:fs";
import type { Alignment } from "../../../src/engine/model.ts";
import { givenOf } from "../../../src/sandbox/given.ts";
import type { Call, GivenTrace, Report, Shown } from "../../../src/sandbox/protocol.ts";
import type { Ask } from "../../../src/sandbox/worker/ask.ts";
import { carryOut } from "../../../src/sandbox/worker/run.ts";
import { decodeTrace, type StoredTrace } from "../../../src/stored/format.ts";

export const GOLD: Alignment = [[0], [2], [1], [3], [3], [4]];

export function storedRun(id: string) {
  return decodeTrace(JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8")) as StoredTrace);
}

export function given(id = "brown-dog", gold: Alignment | null = GOLD): GivenTrace {
  return givenOf(storedRun(id), { gold });
}

/** Everything that a program reports. */
export async function reportsOf(
  text: string,
  call: Call | null = null,
  traces = [given()],
  ask: Ask = unasked,
): Promise<Report[]> {
  const reports: Report[] = [];
  await carryOut({ run: 1, text, traces, call }, (report) => reports.push(report), ask);
  return reports;
}

/** For programs that have nothing to ask. */
const unasked: Ask = () => {
  throw new Error("nobody was to be asked");
};

/** The value of a program's last expression, as shown. */
export async function lastValue(text: string): Promise<Shown> {
  const reports = await reportsOf(text);
  const report = reports.find(({ type }) => type === "value");
  if (report?.type !== "value") throw new Error(`no value: ${JSON.stringify(reports)}`);
  return report.shown;
}

/** What a program failed with. */
export async function faultOf(text: string) {
  const report = (await reportsOf(text)).find(({ type }) => type === "fault");
  return report?.type === "fault" ? report.fault : null;
}
