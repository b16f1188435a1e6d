/** A model as the figure offers it: what is stored of it, and its live walks. */
import { signal } from "@preact/signals";
import { checkedIg, decodeWalk, type StoredIg } from "../../../stored/ig.ts";
import { liveStudy, type StudyClient } from "../../views/attribution/liveStudy.ts";
import { askWalk, type Found, followedText } from "./askWalk.ts";
import { FIRST, type IgQuestion, type Rule } from "./igQuestion.ts";
import type { Offer } from "./state.ts";
import { walkOf } from "./walk.ts";

/** With more weights than this, only the button runs a model. */
const LIGHT = 40_000_000;
/** So many steps follow a change by themselves. */
const QUICK = 64;

export interface OfferOptions {
  readonly client: StudyClient;
  readonly channel: string;
  readonly stored: StoredIg;
  readonly absent: boolean;
}

export function offerOf({ client, channel, stored, absent }: OfferOptions): Offer {
  const { text, gaps, curves } = checkedIg(stored);
  const question = signal<IgQuestion>({ ...FIRST, ...text });
  const known = knownWalks(stored, question.peek());
  const light = client.modelInfo.bytes < LIGHT;
  return {
    info: client.modelInfo,
    question,
    study: liveStudy<IgQuestion, Found>({
      client,
      channel,
      question,
      absent,
      stored: (asked) => known.get(JSON.stringify(asked)) ?? null,
      work: (asked, tell) => askWalk(client, channel, asked, tell),
      // Whoever has the model at work sees the next walk at once; nothing is downloaded for it.
      follows: ({ steps }) =>
        client.modelStatus.peek().phase === "live" && light && steps !== "adaptive" && steps <= QUICK,
      offer: "Walk it live",
    }),
    gaps,
    curves,
  };
}

/** Stored walks by their questions. */
function knownWalks(stored: StoredIg, first: IgQuestion): ReadonlyMap<string, Found> {
  const { target, predictions } = stored;
  const written = target?.written ?? null;
  const followed = followedText(first, written, predictions);
  return new Map(
    stored.walks.map((each) => {
      const { baseline, rule, places } = each;
      const start = { kind: baseline } as IgQuestion["baseline"];
      const asked: IgQuestion = { ...first, baseline: start, rule: rule as Rule, steps: places.length };
      const walk = walkOf(decodeWalk(stored, each));
      return [JSON.stringify(asked), { walk, followed, written, predictions, trace: null }] as const;
    }),
  );
}
