import { describe, expect, it } from "vitest";
import { askAttribution } from "../../../../../src/components/views/attribution/askAttribution.ts";
import { PLAIN, type Question } from "../../../../../src/components/views/attribution/question.ts";
import type { AnyTrace } from "../../../../../src/engine/model.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { smallTextTrace, smallTrace, tokensOf } from "../../../../helpers/traces.ts";

/** Asks a model whose run is given; answers with what the model was asked. */
async function asked(model: string, question: Partial<Question>, trace: AnyTrace, words: readonly string[] = []) {
  const { client, asked: requests } = fakeStudyClient(aboutModel(model).info);
  client.tokenize = async () => ({
    ok: true,
    value: tokensOf(words).map((token) => ({ ...token, id: token.id + 90 })),
  });
  const answer = askAttribution(client, "figure", { ...PLAIN, source: "text", ...question }, () => {});
  requests[0]?.answer({ ok: true, value: trace });
  await new Promise((go) => setTimeout(go));
  requests[1]?.answer({ ok: true, value: "attribution" });
  return { trace: requests[0]?.request, study: requests[1]?.request as Record<string, unknown>, answer: await answer };
}

const written = smallTrace().target.written;

describe("from a question to a study", () => {
  it("follows every written token of an encoder–decoder, and reads them as the run wrote them", async () => {
    const { study, answer } = await asked("translator-en-fr", {}, smallTrace());
    expect(study).toMatchObject({ job: "attribution", run: { source: "text", target: smallTrace().target.text } });
    expect(study.targets).toEqual(written.map(({ id }, row) => ({ kind: "token", scale: "logit", row, id })));
    expect(answer).toEqual({ ok: true, value: { attribution: "attribution", trace: smallTrace() } });
  });

  it("follows one of them against another word's first token", async () => {
    const { study } = await asked("translator-en-fr", { place: 1, against: "chat" }, smallTrace(), ["▁chat", "</s>"]);
    expect(study.targets).toEqual([{ kind: "token", scale: "logit", row: 1, id: written[1]?.id, against: 90 }]);
  });

  it("takes an offered candidate at its id", async () => {
    const trace = smallTrace({ predictions: written.map(() => [{ id: 77, piece: "▁chat", probability: 0.1 }]) });
    const { study } = await asked("translator-en-fr", { place: 1, against: "chat" }, trace);
    expect(study.targets).toMatchObject([{ against: 77 }]);
  });

  it("refuses two words that begin with the same token", async () => {
    const trace = smallTrace({ predictions: written.map(({ id }) => [{ id, piece: "▁chi", probability: 0.9 }]) });
    const { answer, study } = await asked("translator-en-fr", { place: 1, against: "chi" }, trace);
    expect([answer.ok, study]).toEqual([false, undefined]);
  });

  it("follows a decoder's first choice, or the words that it was asked to watch", async () => {
    const watched = ["Mary", "John"].map((word, at) => ({
      word,
      id: 50 + at,
      piece: word,
      logit: 0,
      probability: 0.5,
    }));
    const base = smallTextTrace("decoder");
    const predictions = base.source.tokens.map(() => [{ id: 7, piece: "▁it", probability: 0.5 }]);
    const row = base.source.tokens.length - 1;
    const first = await asked("decoder-small", {}, { ...base, predictions });
    expect(first.study.targets).toEqual([{ kind: "token", scale: "logit", row, id: 7 }]);
    const two = await asked("decoder-small", { follow: "Mary", against: "John" }, { ...base, predictions, watched });
    expect(two.trace).toMatchObject({ watch: ["Mary", "John"] });
    expect(two.study.targets).toEqual([{ kind: "token", scale: "logit", row, id: 50, against: 51 }]);
  });

  it("follows an encoder's similarity", async () => {
    const { study, trace } = await asked("encoder-minilm", { to: "other" }, smallTextTrace("encoder"));
    expect(study.targets).toEqual([{ kind: "similarity", to: "other" }]);
    expect(trace).toEqual({ source: "text", target: null });
  });
});
