import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { cardOf, MODELS } from "../../../src/components/prose/cards.ts";
import { megabytes } from "../../../src/lib/format.ts";
import { aboutModel } from "../../../src/stored/models.ts";

const rows = readFileSync("README.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("the table of models in the README", () => {
  it("names each built-in model once", () => {
    expect(rows.map(([, name]) => name?.replaceAll("`", ""))).toEqual(MODELS);
  });

  it.each(MODELS)("says of %s what its files say", (id) => {
    const { layers, heads, bytes } = aboutModel(id).info;
    const row = rows.find(([, name]) => name === `\`${id}\``) ?? [];
    const stacks = [layers.encoder, layers.decoder].filter((count) => count > 0).join(" + ");
    expect(row.slice(3, 6)).toEqual([
      `${stacks} × ${heads}`,
      `${megabytes(bytes)} MB`,
      cardOf(id).licence.replace("Apache-2.0", "Apache 2.0"),
    ]);
  });
});
