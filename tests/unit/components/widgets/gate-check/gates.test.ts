import { describe, expect, it } from "vitest";
import { storedAnswers } from "../../../../../src/components/widgets/gate-check/askGates.ts";
import { gateTable } from "../../../../../src/components/widgets/gate-check/exports.ts";
import { gatePlot, PLOT } from "../../../../../src/components/widgets/gate-check/gatePlot.ts";
import { farthestOf, headsOf } from "../../../../../src/components/widgets/gate-check/heads.ts";
import { numbersOf } from "../../../../../src/components/widgets/gate-check/numbers.ts";
import { gateState } from "../../../../../src/components/widgets/gate-check/state.ts";
import { readingOf } from "../../../../../src/components/widgets/gate-check/words.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import brownDog from "../../../../../src/stored/attributions/brown-dog.json";
import maryJohn from "../../../../../src/stored/attributions/mary-john.json";
import { storedGates } from "../../../../../src/stored/checkFigures.ts";
import decoderSmall from "../../../../../src/stored/checks/gate-check-decoder-small.json";
import translator from "../../../../../src/stored/checks/gate-check-translator-en-fr.json";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";

const decoder = storedAnswers(storedGates(decoderSmall, maryJohn));
const french = storedAnswers(storedGates(translator, brownDog));
const gated = (stored: typeof decoder) => {
  const found = stored.find(stored.first);
  if (!found) throw new Error("nothing is stored");
  return found;
};
const names = gated(decoder);
const heads = headsOf(names.study);

describe("heads", () => {
  it("are all there, kind after kind", () => {
    expect(heads).toHaveLength(16);
    expect(heads[5]).toMatchObject({ kind: "decoder", layer: 1, head: 1 });
    const kinds = headsOf(gated(french).study).map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(["encoder", "decoder", "cross"]);
  });

  it("the farthest is told with both changes", () => {
    expect(farthestOf(heads)).toMatchObject({ layer: 0, head: 0 });
    expect(farthestOf([])).toBeNull();
    expect(numbersOf(names)).toMatchObject({ pearson: -0.10107 });
    expect(numbersOf(names)["far.off"]).toBeCloseTo(17.03, 2);
    expect(gateTable(names).row(0)).toEqual(["decoder", 1, 1, 0.57654, -16.457, 17.034]);
  });
});

describe("the plot", () => {
  it("keeps every mark inside", () => {
    const { spots } = gatePlot({ heads, chosen: null, close: false });
    expect(spots).toHaveLength(16);
    for (const { x, y } of spots) {
      expect(x).toBeGreaterThan(40);
      expect(x).toBeLessThan(PLOT.width);
      expect(y).toBeGreaterThan(30);
      expect(y).toBeLessThan(PLOT.height - 40);
    }
  });

  it("spreads the others once the farthest is left out", () => {
    const near = gatePlot({ heads, chosen: null, close: true }).spots;
    expect(near).toHaveLength(15);
    const high = (spots: typeof near) => Math.max(...spots.map(({ y }) => y)) - Math.min(...spots.map(({ y }) => y));
    const same = gatePlot({ heads, chosen: null, close: false }).spots.slice(1);
    expect(high(near)).toBeGreaterThan(3 * high(same));
  });

  it("names the head that is looked at", () => {
    const [first] = heads;
    const { shapes } = gatePlot({ heads, chosen: first ?? null, close: false });
    expect(shapes.some((shape) => shape.kind === "text" && shape.text === "decoder 1.1")).toBe(true);
  });
});

describe("the reading", () => {
  it("tells the correlations, or one head", () => {
    expect(readingOf(names, null)).toContain("−0.10 (Pearson) and, by order, 0.53 (Spearman)");
    expect(readingOf(names, heads[0] ?? null)).toBe(
      "Head decoder 1.1: the slope of its switch foretells +0.58 for the logit of “Mary”; switched off, it changes by −16.46. The line has the wrong sign.",
    );
    expect(readingOf(names, heads[11] ?? null)).toContain("says too little");
    const [best] = headsOf(gated(french).study).filter(({ change }) => Math.abs(change + 0.1042) < 1e-6);
    expect(readingOf(gated(french), best ?? null)).toContain("The line holds.");
  });
});

it("model, head and view come back from a link", () => {
  const figure = () => {
    const offers = [decoder, french].map((stored, at) => ({
      client: fakeStudyClient(aboutModel(["decoder-small", "translator-en-fr"][at] ?? "").info).client,
      absent: false,
      ...stored,
    }));
    return gateState({ id: "gates", offers });
  };
  const state = figure();
  state.chooseModel("translator-en-fr");
  state.picked.value = "cross/0/1";
  state.close.value = true;
  const again = figure();
  again.restore(new URL(withState("https://site.example/page/", "gates", state.fields())).search);
  expect(again.reading.value).toContain("Head cross 1.2");
  expect(again.close.value).toBe(true);
  again.reset();
  expect(again.fields()).toBeNull();
});
