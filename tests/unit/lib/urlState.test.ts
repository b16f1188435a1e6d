import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeState, MAX_STATE, readState, withState } from "../../../src/lib/urlState.ts";

const query = (value: string) => `?${new URLSearchParams({ figure: value })}`;

describe("urlState", () => {
  it("reads what it wrote, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const state = readState(query(encodeState({ source: text, layer: 2 })), "figure");
        if (state.kind !== "read") throw new Error(`not read: ${state.kind}`);
        expect(state.fields.get("source")).toBe(text);
        expect(state.fields.get("layer")).toBe(2);
      }),
    );
  });

  it("finds nothing where there is nothing", () => {
    expect(readState("", "figure")).toEqual({ kind: "none" });
    expect(readState("?other=1.abc", "figure")).toEqual({ kind: "none" });
  });

  it.each([
    ["bad base64", "1.a", "damaged"],
    ["not base64", "1.@@@@", "damaged"],
    ["no version", "eyJhIjoxfQ", "damaged"],
    ["not JSON", `1.${btoa("{layer:")}`, "damaged"],
    ["a list", `1.${btoa("[1]").replaceAll("=", "")}`, "damaged"],
    ["null", `1.${btoa("null")}`, "damaged"],
    ["not UTF-8", `1.${btoa("\xff\xfe{}").replaceAll("/", "_").replaceAll("=", "")}`, "damaged"],
    ["100 kB", `1.${"A".repeat(100_000)}`, "too long"],
    ["an old version", encodeState({}).replace("1.", "0."), "another version"],
    ["a future version", encodeState({}).replace("1.", "9999."), "another version"],
    ["empty", "", "damaged"],
  ])("refuses %s with the reason", (_, value, reason) => {
    const state = readState(query(value), "figure");
    expect(state).toMatchObject({ kind: "refused", reason: expect.stringContaining(reason) });
  });

  it("never throws and never pollutes a prototype", () => {
    const hostile = `1.${btoa('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}').replace(/=+$/, "")}`;
    readState(query(hostile), "figure");
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        readState(query(`1.${text}`), "figure");
        readState(`?figure=${text}`, "figure");
      }),
    );
  });

  it("keeps the rest of the address, and takes a state out", () => {
    const one = withState("https://x.test/a/?other=1#here", "figure", { layer: 1 });
    expect(one).toMatch(/^https:\/\/x\.test\/a\/\?other=1&figure=1\.[\w-]+#here$/);
    expect(withState(one, "figure", null)).toBe("https://x.test/a/?other=1#here");
  });

  it("has room for a text at the model's limit", () => {
    expect(encodeState({ source: "é".repeat(5000) }).length).toBeLessThan(MAX_STATE);
  });
});
