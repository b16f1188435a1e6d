import { describe, expect, it } from "vitest";
import { PLOT, plotDots } from "../../../../../src/components/widgets/removal/plot.ts";
import { scatter } from "../../../../../src/components/widgets/removal/scatter.ts";
import decoder from "../../../../../src/stored/removal/decoder-small.json";
import translator from "../../../../../src/stored/removal/translator-en-fr.json";
import { decodeRemoval } from "../../../../../src/stored/removal.ts";
import { weightsOf } from "../../../../../src/stored/removalRows.ts";

const words = { across: "weight", up: "fall" };

function namesIn(shapes: ReturnType<typeof plotDots>["shapes"]) {
  return shapes.flatMap((shape) => (shape.kind === "text" && shape.font === "mono" ? [shape] : []));
}

describe("plotDots", () => {
  it("puts more weight further right and a larger fall further up", () => {
    const named = [
      { name: "a", across: 0.1, up: 1 },
      { name: "b", across: 0.5, up: 9 },
    ];
    const { spots } = plotDots({ named, others: [], chosen: null, ...words });
    const [a, b] = spots;
    expect(b?.x).toBeGreaterThan(a?.x ?? 0);
    expect(b?.y).toBeLessThan(a?.y ?? 0);
  });

  it.each([translator, decoder].map(decodeRemoval))("never lays one name over another", ({ shown, heads }) => {
    const pictures = shown.map((_, output) => scatter({ rows: shown, output, head: null, token: null }).shapes);
    const named = (heads?.weight ?? []).map((across, at) => {
      const up = heads?.fall[at] ?? 0;
      return { name: `1.${at}`, across, up, interval: [up, up] as const };
    });
    for (const shapes of [...pictures, plotDots({ named, others: [], chosen: null, ...words }).shapes]) {
      const names = namesIn(shapes);
      expect(names.length).toBeGreaterThan(0);
      for (const [at, one] of names.entries()) {
        for (const other of names.slice(at + 1)) {
          const apart = Math.abs(one.x - other.x) >= (7 * (one.text.length + other.text.length)) / 2;
          expect(apart || Math.abs(one.y - other.y) >= 12, `${one.text} over ${other.text}`).toBe(true);
        }
        expect(one.y).toBeGreaterThan(0);
        expect(one.y).toBeLessThan(PLOT.height);
      }
    }
  });

  it("names the chosen dot whatever stands around it", () => {
    const named = Array.from({ length: 30 }, (_, at) => ({ name: `word${at}`, across: 0.1, up: 1 }));
    const { shapes } = plotDots({ named, others: [], chosen: 29, ...words });
    expect(namesIn(shapes).map(({ text }) => text)).toContain("word29");
  });
});

describe("names", () => {
  it("find room at the very top", () => {
    const named = [{ name: "top", across: 0.5, up: 0.2002 }];
    const [name] = namesIn(plotDots({ named, others: [], chosen: null, ...words }).shapes);
    expect(name?.text).toBe("top");
  });
});

describe("scatter", () => {
  it("shows the weights of the head that is asked for", () => {
    const { shown } = decodeRemoval(translator);
    const [row] = shown;
    if (!row) throw new Error("nothing is stored");
    const places = (head: number | null) => scatter({ rows: [row], output: 0, head, token: null }).spots;
    const order = (values: readonly number[]) => [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    for (const head of [null, 0, 7]) {
      expect(order(places(head).map(({ x }) => x))).toEqual(order(weightsOf(row, head)));
    }
  });
});
