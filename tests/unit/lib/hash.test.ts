import { describe, expect, it } from "vitest";
import { sha256, sha256InScript } from "../../../src/lib/hash.ts";

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

describe("SHA-256", () => {
  it("is the known one of known text", async () => {
    const abc = new TextEncoder().encode("abc");
    const known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(await sha256(abc)).toBe(known);
    expect(hex(sha256InScript(abc))).toBe(known);
  });

  it("is the same with and without the browser's help, at every length around a block", async () => {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000, 100_001]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 131) % 256);
      expect(hex(sha256InScript(bytes)), `${length} bytes`).toBe(await sha256(bytes));
    }
  });
});
