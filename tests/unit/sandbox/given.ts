/** A stored run as it is handed into the frame, and programs run on it without a frame. */
import { readFileSync } from "node:fs";
import type { Alignment } from "../../../src/engine/model.ts";
import { givenOf } from "../../../src/sandbox/given.ts";
import type { Call, GivenTrace, Report, Shown } from "../../../src/sandbox/protocol.ts";
import { carryOut } from "../../../src/sandbox/worker/run.ts";
import { decodeTrace, type StoredTrace } from "../../../src/stored/format.ts";

export const GOLD: Alignment = [[0], [2], [1], [3], [3], [4]];

export function storedRun(id: string) {
  return decodeTrace(JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8")) as StoredTrace);
}

export function given(id = "brown-dog", gold: Alignment | null = GOLD): GivenTrace {
  return givenOf(storedRun(id), gold);
}

/** Everything that a program reports. */
export function reportsOf(text: string, call: Call | null = null, traces = [given()]): Report[] {
  const reports: Report[] = [];
  carryOut({ run: 1, text, traces, call }, (report) => reports.push(report));
  return reports;
}

/** The value of a program's last expression, as shown. */
export function lastValue(text: string): Shown {
  const report = reportsOf(text).find(({ type }) => type === "value");
  if (report?.type !== "value") throw new Error(`no value: ${JSON.stringify(reportsOf(text))}`);
  return report.shown;
}

/** What a program failed with. */
export function faultOf(text: string) {
  const report = reportsOf(text).find(({ type }) => type === "fault");
  return report?.type === "fault" ? report.fault : null;
}
