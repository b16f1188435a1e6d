import { readFileSync } from "node:fs";
import { answeringOf } from "../../src/components/exercises/code/answering.ts";
import { compared } from "../../src/components/exercises/code/compared.ts";
import { askModel } from "../../src/components/exercises/code/said.ts";
import { callOf, type Trial, wantedOf } from "../../src/components/exercises/code/tasks.ts";
import type { Evidence, Tracing } from "../../src/components/exercises/evidence.ts";
import { followedIn } from "../../src/components/exercises/tracing/followed.ts";
import type { CodeCase, Keys } from "../../src/components/exercises/types.ts";
import { givenOf } from "../../src/sandbox/given.ts";
import type { Fault, Returned } from "../../src/sandbox/protocol.ts";
import type { Ask } from "../../src/sandbox/worker/ask.ts";
import { carryOut } from "../../src/sandbox/worker/run.ts";
import { decodeTrace, type StoredTrace } from "../../src/stored/format.ts";

/**
 * Runs a reader's program on the cases of an exercise, without a frame: what the page then judges.
 *
 * @param tracing the model that tasks on attributions ask
 */
export async function runCode(
  text: string,
  { task, cases }: Keys["code"],
  tracing: Tracing | null = null,
): Promise<Evidence> {
  const trials: Trial[] = [];
  for (const one of cases) trials.push(await trialOf(task, one, tracing));
  const returned: Returned[] = [];
  let fault: Fault | null = null;
  const traces = trials.map(({ trace, one, said }) =>
    givenOf(trace, { gold: one.gold ?? null, gradients: said?.gradient ?? null }),
  );
  const order = { run: 1, text, traces, call: callOf(task, cases) };
  await carryOut(
    order,
    (report) => {
      if (report.type === "returned") returned[report.trace] = report.returned;
      if (report.type === "fault") fault = report.fault;
    },
    askOf(trials, tracing),
  );
  const runs = compared(task, trials, { returned, fault });
  const [first] = trials;
  if (!first) throw new Error("an exercise in code needs a run");
  return { figure: "test", trace: first.trace, live: false, focus: null, code: { text, runs, inFigure: true } };
}

async function trialOf(task: Keys["code"]["task"], one: CodeCase, tracing: Tracing | null): Promise<Trial> {
  const trace = storedRun(one.run);
  const wanted = wantedOf(task, one);
  if (!wanted) return { trace, one, said: null };
  const followed = followedIn(trace, { target: one.word });
  if (!tracing || !followed) throw new Error(`the case ${one.run} has no output ${one.word}, or no model to ask`);
  const said = await askModel(tracing, followed, wanted);
  if (!said.ok) throw new Error(said.message);
  return { trace, one, said: said.value };
}

function askOf(trials: readonly Trial[], tracing: Tracing | null): Ask {
  const asking = trials.map(({ trace, said }) => ({ trace, followed: said?.followed ?? null }));
  const answering = answeringOf(tracing, asking);
  return async (trace, asked) => {
    const answered = await answering?.answer(trace, asked);
    if (answered?.ok) return answered.value;
    throw new Error(answered?.message ?? "nobody answers");
  };
}

export function storedRun(id: string) {
  return decodeTrace(JSON.parse(readFileSync(`src/stored/${id}.json`, "utf8")) as StoredTrace);
}
