import { expect, it } from "vitest";
import { catalogueOf } from "../../../../src/components/exercises/catalogue.ts";

it("lists the exercises of the pages, in order, code left out", () => {
  const body = [
    '<Numeric client:visible id="a" label="1 a" title="Layers" question="3 > 2?" hints={["<Numeric"]} />',
    "```mdx",
    '<Predict id="no" label="x" title="y" />',
    "```",
    '<ClickCells\n  id="b"\n  label="1 b"\n  title="Cells"\n/>',
  ].join("\n");
  const [first, , third] = catalogueOf([
    { id: "attention/page", body: body.replace('["<Numeric"]', "[]") },
    { id: "x" },
  ]);
  expect(first).toEqual({ id: "a", label: "1 a", title: "Layers", href: "/attention/page/#a", chapter: "attention" });
  expect(third).toBeUndefined();
});
