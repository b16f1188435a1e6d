import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MEANINGS } from "../../../src/lib/palette.ts";

const css = readFileSync("src/styles/prose.css", "utf8");

describe("Term", () => {
  it.each(MEANINGS)("has the colour of %s", (meaning) => {
    expect(css).toContain(`.uh-term[data-meaning="${meaning}"] {\n  color: var(--uh-${meaning});`);
  });
});
