/** What the exercises of chapter 2 say of the models, held to the models. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { keyOf, type PropsOf } from "../../../src/components/exercises/authoring.ts";
import { tokenText } from "../../../src/components/exercises/cells.ts";
import { checkers } from "../../../src/components/exercises/checkers.ts";
import type { Evidence } from "../../../src/components/exercises/evidence.ts";
import { askRemovals, askScores, askWalk } from "../../../src/components/exercises/tracing/ask.ts";
import type { Kind } from "../../../src/components/exercises/types.ts";
import { faultsOf } from "../../helpers/exerciseFaults.ts";
import { exerciseFigure, withSaid } from "../../helpers/exerciseFigures.ts";
import { coursePages, exercisesIn } from "../../helpers/exercisePages.ts";

vi.setConfig({ testTimeout: 60_000 });

const PAGE = "gradients/exercises";
const exercises = coursePages()
  .filter(({ id }) => id === PAGE)
  .flatMap(({ id, body }) => exercisesIn(id, body));

function propsOf<K extends Kind>(id: string, _kind: K): PropsOf[K] {
  const found = exercises.find(({ props }) => props.id === id);
  if (!found) throw new Error(`no exercise ${id}`);
  return found.props as unknown as PropsOf[K];
}

type Figure = Awaited<ReturnType<typeof exerciseFigure>>;
let kate: Figure;
let dog: Figure;
let live: Evidence;

beforeAll(async () => {
  kate = await exerciseFigure("kate");
  dog = await exerciseFigure("dog");
  live = await kate.run();
}, 120_000);
afterAll(() => {
  kate.stop();
  dog.stop();
});

const placeOf = (evidence: Evidence, word: string, nth = 0): number =>
  evidence.trace.source.tokens.flatMap((token, at) => (tokenText(token) === word ? [at] : []))[nth] ?? -1;

describe("the bet", () => {
  it("is lost by who bets on the answer, won by who bets on the other name", async () => {
    const key = keyOf.bet(propsOf("2.7-bet", "bet"));
    const said = withSaid(live, await askScores(kate.tracing(), key.side, key.request));
    const { tokens } = live.trace.source;
    const bet = (place: number) => checkers.bet.check({ places: [place], tokens: tokens.length }, key, said);
    expect(said.live).toBe(true);
    expect(bet(placeOf(live, "Paul"))).toMatchObject({ why: "first" });
    expect(bet(placeOf(live, "went"))).toMatchObject({ why: "close", facts: { rank: 2 } });
    expect(bet(placeOf(live, "Kate"))).toMatchObject({ state: "wrong", why: "far" });
    expect(said.traced?.scores?.[placeOf(live, "Paul")]).toBeLessThan(0);
    expect(said.traced?.scores?.[placeOf(live, "went")]).toBeGreaterThan(0);
  });
});

describe("what pulls the other way", () => {
  it("is three tokens, one of them the start, none close to the limit", () => {
    const key = keyOf.tokens(propsOf("2.7-against", "tokens"));
    const { answer } = checkers.tokens.solve(key, live);
    expect(answer?.places).toEqual([0, placeOf(live, "When"), placeOf(live, "Paul")]);
    for (const [place] of live.trace.source.tokens.entries()) {
      expect(Math.abs((live.numbers?.[`input-x-gradient.${place}`] ?? 0) + 0.2)).toBeGreaterThan(0.02);
    }
  });
});

describe("the removals", () => {
  it("let the lead rise without “went”, though its slope is positive", async () => {
    const said = withSaid(live, await askRemovals(kate.tracing(), "source"));
    expect(said.traced?.scores?.[placeOf(live, "went")]).toBeLessThan(-1);
  });

  it("turn the answer round at one word besides the names, which integrated gradients puts first and saliency fifth", async () => {
    const key = keyOf.flip(propsOf("2.7-flip", "flip"));
    const said = withSaid(live, await askRemovals(kate.tracing(), "source"));
    const { tokens } = live.trace.source;
    const last = placeOf(live, "to", 1);
    const words = [...tokens.keys()].filter((place) => !key.except.includes(tokenText(tokens[place])));
    const judged = words.map((place) => checkers.flip.check({ places: [place], tokens: tokens.length }, key, said));
    expect(words.filter((_, at) => judged[at]?.state === "right")).toEqual([last]);
    expect(checkers.flip.solve(key, said)).toMatchObject({ answer: { places: [last] }, facts: { ranked: 1 } });

    const saliency = withSaid(live, await askScores(kate.tracing(), "source", { method: "saliency" })).traced?.scores;
    const before = words.filter((place) => /\w/.test(tokenText(tokens[place])) && !tokens[place]?.special);
    const larger = before.filter((place) => (saliency?.[place] ?? 0) > (saliency?.[last] ?? 0));
    expect(larger).toHaveLength(4);
  });
});

describe("two methods", () => {
  it("agree on “chien”, and disagree on an article of the sentence that the solution names", async () => {
    const key = keyOf.disagree(propsOf("2.7-disagree", "disagree"));
    const chien = await dog.run();
    expect(chien.comparison).toMatchObject({ first: "dog", second: "dog" });
    expect(checkers.disagree.check(chien.comparison?.rho ?? 0, key, chien)).toMatchObject({ why: "same" });
    const source = "Translate to French: The teacher gave the book to the girl.";
    for (const place of [0, 4]) {
      const found = await dog.run({ source, place });
      expect(checkers.disagree.check(found.comparison?.rho ?? 1, key, found), `place ${place}`).toMatchObject({
        state: "right",
      });
    }
    await dog.run({ source: "Translate to French: The brown dog ran.", place: 1 });
  });
});

describe("a walk", () => {
  it("leaves less than 1 % with 48 and 64 steps, more with a few, and is too long with 256", async () => {
    const key = keyOf.steps(propsOf("2.7-steps", "steps"));
    const shown = await dog.run();
    const walked = async (steps: number) =>
      checkers.steps.check(steps, key, withSaid(shown, await askWalk(dog.tracing(), steps, key)));
    for (const steps of [48, 64]) expect(await walked(steps), `${steps} steps`).toMatchObject({ state: "right" });
    for (const steps of [4, 8, 16, 32]) expect(await walked(steps), `${steps} steps`).toMatchObject({ why: "few" });
    expect(await walked(256)).toMatchObject({ why: "many" });
  });
});

describe("the exercises in code", () => {
  it("are solved by their answers, on the live model and on what is stored, and not by what they start with", async () => {
    const code = exercises.filter(({ kind }) => kind === "code");
    expect(code.length).toBe(2);
    for (const exercise of code) expect(await faultsOf(exercise, [], dog.tracing())).toEqual([]);
    const stored = await exerciseFigure("dog");
    const [product] = code;
    if (product) expect(await faultsOf(product, [], stored.tracing())).toEqual([]);
    expect(stored.client.modelStatus.value.phase).toBe("stored");
    stored.stop();
  });
});

describe("all of them", () => {
  it("have explanations, hints and an accepted answer, and do not pass by themselves", async () => {
    const chien = await dog.run();
    const source = "Translate to French: The teacher gave the book to the girl.";
    const steps = keyOf.steps(propsOf("2.7-steps", "steps"));
    const bet = keyOf.bet(propsOf("2.7-bet", "bet"));
    const shown = [
      withSaid(live, await askScores(kate.tracing(), bet.side, bet.request)),
      withSaid(live, await askRemovals(kate.tracing(), "source")),
      withSaid(chien, await askWalk(dog.tracing(), 64, steps)),
      await dog.run({ source, place: 0 }),
    ];
    const rest = exercises.filter(({ kind }) => kind !== "code");
    const faults = await Promise.all(rest.map((exercise) => faultsOf(exercise, shown)));
    expect(faults.flat()).toEqual([]);
  });
});
