import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { HEAD_HUES, MEANINGS } from "../../../src/lib/palette.ts";

const css = readFileSync(new URL("../../../src/styles/palette.css", import.meta.url), "utf8");
const [dark = "", light = ""] = css.split(':root[data-theme="light"]');
const THEMES = { dark: valuesOf(dark), light: { ...valuesOf(dark), ...valuesOf(light) } };

type Rgb = readonly [number, number, number];

function valuesOf(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--uh-([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, hex]) => [name, hex]),
  );
}

function linear(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(linear(one)), luminance(linear(other))].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB. */
const SIGHT: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(hex: string, matrix: readonly [Rgb, Rgb, Rgb]): Rgb {
  const rgb = linear(hex);
  const row = (weights: Rgb) =>
    Math.min(1, Math.max(0, weights[0] * rgb[0] + weights[1] * rgb[1] + weights[2] * rgb[2]));
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

/** OKLab, Ottosson 2020. */
function oklab([red, green, blue]: Rgb): Rgb {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}

describe.each(Object.entries(THEMES))("the %s palette", (_, colours) => {
  const paper = colours.paper ?? "";
  const colour = (name: string) => colours[name] ?? "#000000";
  const heads = Array.from({ length: HEAD_HUES }, (_, head) => `head-${head}`);

  it("has a value for every meaning and head", () => {
    for (const name of [...MEANINGS, ...heads]) expect(colours, name).toHaveProperty(name);
  });

  it.each(["paper", "paper-raised"])("can be read as text on %s: 4.5 to 1", (ground) => {
    for (const name of ["ink", "ink-soft", "accent", "right", "wrong", "query", "key", "value", "gold"]) {
      expect(contrast(colour(name), colour(ground)), name).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("reads a head's number in its colour on paper, and on its colour in paper: 4.5 to 1", () => {
    for (const name of heads) expect(contrast(colour(name), paper), name).toBeGreaterThanOrEqual(4.5);
  });

  it("sets the dots of every layer off from the paper: 3 to 1", () => {
    for (const values of Object.values(THEMES)) {
      for (let step = 0; step < 6; step++) {
        expect(contrast(values[`layer-${step}`] ?? "", values.paper ?? "")).toBeGreaterThan(3);
      }
    }
  });

  it("reads text on the accent: 4.5 to 1", () => {
    expect(contrast(colour("accent-ink"), colour("accent"))).toBeGreaterThanOrEqual(4.5);
  });

  const LEAST: readonly [heads: number, distance: number][] = [
    [4, 0.085],
    [8, 0.065],
    [12, 0.045],
  ];

  describe.each(Object.entries(SIGHT))("with %s sight", (_, matrix) => {
    it.each(LEAST)("tells %i heads apart: at least %f in OKLab", (count, least) => {
      const labs = heads.slice(0, count).map((name) => oklab(seen(colour(name), matrix)));
      const pairs = labs.flatMap((one, at) => labs.slice(at + 1).map((other) => distance(one, other)));
      expect(Math.min(...pairs)).toBeGreaterThan(least);
    });
  });
});
