import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";
import { removalJson, removalScene, removalTable } from "../../../../../src/components/widgets/removal/exports.ts";
import { type Level, removeHeads } from "../../../../../src/components/widgets/removal/headRuns.ts";
import { headState, headTable } from "../../../../../src/components/widgets/removal/headState.ts";
import { ownText, type RemovalClient } from "../../../../../src/components/widgets/removal/ownText.ts";
import {
  placesOf,
  promptOf,
  type Removed,
  removeTokens,
  textsOf,
} from "../../../../../src/components/widgets/removal/removalRuns.ts";
import { type Evidence, missesOf, removalState } from "../../../../../src/components/widgets/removal/state.ts";
import type { AnyTrace, Tensor } from "../../../../../src/engine/model.ts";
import type { Prompt, RemovalRow, StudyProgress } from "../../../../../src/engine/study.ts";
import { failure } from "../../../../../src/lib/failure.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import brownDog from "../../../../../src/stored/brown-dog.json";
import facts from "../../../../../src/stored/facts.json";
import { decodeTrace } from "../../../../../src/stored/format.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import decoderSmall from "../../../../../src/stored/removal/decoder-small.json";
import translator from "../../../../../src/stored/removal/translator-en-fr.json";
import { decodeRemoval } from "../../../../../src/stored/removal.ts";
import { fakeClient } from "../../../../helpers/fakeClient.ts";

type StudyAnswer = Awaited<ReturnType<RemovalClient["remove"]>>;

const run = decodeTrace(brownDog);
/** A live answer on which attention points elsewhere: “b” gets the weight, “a” is missed. */
const elsewhere: RemovalRow = {
  source: "x",
  output: "A",
  tokens: ["a", "b", "c"],
  effect: [3, 0.2, 0],
  weights: { data: Float32Array.from([0.1, 0.6, 0.2]), shape: [1, 3] },
  correlation: [0.5, 0.5],
};

const FALLS: Tensor = { data: Float32Array.from([-2]), shape: [1, 1] };
const NO_HEADS: Level["heads"] = { prompts: 0, weight: [], fall: [], low: [], high: [], rho: null };

function made(absent = false) {
  const studies: { prompts: readonly Prompt[]; tell: (p: StudyProgress) => void; answer: (a: StudyAnswer) => void }[] =
    [];
  const cancelled = vi.fn();
  const offers = [translator, decoderSmall].map((study) => {
    const removal = decodeRemoval(study);
    const { info } = aboutModel(study.model);
    const client: RemovalClient = {
      ...fakeClient().client,
      modelInfo: info,
      trace: async ({ source }): Promise<{ ok: true; value: AnyTrace }> => ({
        ok: true,
        value: { ...run, source: { ...run.source, text: source } },
      }),
      remove: (prompts, _, tell) => new Promise((answer) => studies.push({ prompts, tell, answer })),
      sweep: async (_, __, tell) => {
        tell({ done: 1, total: 13 });
        return { ok: true, value: { effects: [{ kind: "cross", mean: FALLS, low: FALLS, high: FALLS }] } };
      },
      cancelStudy: cancelled,
    };
    const stored: Removed = { rows: removal.shown, live: false, trace: null, runs: 0 };
    const own = { client, channel: "r", first: textsOf(removal.shown, client), absent, offer: "Run" };
    const text = ownText<Removed>({ ...own, stored, work: (texts, tell) => removeTokens(client, "r", texts, tell) });
    const heads = { heads: removal.heads ?? NO_HEADS, live: false, runs: 0 };
    const level = ownText<Level>({
      ...own,
      stored: heads,
      work: (texts, tell) => removeHeads(client, "r", texts, removal.kind, tell),
    });
    return { info, removal, text, level };
  });
  const evidence = signal<Evidence | null>(null);
  const state = removalState({ id: "r", offers, output: "chien", run, evidence });
  const levels = offers.map(({ info, removal, level }) => ({ info, removal, text: level }));
  return { state, levels, studies, cancelled, evidence, text: () => state.offer.value.text };
}

const settle = () => new Promise((done) => setTimeout(done));

describe("the figure of removals", () => {
  it("starts at the stored text, the mean of all heads and the output that is asked for", () => {
    const { state } = made();
    expect(state.row.value.output).toBe("chien");
    expect(state.head.value).toBeNull();
    expect(state.reading.value).toMatch(
      /^While “chien” is written, all heads together look most at “dog” \(0\.68\)\. Its removal also costs most: 8\.4\d nats\. For “chien”: ρ = 0\.30\. Over 100 texts, all heads together: ρ = 0\.37/,
    );
    expect(state.ownName.value).toBe("this sentence");
    expect(state.fields()).toBeNull();
  });

  it("reads what it shows: a head, a token that is taken away, the other comparison", () => {
    const { state } = made();
    state.chooseHead(4);
    expect(state.reading.value).toContain("layer 2, head 1 looks most at");
    state.hold(2);
    expect(state.reading.value).toMatch(
      /^“dog” gets \d\.\d\d from layer 2, head 1; without it “chien” falls by 8\.4\d nats: less than 1 % as likely\./,
    );
    state.hold(2);
    state.by.value = "hit";
    expect(state.reading.value).toMatch(
      /the most-attended token is the costliest for 81 % of the outputs .* by lot 12 %\.$/,
    );
    expect(state.reading.value).not.toContain("ρ");
  });

  it("gives the chosen output’s own ρ: of the mean of all heads the one that the prose names, and of a head", () => {
    const { state } = made();
    const [row] = translator.shown.filter(({ output }) => output === "chien");
    expect(state.reading.value).toContain(`For “chien”: ρ = ${facts["removal.chien-rho"].text}.`);
    state.chooseHead(4);
    expect(state.reading.value).toContain(`For “chien”: ρ = ${row?.correlation[4]?.toFixed(2)}.`);
    state.chooseOutput(4);
    state.chooseHead(null);
    expect(state.reading.value).toContain("For “couru”: ρ = 0.90.");
  });

  it("says where attention misses: the small decoder’s name", () => {
    const { state } = made();
    state.chooseModel("decoder-small");
    expect(state.reading.value).toMatch(/look most at “were” \(0\.19\)\. But it would miss “Ruth” most/);
  });

  it("runs the reader’s sentence once and then without each token, and draws it in", async () => {
    const { state, studies, evidence, text } = made();
    const stop = state.connect();
    expect(evidence.value).toMatchObject({ live: false, numbers: { misses: 0 } });
    text().source.value = "Translate to French: Hello.";
    expect(text().status.value.stale).toBe(true);
    text().actions.run();
    await settle();
    expect(studies[0]?.prompts).toEqual([{ source: "Translate to French: Hello.", target: run.target?.text }]);
    studies[0]?.tell({ done: 2, total: 4 });
    expect(text().progress.value).toEqual({ done: 2, total: 4 });
    expect(text().status.value.phase).toBe("running");
    studies[0]?.answer({ ok: true, value: { rows: [elsewhere] } });
    await settle();
    expect(text().found.value).toMatchObject({ live: true, runs: 5 });
    expect(text().status.value).toMatchObject({ shown: "live", stale: false });
    expect(state.own.value).toEqual([0.5, 0.5]);
    expect(state.ownName.value).toBe("your sentence");
    expect(evidence.value).toMatchObject({ live: true, numbers: { misses: 1 } });
    stop();
  });

  it("follows a decoder’s own first choice where no word is given", async () => {
    const { state, studies, text } = made();
    state.chooseModel("decoder-small");
    text().answer.value = " ";
    text().actions.run();
    await settle();
    const first = run.predictions.at(-1)?.[0]?.piece.replace("▁", "");
    expect(studies[0]?.prompts[0]?.answer).toBe(first);
  });

  it("stops when told to, and keeps the picture", async () => {
    const { studies, cancelled, text } = made();
    text().actions.run();
    await settle();
    text().actions.cancel();
    expect(cancelled).toHaveBeenCalledWith("r");
    expect(text().progress.value).toBeNull();
    studies[0]?.answer({ ok: true, value: { rows: [elsewhere] } });
    await settle();
    expect(text().found.value.live).toBe(false);
  });

  it("says that the picture shows another text, and that its runs were stopped", async () => {
    const { state, studies, text } = made();
    const shows = "The picture still shows the run of “Translate to French: The brown dog ran.”";
    expect(state.notice.value).toBeNull();
    text().source.value = "Translate to French: Hello.";
    expect(state.notice.value).toBe(`${shows}; press Run to see this text.`);
    text().actions.run();
    await settle();
    expect(state.notice.value).toBeNull();
    text().actions.cancel();
    expect(state.notice.value).toBe(`Stopped. ${shows}; press Run to see this text.`);
    text().source.value = "Translate to French: Hello, you.";
    expect(state.notice.value).toBe(`${shows}; press Run to see this text.`);
    text().actions.run();
    await settle();
    studies[1]?.answer({ ok: true, value: { rows: [elsewhere] } });
    await settle();
    expect(state.notice.value).toBeNull();
    text().source.value = "Translate to French: Hello.";
    expect(state.notice.value).toContain("still shows the run of “Translate to French: Hello, you.”");
    state.reset();
    text().actions.run();
    text().actions.cancel();
    expect(state.notice.value).toBe("Stopped. The picture is as it was before.");
    state.reset();
    expect(state.notice.value).toBeNull();
  });

  it("names the word that the picture follows where that alone is another, and promises nothing without a model", () => {
    const { state, text } = made();
    state.chooseModel("decoder-small");
    const word = text().answer.value;
    text().answer.value = "";
    expect(state.notice.value).toBe(
      `The picture still shows the run with “${word}” as the next word; press Run to see this text.`,
    );
    const other = made(true);
    other.text().source.value = "Hello.";
    expect(other.state.notice.value).toMatch(/^The picture still shows the run of “.*”\.$/);
  });

  it("says when a text has too few words, and when the model fails; and runs nothing that is absent", async () => {
    const { studies, text } = made();
    text().actions.run();
    await settle();
    studies[0]?.answer({ ok: true, value: { rows: [] } });
    await settle();
    expect(text().status.value.failure?.message).toMatch(/fewer than three/);
    text().actions.run();
    await settle();
    studies[1]?.answer({ ok: false, failure: failure("runtime", "It broke.") });
    await settle();
    expect(text().status.value.failure?.message).toBe("It broke.");

    const other = made(true);
    other.text().actions.run();
    await settle();
    expect(other.studies.length).toBe(0);
    expect(other.text().status.value.absent).toBe(true);
  });

  it("goes into a link and comes back from it, text held until the reader asks", () => {
    const { state, text } = made();
    state.chooseModel("decoder-small");
    state.chooseHead(3);
    state.by.value = "hit";
    text().source.value = "A new one";
    const search = new URL(withState("https://a.b/", "r", state.fields())).search;
    const other = made();
    other.state.restore(search);
    expect(other.state.fields()).toEqual(state.fields());
    expect(other.text().status.value).toMatchObject({ shown: "stored", stale: true });
    expect(other.studies.length).toBe(0);
    state.reset();
    expect(state.fields()).toBeNull();
  });

  it("holds a link to what there is", () => {
    const { state } = made();
    const bad = { model: "none", head: 99, output: 1e9, by: "x", source: 5, answer: null };
    state.restore(new URL(withState("https://a.b/", "r", bad)).search);
    expect(state.head.value).toBeNull();
    expect(state.row.value.output).toBe(".");
    expect(state.offer.value.text.source.value).toBe("Translate to French: The brown dog ran.");
    state.restore("?r=9.x");
    expect(state.notice.value).toMatch(/was not used/);
  });

  it("publishes the falls by output and place in the source", () => {
    const { state, evidence } = made();
    const stop = state.connect();
    const dog = run.source.tokens.findIndex(({ text }) => text === "dog");
    expect(evidence.value?.numbers?.[`fall.chien.${dog}`]).toBeCloseTo(8.44, 1);
    state.chooseModel("decoder-small");
    expect(evidence.value).toBeNull();
    stop();
  });

  it("gives away every dot and every head", () => {
    const { state } = made();
    const removal = state.offer.value.removal;
    const dots = { rows: state.rows.value, output: 1, head: null, token: null };
    const ranks = { removal, by: "rho", head: null, own: state.own.value, ownName: "this sentence" } as const;
    const table = removalTable(dots, ranks);
    expect(table.rows).toBe(6 * 5 + 13);
    expect(table.row(7)[0]).toBe("“chien” without “dog”");
    expect(table.row(30)[0]).toBe("mean of all heads");
    for (const row of [7, 30]) expect(table.row(row)).toHaveLength(table.columns.length);
    expect(table.row(7).slice(-4)).toEqual([
      "attention and fall",
      "mean of all heads",
      "translator-en-fr",
      "this sentence",
    ]);
    const byLot = removalTable(dots, { ...ranks, by: "hit" });
    expect(byLot.row(30)[byLot.columns.indexOf("by lot")]).toBe(removal.chance);
    expect(table.row(30)[table.columns.indexOf("by lot")]).toBe("");
    const scene = removalScene("T", "R", dots, ranks);
    expect(scene.shapes.some((shape) => shape.kind === "text" && shape.text === "dog")).toBe(true);
    expect(JSON.stringify(removalJson(removal, dots.rows))).toContain('"output":"chien"');
  });
});

describe("missesOf", () => {
  it("counts outputs that miss a token other than the one looked at, and none that miss nothing", () => {
    expect(missesOf([elsewhere])).toBe(1);
    expect(missesOf([{ ...elsewhere, effect: [0.05, 0.02, 0] }])).toBe(0);
    expect(missesOf([{ ...elsewhere, effect: [0.1, 3, 0] }])).toBe(0);
  });
});

describe("placesOf", () => {
  it("leaves out the instruction and what is special; gives none where the text is another", () => {
    const [row] = decodeRemoval(translator).shown;
    if (!row) throw new Error("nothing is stored");
    expect(placesOf(run.source.tokens, row).map((place) => run.source.tokens[place]?.text)).toEqual(row.tokens);
    expect(placesOf(run.source.tokens.slice(0, 5), row)).toEqual([]);
  });
});

describe("the figure of heads", () => {
  function figure() {
    const { levels, studies } = made();
    return { heads: headState("h", levels), studies };
  }

  it("tells of the head that looks most and of the one that costs most, or of the one chosen", () => {
    const state = figure().heads;
    expect(state.reading.value).toMatch(/^Layer 2, head 1 puts 0\.85 .* Layer 3, head 2 puts 0\.53 .* ρ = 0\.55\.$/);
    state.chooseHead(0);
    expect(state.reading.value).toMatch(/^Layer 1, head 1 puts 0\.17/);
    state.point(4);
    expect(state.reading.value).toMatch(/^Layer 2, head 1/);
    state.point(null);
    state.chooseModel("decoder-small");
    expect(state.reading.value).toMatch(/of logit difference/);
    const table = headTable(state.offer.value.removal, state.heads.value);
    expect(table.rows).toBe(16);
    expect(table.row(0).slice(-3)).toEqual(["logit difference", "decoder-small", "60 texts"]);
    expect(table.row(0)).toHaveLength(table.columns.length);
  });

  it("goes into a link and comes back", () => {
    const state = figure().heads;
    state.chooseModel("decoder-small");
    state.chooseHead(5);
    const other = figure().heads;
    other.restore(new URL(withState("https://a.b/", "h", state.fields())).search);
    expect(other.fields()).toMatchObject({ model: "decoder-small", head: 5 });
    other.reset();
    expect(other.fields()).toBeNull();
  });

  it("says that its picture is not of the sentence in the field", () => {
    const { heads } = figure();
    expect(heads.notice.value).toBeNull();
    heads.offer.value.text.source.value = "Hello.";
    expect(heads.notice.value).toMatch(
      /^The picture still shows the mean over \d+ texts; press Run to see this text\.$/,
    );
  });

  it("switches off the heads on the reader’s sentence", async () => {
    const { heads, studies } = figure();
    const { text } = heads.offer.value;
    text.actions.run();
    await settle();
    studies[0]?.tell({ done: 1, total: 4 });
    studies[0]?.answer({ ok: true, value: { rows: [elsewhere] } });
    await settle();
    // The token missed most is “a”, on which the only head puts 0.1; the move of −2 is a fall of 2.
    expect(heads.heads.value).toMatchObject({ prompts: 1, fall: [2], rho: null });
    expect(heads.heads.value.weight[0]).toBeCloseTo(0.1, 6);
    expect(text.found.value).toMatchObject({ live: true, runs: 1 + 4 + 13 });
    expect(heads.plot.value.named[0]?.interval).toBeUndefined();
    expect(heads.reading.value).toBe(
      "Layer 1, head 1 puts 0.10 on the token that matters most, and switching it off costs 2.00 nats a token. No head looks more, and none costs more.",
    );
    heads.reset();
    expect(heads.reading.value).toContain("ρ = 0.55");
  });
});

describe("promptOf", () => {
  it("sets beside a decoder’s word the likeliest other one", () => {
    const [likely, second] = (run.predictions.at(-1) ?? []).map(({ piece }) => piece.replace("▁", "").trim());
    const decoder = { modelInfo: aboutModel("decoder-small").info };
    expect(promptOf(decoder, { source: "x", answer: "" }, run)).toMatchObject({ answer: likely });
    expect(promptOf(decoder, { source: "x", answer: "y" }, run)).toMatchObject({ answer: "y", other: likely });
    expect(promptOf(decoder, { source: "x", answer: likely ?? "" }, run).other).toBe(second);
  });
});
