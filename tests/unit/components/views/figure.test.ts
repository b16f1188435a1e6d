import { describe, expect, it } from "vitest";
import { windowOf } from "../../../../src/components/views/attention/window.ts";
import { chipText, STORED_STATUS } from "../../../../src/components/views/figure/status.ts";
import { csvCell, csvChunks, jsonChunks } from "../../../../src/components/views/figure/tableText.ts";

describe("chipText", () => {
  it("says where the picture comes from and what is under way", () => {
    const progress = { loaded: 3_100_000, total: 8_300_000 };
    expect(chipText(STORED_STATUS)).toBe("stored");
    expect(chipText({ ...STORED_STATUS, phase: "loading", progress })).toBe("loading 3.1 of 8.3 MB");
    expect(chipText({ ...STORED_STATUS, phase: "loading", progress, stage: "starting the model" })).toBe(
      "starting the model …",
    );
    expect(chipText({ ...STORED_STATUS, shown: "live", phase: "ready", device: "webgpu" })).toBe("live · WebGPU");
    expect(chipText({ ...STORED_STATUS, shown: "live", phase: "ready", device: "wasm" })).toBe("live · WASM");
  });
});

describe("tableText", () => {
  it("quotes what CSV needs quoted, and keeps formulas text", () => {
    expect(['a"b', "a,b", "=1+1", "-", "plain"].map(csvCell)).toEqual(['"a""b"', '"a,b"', "'=1+1", "'-", "plain"]);
  });

  it("writes numbers without the noise of a Float32, and whole numbers whole", () => {
    const numbers = [Math.fround(0.911), -1 / 3, 1.5e-9, 12_345_678, Number.NaN];
    expect(numbers.map(csvCell)).toEqual(["0.911", "-0.333333", "1.5e-9", "12345678", "NaN"]);
  });

  it("writes a long table in pieces", () => {
    const table = { caption: "", columns: ["n"], rows: 1201, row: (index: number) => [index] };
    const pieces = [...csvChunks(table)];
    expect(pieces).toHaveLength(4);
    expect(pieces.join("").split("\r\n")).toHaveLength(1203);
  });

  it("writes JSON that reads back, typed arrays as lists", () => {
    const value = {
      text: 'a"\u2028',
      list: [1, null],
      weights: Float32Array.from({ length: 1001 }, (_, at) => at / 1000),
    };
    const read = JSON.parse([...jsonChunks(value)].join(""));
    expect(read).toMatchObject({ text: 'a"\u2028', list: [1, null] });
    expect(read.weights).toHaveLength(1001);
    expect(read.weights[500]).toBe(0.5);
  });
});

describe("windowOf", () => {
  it("draws short columns whole and long ones a little beyond the view", () => {
    const view = { top: 2400, height: 600, rowHeight: 24 };
    expect(windowOf(view, 64)).toBeNull();
    const window = windowOf(view, 512);
    expect(window?.from).toBeLessThanOrEqual(100);
    expect(window?.to).toBeGreaterThanOrEqual(125);
    expect((window?.to ?? 0) - (window?.from ?? 0)).toBeLessThan(80);
    expect(windowOf({ ...view, top: 2401 }, 512)).toEqual(window);
  });

  it("stays within a column that is shorter than the other", () => {
    const window = windowOf({ top: 9000, height: 600, rowHeight: 24 }, 100);
    expect(window).toMatchObject({ from: 100, to: 100 });
  });
});
