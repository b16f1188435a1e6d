/** One output of one text, explained by two methods. */
import type { Cost } from "../../../engine/gradient.ts";
import { type Answered, askAttribution } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";
import { type Asked, questionsOf } from "./asked.ts";

export interface Pair {
  readonly first: Answered;
  readonly second: Answered;
}

/** Asks both methods, one after the other. */
export async function askPair(client: StudyClient, channel: string, asked: Asked, tell: Tell): Promise<Outcome<Pair>> {
  const [one, other] = questionsOf(asked);
  let known = 0;
  const first = await askAttribution(client, channel, one, (progress) => {
    known = progress.total;
    tell(progress);
  });
  if (!first.ok) return first;
  const second = await askAttribution(client, channel, other, ({ done, total }) =>
    tell({ done: known + done, total: known + total }),
  );
  return second.ok ? { ok: true, value: { first: first.value, second: second.value } } : second;
}

/** What both cost together. */
export function pairCost({ first, second }: Pair): Cost {
  const [one, other] = [first.attribution.cost, second.attribution.cost];
  return {
    forward: one.forward + other.forward,
    backward: one.backward + other.backward,
    milliseconds: one.milliseconds + other.milliseconds,
  };
}
