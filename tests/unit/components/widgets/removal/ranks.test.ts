import { describe, expect, it } from "vitest";
import { headName, rankPicture, ranksOf, valueText } from "../../../../../src/components/widgets/removal/ranks.ts";
import smollm2 from "../../../../../src/stored/removal/smollm2-135m.json";
import translator from "../../../../../src/stored/removal/translator-en-fr.json";
import { decodeRemoval } from "../../../../../src/stored/removal.ts";

const removal = decodeRemoval(translator);
const own = removal.rho.mean.map(() => 0.5);

describe("ranksOf", () => {
  it("has the mean of all first, then every head once, best first", () => {
    const [all, ...heads] = ranksOf(removal, "rho");
    expect(all).toMatchObject({ head: null, mean: removal.rho.mean.at(-1), low: removal.rho.low.at(-1) });
    expect(heads.map(({ head }) => head).sort((a, b) => Number(a) - Number(b))).toEqual([...Array(12).keys()]);
    expect(heads.every(({ mean }, at) => mean <= (heads[at - 1]?.mean ?? 1))).toBe(true);
    for (const { head, mean, low, high } of heads) {
      expect(mean).toBe(removal.rho.mean[head ?? -1]);
      expect(low <= mean && mean <= high).toBe(true);
    }
  });

  it("takes the figure that is asked for", () => {
    expect(ranksOf(removal, "hit")[0]?.mean).toBe(removal.hit.mean.at(-1));
  });
});

describe("rankPicture", () => {
  it("names heads from 1, and has a row for each to click", () => {
    const { shapes, bands } = rankPicture({ removal, by: "rho", head: 4, own, ownName: "your sentence" });
    const texts = shapes.flatMap((shape) => (shape.kind === "text" ? [shape.text] : []));
    expect(headName(4, removal.shape)).toBe("layer 2, head 1");
    expect(texts).toContain("layer 2, head 1");
    expect(texts).toContain("◇ your sentence: ρ = 0.50");
    expect(bands.length).toBe(13);
    expect(bands.every(({ y, height }, at) => y + height <= (bands[at + 1]?.y ?? Number.POSITIVE_INFINITY))).toBe(true);
  });

  it("draws what lot would give beside a share alone", () => {
    const lot = (by: "rho" | "hit") =>
      rankPicture({ removal, by, head: null, own, ownName: "x" }).shapes.some(
        (shape) => shape.kind === "text" && shape.text === "by lot",
      );
    expect(lot("hit")).toBe(true);
    expect(lot("rho")).toBe(false);
  });

  it("stays within bounds for hundreds of heads", () => {
    const many = decodeRemoval(smollm2);
    const { height } = rankPicture({ removal: many, by: "rho", head: null, own: many.rho.mean, ownName: "x" });
    expect(height).toBeLessThan(600);
  });
});

describe("valueText", () => {
  it("writes a true minus, and shares in percent", () => {
    expect(valueText(-0.234, "rho")).toBe("ρ = −0.23");
    expect(valueText(0.838, "hit")).toBe("84 %");
  });
});
