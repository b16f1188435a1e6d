/** One question, answered by itself and, where a word stands against it, once more with that word's number taken off. */
import type { Cost } from "../../../engine/gradient.ts";
import { type Answered, askAttribution } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import type { Question } from "../../views/attribution/question.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";

/** What the figure shows. */
export interface Pair {
  readonly plain: Answered;
  /** Null where no word stands against the followed one. */
  readonly contrast: Answered | null;
}

/** Asks for both, one after the other. */
export async function askPair(
  client: StudyClient,
  channel: string,
  question: Question,
  tell: Tell,
): Promise<Outcome<Pair>> {
  const both = question.against.trim() !== "";
  let first = 0;
  const plain = await askAttribution(client, channel, { ...question, against: "" }, ({ done, total }) => {
    first = total;
    tell({ done, total: both ? 2 * total : total });
  });
  if (!plain.ok) return plain;
  if (!both) return { ok: true, value: { plain: plain.value, contrast: null } };
  const contrast = await askAttribution(client, channel, question, ({ done, total }) =>
    tell({ done: first + done, total: first + total }),
  );
  return contrast.ok ? { ok: true, value: { plain: plain.value, contrast: contrast.value } } : contrast;
}

/** What both cost together. */
export function pairCost({ plain, contrast }: Pair): Cost {
  const [one, other] = [plain.attribution.cost, contrast?.attribution.cost];
  return {
    forward: one.forward + (other?.forward ?? 0),
    backward: one.backward + (other?.backward ?? 0),
    milliseconds: one.milliseconds + (other?.milliseconds ?? 0),
  };
}
