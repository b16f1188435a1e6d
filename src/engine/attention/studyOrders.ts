import type { AnyTrace, HeadRef, Model, RunRequest } from "../model.ts";
import type { HeadOrders, StudyRequest } from "../study.ts";
import { METRICS, type Metric, targetOf } from "./metrics.ts";
import { type Pace, paceOf, type StudyTools } from "./studyTools.ts";

type Request = Extract<StudyRequest, { job: "orders" }>;

/**
 * Switches heads off one after the other, in given orders, and says after how many of them how far the answer still stands.
 * Sets of heads that several orders come to (none, all) are run once. The mean runs over prompts.
 */
export async function studyOrders(
  model: Model,
  { prompts, fill, orders, steps }: Omit<Request, "job">,
  tools: StudyTools,
): Promise<HeadOrders> {
  const metric = METRICS[model.info.family];
  const pace = paceOf(tools, prompts.length * orders.length * steps.length);
  const values = orders.map(() => steps.map(() => 0)); // [order][step]

  for (const prompt of prompts) {
    const request = { ...metric.request(prompt, await targetOf(model, prompt)), fill };
    const shares = await sharesOf(model, metric, request, pace);
    for (const [at, order] of orders.entries()) {
      const row = values[at] ?? [];
      for (const [place, step] of steps.entries()) {
        row[place] = (row[place] ?? 0) + (await shares(order.slice(0, step))) / prompts.length;
      }
    }
  }
  return { model: model.info.id, share: metric.shareName, steps, values, prompts: prompts.length };
}

/** Measures the model without some heads; the same heads once. */
async function sharesOf(model: Model, metric: Metric, request: RunRequest, pace: Pace) {
  const whole: AnyTrace = await model.trace(request);
  const known = new Map([["", metric.share(whole, whole)]]);
  return async (off: readonly HeadRef[]): Promise<number> => {
    const key = keyOf(off);
    const share = known.get(key) ?? metric.share(await model.trace({ ...request, off }), whole);
    known.set(key, share);
    await pace.ran();
    return share;
  };
}

function keyOf(heads: readonly HeadRef[]): string {
  return heads
    .map(({ kind, layer, head }) => `${kind}.${layer}.${head}`)
    .sort()
    .join(" ");
}
