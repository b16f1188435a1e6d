import { describe, expect, it } from "vitest";
import { CELL_STEPS, cellPaths, largestOf, STRIP, stepOf } from "../../../../../src/components/views/neuron/cells.ts";
import { fanLines } from "../../../../../src/components/views/neuron/fan.ts";
import { neuronScene } from "../../../../../src/components/views/neuron/neuronScene.ts";
import { neuronJson, neuronTable } from "../../../../../src/components/views/neuron/neuronTable.ts";
import { querySteps } from "../../../../../src/components/views/neuron/querySteps.ts";
import { MOST_KEYS, shownKeys, strongestKey } from "../../../../../src/components/views/neuron/shown.ts";
import { sceneToSvg } from "../../../../../src/lib/scene.ts";
import { smallHead, storedHead } from "../../../../helpers/insides.ts";

describe("strips", () => {
  it("put positive numbers above the middle and negative ones below, stronger for more", () => {
    const paths = cellPaths(
      [
        [1, -0.5, 0],
        [0, 1, 0],
      ],
      1,
    );
    const middle = STRIP / 2;
    expect(paths.find(({ up, step }) => up && step === CELL_STEPS)?.d).toBe(
      `M0 2.5h1v${middle - 2.5}h-1zM1 ${STRIP + 2.5}h1v${middle - 2.5}h-1z`,
    );
    expect(paths.filter(({ up }) => !up)).toEqual([
      { up: false, step: stepOf(0.5), d: `M1 ${middle}h1v${middle - 2.5}h-1z` },
    ]);
  });

  it("leave nothing out but nothing", () => {
    expect([stepOf(0), stepOf(1e-6), stepOf(-1e-6), stepOf(2)]).toEqual([0, 1, -1, CELL_STEPS]);
    expect(stepOf(0.5)).toBeGreaterThan(stepOf(0.25));
  });

  it("share a scale", () => {
    expect(largestOf([1, -3], [2])).toBe(3);
    expect(largestOf([0, 0])).toBe(1);
  });
});

describe("the fan", () => {
  it("leads from the middle to each key that gets something, wider for more", () => {
    const [first, second] = fanLines([0.2, 0.8, 0.001], 20);
    expect(first?.d).toMatch(/^M4 30C.* 48 10$/);
    expect(second?.width).toBeGreaterThan(first?.width ?? Number.POSITIVE_INFINITY);
    expect(fanLines([0.2, 0.8, 0.001], 20)).toHaveLength(2);
  });
});

describe("the keys shown", () => {
  it("are all of a short text", () => expect(shownKeys([0.1, 0.9], null)).toEqual([0, 1]));

  it("are those with most weight of a long one, in order, and the one held", () => {
    const weights = Array.from({ length: 100 }, (_, key) => (key % 2 ? 0.02 : 0));
    const shown = shownKeys(weights, 4);
    expect(shown).toHaveLength(MOST_KEYS);
    expect(shown).toContain(4);
    expect(shown.filter((key) => key % 2 === 0)).toEqual([4]);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(strongestKey([0.1, 0.7, 0.2])).toBe(1);
  });
});

describe("what can be saved", () => {
  const inside = storedHead("decoder-small");
  const steps = querySteps(inside, 2);

  it("is a picture with the steps that are unfolded", () => {
    const shown = shownKeys(steps.weights, null);
    const svg = (open: number) => {
      const scene = neuronScene("Title", "Reading.", { inside, steps, shown, open });
      return sceneToSvg(scene, (colour) => colour);
    };
    expect(svg(6)).toContain("Mix the values");
    expect(svg(6)).toContain("brown");
    // The longest mark of a model, whole.
    expect(svg(6)).toContain("&#60;|endoftext|&#62;");
    expect(svg(2)).not.toContain("Softmax");
    expect(svg(6)).not.toMatch(/NaN|undefined/);
  });

  it("is a table with every key, its sums and its products", () => {
    const table = neuronTable(inside, steps);
    const row = table.row(1);
    expect(table.rows).toBe(inside.keys.length);
    expect(row).toHaveLength(table.columns.length);
    expect(row[1]).toBe("The");
    const products = row.slice(7).map(Number);
    expect(products.reduce((sum, product) => sum + product, 0)).toBeCloseTo(Number(row[2]), 3);
    expect(row[5]).toBeCloseTo(Number(row[6]), 4);
    expect(table.row(4)[4]).toBe("−∞");
  });

  it("is the data, with forbidden scores as null", () => {
    const { row, tensors } = neuronJson(smallHead(), querySteps(smallHead(), 0), { source: "a b c", target: null });
    expect(row.scores).toEqual([0.5, 1, null]);
    expect(tensors.key.shape).toEqual([3, 2]);
  });
});
