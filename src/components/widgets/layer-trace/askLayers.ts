/** From a reader's question to the answer: every layer's states, and two methods on attention for the same outputs. */
import type { Attribution, LayerAttribution, MethodId, TokenAttribution } from "../../../engine/attribute.ts";
import type { Cost } from "../../../engine/gradient.ts";
import type { AnyTrace, Family } from "../../../engine/model.ts";
import { decodeAttribution } from "../../../stored/attribution.ts";
import { decodeTrace } from "../../../stored/format.ts";
import { checkedLayers, type StoredLayers } from "../../../stored/layers.ts";
import { requestOf, targetsOf } from "../../views/attribution/askAttribution.ts";
import type { StudyClient, Tell } from "../../views/attribution/liveStudy.ts";
import { PLAIN, type Question, readQuestion } from "../../views/attribution/question.ts";
import type { Outcome } from "../../views/figure/liveClient.ts";

/** What the figure shows. */
export interface Layered {
  readonly trace: AnyTrace;
  readonly layers: LayerAttribution;
  readonly attention: TokenAttribution;
  readonly rollout: TokenAttribution;
}

/** In the order in which they are asked for. */
export const LAYER_METHODS = ["layer-input-x-gradient", "attention-x-gradient", "rollout"] as const;

/** Asks a model: one run, and three studies of it. */
export async function askLayers(
  client: StudyClient,
  channel: string,
  question: Question,
  tell: Tell,
): Promise<Outcome<Layered>> {
  const { source, target, follow } = question;
  const watched = client.modelInfo.family === "decoder" && follow !== "" ? { watch: [follow] } : {};
  const traced = await client.trace({ source, target, ...watched }, channel);
  if (!traced.ok) return traced;
  const trace = traced.value;
  const targets = await targetsOf(client, question, trace);
  if (!targets.ok) return targets;
  const found: Attribution[] = [];
  for (const [at, method] of LAYER_METHODS.entries()) {
    const request = requestOf({ ...question, method }, trace, targets.value);
    const study = await client.study({ job: "attribution", ...request }, channel, ({ done, total }) =>
      tell({ done: at * total + done, total: LAYER_METHODS.length * total }),
    );
    if (!study.ok) return study;
    found.push(study.value);
  }
  return { ok: true, value: layeredOf(trace, found) };
}

function layeredOf(trace: AnyTrace, found: readonly Attribution[]): Layered {
  const [layers, attention, rollout] = found;
  if (layers?.of !== "layers" || attention?.of !== "tokens" || rollout?.of !== "tokens")
    throw new RangeError(`expected the answers of ${LAYER_METHODS.join(", ")}`);
  return { trace, layers, attention, rollout };
}

/** What all three cost together. */
export function costOf({ layers, attention, rollout }: Layered): Cost {
  const all = [layers.cost, attention.cost, rollout.cost];
  const sum = (of: (cost: Cost) => number) => all.reduce((total, cost) => total + of(cost), 0);
  return {
    forward: sum(({ forward }) => forward),
    backward: sum(({ backward }) => backward),
    milliseconds: sum(({ milliseconds }) => milliseconds),
  };
}

/** The question as it is asked, from what the reader has chosen: all outputs of an encoder–decoder at once. */
export function questionOf(chosen: Question, family: Family): Question {
  const method: MethodId = LAYER_METHODS[0];
  return {
    ...PLAIN,
    method,
    source: chosen.source,
    target: family === "encoder-decoder" ? chosen.target : null,
    follow: family === "decoder" ? chosen.follow.trim() : "",
    to: family === "encoder" ? chosen.to : "",
  };
}

/** What is stored of a model, by question. */
export function storedAnswers(stored: StoredLayers, family: Family) {
  const { question, start, run, answers } = checkedLayers(stored);
  const read = (fields: object) => readQuestion(new Map(Object.entries(fields)), PLAIN);
  const keyOf = (asked: Question) => JSON.stringify(asked);
  const places = new Map(
    answers.map(({ question: own }, at) => [keyOf(questionOf(read({ ...question, ...own }), family)), at]),
  );
  const trace = decodeTrace(run);
  const known = new Map<number, Layered>();
  const find = (asked: Question): Layered | null => {
    const at = places.get(keyOf(asked));
    const answer = at === undefined ? undefined : answers[at];
    if (at === undefined || !answer) return null;
    const { layers, attention, rollout } = answer;
    const found = known.get(at) ?? layeredOf(trace, [layers, attention, rollout].map(decodeAttribution));
    known.set(at, found);
    return found;
  };
  return { first: read({ ...question, ...start }), find };
}
