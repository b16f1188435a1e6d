import { describe, expect, it } from "vitest";
import { computeFacts } from "../../../scripts/facts.ts";
import stored from "../../../src/stored/facts.json";
import { pages } from "./pages.ts";

const facts = computeFacts();
const used = pages().flatMap(({ path, text }) =>
  Array.from(text.matchAll(/<Fact name="([^"]+)"/g), ([, name]) => ({ path, name: name ?? "" })),
);

describe("facts", () => {
  it("are as computed from the stored runs (else: npm run facts)", () => {
    expect(stored).toEqual(JSON.parse(JSON.stringify(facts)));
  });

  it.each(Object.entries(facts))("%s holds", (_, fact) => {
    expect(fact.holds ?? true, `the prose says otherwise: ${fact.text}`).toBe(true);
  });

  it.each(used)("$name is known, which $path shows", ({ name }) => {
    expect(Object.keys(facts)).toContain(name);
  });

  it("are all shown somewhere", () => {
    const shown = new Set(used.map(({ name }) => name));
    expect(Object.keys(facts).filter((name) => !shown.has(name))).toEqual([]);
  });
});
