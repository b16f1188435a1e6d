import { describe, expect, it } from "vitest";
import { rehypeBase, withBase } from "../../../src/lib/base.ts";

describe("withBase", () => {
  it.each([
    ["/credits/", "/underhood/", "/underhood/credits/"],
    ["/credits/", "/underhood", "/underhood/credits/"],
    ["/credits/", "/", "/credits/"],
    ["/", "/underhood/", "/underhood/"],
    ["#top", "/underhood/", "#top"],
    ["https://example.org/", "/underhood/", "https://example.org/"],
    ["//example.org/", "/underhood/", "//example.org/"],
  ])("puts %s below %s", (address, base, expected) => {
    expect(withBase(address, base)).toBe(expected);
  });
});

describe("rehypeBase", () => {
  it("moves links of HTML and of JSX, and nothing else", () => {
    const tree = {
      type: "root",
      children: [
        { type: "element", properties: { href: "/credits/", title: "/credits/" } },
        { type: "mdxJsxFlowElement", attributes: [{ type: "mdxJsxAttribute", name: "href", value: "/models/" }] },
      ],
    };
    rehypeBase({ base: "/underhood/" })(tree);
    expect(tree.children[0]?.properties).toEqual({ href: "/underhood/credits/", title: "/credits/" });
    expect(tree.children[1]?.attributes?.[0]?.value).toBe("/underhood/models/");
  });
});
