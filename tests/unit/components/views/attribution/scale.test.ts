import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  decimalsOf,
  fillOf,
  MOST,
  STEPS,
  scaleOf,
  scoreText,
  shortScore,
  toneOf,
} from "../../../../../src/components/views/attribution/scale.ts";

const signed = { signed: true, extreme: 2 };

describe("the colours of scores", () => {
  it("go to either side of the paper by sign, in steps of the largest", () => {
    expect(toneOf(2, signed)).toEqual({ tone: "positive", step: 10 });
    expect(toneOf(-1, signed)).toEqual({ tone: "negative", step: 5 });
    expect(toneOf(0, signed)).toEqual({ tone: "positive", step: 0 });
    expect(toneOf(9, signed).step).toBe(10);
  });

  it("have one tone where there is no sign, and none where there is no score", () => {
    expect(toneOf(1, { signed: false, extreme: 2 })).toEqual({ tone: "strength", step: 5 });
    expect(toneOf(Number.NaN, signed)).toEqual({ tone: "none", step: 0 });
    expect(toneOf(0, { signed: true, extreme: 0 }).step).toBe(0);
  });

  it("are measured against the largest score there is", () => {
    expect(scaleOf([0.5, -3, Number.NaN, 2], true)).toEqual({ signed: true, extreme: 3 });
    expect(scaleOf([], true).extreme).toBe(0);
  });

  it("are the same in a saved picture", () => {
    expect(fillOf(-2, signed)).toEqual({ fill: "var(--uh-negative)", opacity: MOST });
    expect(fillOf(2, { signed: false, extreme: 2 }).fill).toBe("var(--uh-ink)");
  });
});

describe("the words of scores", () => {
  it("show the sign, and three figures of the largest", () => {
    expect(scoreText(1.236, signed)).toBe("+1.24");
    expect(scoreText(-0.3, signed)).toBe("−0.30");
    expect(scoreText(0.001, signed)).toBe("0");
    expect(scoreText(0.51234, { signed: false, extreme: 0.6 })).toBe("0.512");
    expect(scoreText(12.34, { signed: true, extreme: 20 })).toBe("+12.3");
    expect(scoreText(Number.NaN, signed)).toBe("");
    expect(decimalsOf({ signed: true, extreme: 1e-9 })).toBe(6);
  });

  it("are shorter in a cell", () => {
    expect(shortScore(1.236, signed)).toBe("+1.2");
    expect(shortScore(-0.04, signed)).toBe("0");
    expect(shortScore(-0.0273, { signed: true, extreme: 0.07 })).toBe("−.027");
    expect(shortScore(12.3, { signed: false, extreme: 200 })).toBe("12");
  });
});

describe("ink on the colours", () => {
  const palette = readFileSync(new URL("../../../../../src/styles/palette.css", import.meta.url), "utf8");
  const css = readFileSync(new URL("../../../../../src/styles/attribution.css", import.meta.url), "utf8");
  const [dark = "", light = ""] = palette.split(':root[data-theme="light"]');

  it("has the shares that the style sheet has", () => {
    for (let step = 0; step <= STEPS; step++) {
      const share = new RegExp(`\\[data-step="${step}"\\] \\{\\s*--uh-share: ([\\d.]+)%`).exec(css)?.[1];
      expect(Number(share)).toBeCloseTo((100 * MOST * step) / STEPS, 5);
    }
  });

  it.each([
    ["dark", dark],
    ["light", light],
  ])("passes 4.5:1 at every step in the %s theme", (_, block) => {
    const colour = (name: string) => oklab(new RegExp(`--uh-${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? "");
    const [ink, paper] = [colour("ink"), colour("paper")];
    const strength = mix(ink, paper, 0.667);
    for (const hue of [colour("positive"), colour("negative"), strength]) {
      for (let step = 0; step <= STEPS; step++) {
        expect(contrast(ink, mix(hue, paper, (MOST * step) / STEPS))).toBeGreaterThan(4.5);
      }
    }
  });
});

type Lab = readonly [lightness: number, a: number, b: number];

/** Ottosson 2020. */
function oklab(hex: string): Lab {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function mix(one: Lab, other: Lab, share: number): Lab {
  return one.map((part, at) => share * part + (1 - share) * (other[at] ?? 0)) as unknown as Lab;
}

function luminance([lightness, a, b]: Lab): number {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Lab, other: Lab): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}
