import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { staticPlot } from "../../../../src/components/plots/static.ts";
import { svgScene } from "../../../../src/components/plots/svgScene.ts";
import { sceneToSvg } from "../../../../src/lib/scene.ts";
import { storedViews } from "../../../helpers/headStudies.ts";

function svgOf(html: string): Element {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const svg = document.querySelector("svg");
  if (!svg) throw new Error("no drawing");
  return svg;
}

describe("svgScene", () => {
  it("hands down what groups say, and moves what they move", () => {
    const scene = svgScene(
      svgOf(`<svg width="100" height="50"><g transform="translate(10,5)" fill="var(--uh-gold)" fill-opacity="0.5">
        <rect x="1" y="2" width="3" height="4"/><circle cx="5" cy="6" r="2" opacity="0.5"/></g>
        <g stroke="currentColor" stroke-width="2"><line x1="0" y1="1" x2="10" y2="1"/></g>
        <g font-size="11" text-anchor="end"><text transform="translate(20,30) rotate(-90)" y="0.5em">3.12</text></g></svg>`),
      "A title",
      "A reading.",
    );
    expect(scene).toMatchObject({ title: "A title", reading: "A reading.", width: 100, height: 50 });
    expect(scene.shapes).toEqual([
      { kind: "rect", x: 11, y: 7, width: 3, height: 4, fill: "var(--uh-gold)", opacity: 0.5 },
      expect.objectContaining({
        kind: "path",
        d: "M13,11a2,2 0 1,0 4,0a2,2 0 1,0 -4,0z",
        fill: "var(--uh-gold)",
        opacity: 0.25,
      }),
      expect.objectContaining({ kind: "path", d: "M0,1L10,1", stroke: "var(--uh-ink)", width: 2 }),
      expect.objectContaining({ kind: "text", x: 20, y: 35.5, text: "3.12", size: 11, anchor: "end", turn: -90 }),
    ]);
  });

  it("leaves out names that are hidden, unless their head is chosen", () => {
    const html =
      '<svg width="9" height="9"><text data-quiet="">1.1</text><text data-quiet="" data-chosen="">1.2</text></svg>';
    const texts = svgScene(svgOf(html), "", "").shapes.map((shape) => shape.kind === "text" && shape.text);
    expect(texts).toEqual(["1.2"]);
  });

  it.each(["spread", "special", "alike", "map", "alignment", "relations"] as const)("saves the plot %s", (plot) => {
    const [view] = storedViews(plot);
    if (!view) throw new Error("nothing is stored");
    const scene = svgScene(svgOf(staticPlot(view.data)), "A title", "A reading.");
    expect(scene.shapes.length).toBeGreaterThan(20);
    expect(sceneToSvg(scene, (colour) => (colour.startsWith("var") ? "#123456" : colour))).not.toMatch(
      /NaN|undefined|var\(/,
    );
  });
});
