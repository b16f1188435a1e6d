import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { GRID_STEPS, type NumbersData, type PlotName, placeOfPair } from "../../../../src/components/plots/data.ts";
import { drawNumbers } from "../../../../src/components/plots/draw.ts";
import { staticPlot } from "../../../../src/components/plots/static.ts";
import { countOf } from "../../../../src/components/widgets/numbers/words.ts";
import { storedViews } from "../../../helpers/headStudies.ts";

const PLOTS: readonly PlotName[] = ["spread", "special", "alike", "map", "alignment", "relations"];

function dataOf(plot: PlotName): NumbersData {
  const [view] = storedViews(plot);
  if (!view) throw new Error(`nothing is stored for ${plot}`);
  return view.data;
}

function drawn(data: NumbersData) {
  const { document } = parseHTML(`<!doctype html><html><body>${staticPlot(data)}</body></html>`);
  const [wide, narrow] = [...document.querySelectorAll("svg")];
  if (!wide || !narrow) throw new Error("two drawings were expected");
  return { wide, narrow, text: document.body.innerHTML };
}

const numberOf = (element: Element | null, name: string): number => Number(element?.getAttribute(name));

describe.each(PLOTS)("the plot %s", (plot) => {
  const data = dataOf(plot);
  const { wide, narrow, text } = drawn(data);

  it("is drawn for a wide column and for a phone", () => {
    expect([wide, narrow].map((svg) => svg.getAttribute("data-size"))).toEqual(["wide", "narrow"]);
    expect(numberOf(wide, "width")).toBeLessThanOrEqual(704);
    expect(numberOf(narrow, "width")).toBeLessThanOrEqual(344);
  });

  it("brings nothing that the page's policy or a screen reader stumbles over", () => {
    expect(text).not.toMatch(/<style|style=|aria-label|aria-description|NaN|undefined/);
    expect(wide.getAttribute("aria-hidden")).toBe("true");
  });

  it("gives each head its place", () => {
    if (plot === "alike") return;
    for (const svg of [wide, narrow]) {
      const marks = [...svg.querySelectorAll("[data-at]")].filter(({ tagName }) => tagName.toLowerCase() !== "text");
      expect(marks.map((mark) => numberOf(mark, "data-at"))).toEqual(
        Array.from({ length: countOf(data) }, (_, at) => at),
      );
    }
  });
});

describe("drawNumbers", () => {
  it("sets dots where the numbers are", () => {
    const data = dataOf("spread");
    if (data.plot !== "spread") throw new Error("not the plot that was asked for");
    const { wide } = drawn(data);
    const at = (place: number) => wide.querySelector(`circle[data-at="${place}"]`);
    // Layer 1, head 3: nothing but the previous token. Layer 1, head 4: the highest entropy.
    const [lowest, highest] = [at(2), at(3)];
    expect(numberOf(lowest, "cy")).toBeCloseTo(numberOf(wide, "height") - 40, 0);
    expect(numberOf(highest, "cy")).toBeLessThan(numberOf(lowest, "cy") - 200);
    const unit = (numberOf(highest, "cx") - numberOf(lowest, "cx")) / ((data.rows[3]?.distance[0] ?? 0) - 1);
    expect(numberOf(lowest, "cx")).toBeCloseTo(52 + unit, 0);
  });

  it("writes names of two digits in full", () => {
    expect(drawn(dataOf("spread")).text).toContain(">3.12</text>");
  });

  it("hides a name that would touch another one", () => {
    const { wide } = drawn(dataOf("spread"));
    const names = [...wide.querySelectorAll("text[data-at]")];
    const shown = names.filter((name) => !name.hasAttribute("data-quiet"));
    expect(names).toHaveLength(72);
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.length).toBeLessThan(72);
  });

  it("draws all pairs in a few paths, and says where a cell lies", () => {
    const data = dataOf("alike");
    if (data.plot !== "alike") throw new Error("not the plot that was asked for");
    const { wide, text } = drawn(data);
    expect(text.length).toBeLessThan(160_000);
    expect(wide.getAttribute("data-heads")).toBe("72");
    const [x = 0, y = 0, side = 0] = (wide.getAttribute("data-grid") ?? "")
      .split(" ")
      .map((step) => Number(step) / GRID_STEPS);
    const paths = [...wide.querySelectorAll("path[fill-opacity]")];
    const cells = paths.flatMap((path) => [...(path.getAttribute("d") ?? "").matchAll(/M[^M]+/g)]);
    expect(cells).toHaveLength(data.below.length);
    // The most alike pair, heads 53 and 31 counted from 0, is the strongest cell of all.
    const strongest = paths.find((path) => path.getAttribute("fill-opacity") === "1");
    const best = data.below.indexOf(Math.min(...data.below));
    expect(best).toBe(placeOfPair({ row: 53, column: 31 }));
    const corners = [...(strongest?.getAttribute("d") ?? "").matchAll(/M([\d.]+),([\d.]+)/g)];
    const near = ([, left, top]: RegExpMatchArray) =>
      Math.hypot(Number(left) - x - 31 * side, Number(top) - y - 53 * side) < 0.2;
    expect(corners.filter(near)).toHaveLength(1);
  });

  it("draws the same in a document that it is given", () => {
    const { document } = parseHTML("<!doctype html><html><body></body></html>");
    const data = dataOf("map");
    expect(drawNumbers(data, document as unknown as Document)).toBe(staticPlot(data));
  });

  it("draws a model of 30 layers, and heads that do not differ", () => {
    const rows = Array.from({ length: 270 }, (_, at) => ({
      layer: Math.floor(at / 9),
      head: at % 9,
      weight: [0, 0, 0] as const,
    }));
    expect(staticPlot({ plot: "special", layers: 30, heads: 9, rows, even: 0 })).not.toContain("NaN");
    expect(staticPlot({ plot: "alike", layers: 1, heads: 3, below: [0, 0, 0] })).not.toContain("NaN");
    const same = rows.slice(0, 3).map(({ layer, head }) => ({ layer, head, x: 0, y: 0 }));
    expect(staticPlot({ plot: "map", layers: 1, rows: same, kept: 0 })).not.toMatch(/NaN|Infinity/);
  });
});
