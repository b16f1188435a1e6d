import { describe, expect, it } from "vitest";
import { escapeXml, type Scene, sceneToSvg } from "../../../src/lib/scene.ts";

const scene: Scene = {
  title: "<script>",
  reading: "a & b",
  width: 10,
  height: 20,
  shapes: [
    { kind: "text", x: 1, y: 2, text: '<img onerror="x">', fill: "var(--uh-ink)", size: 12, font: "mono" },
    { kind: "rect", x: 0, y: 0, width: 1, height: 1, fill: "var(--uh-head-0)", opacity: 0.5 },
    { kind: "path", d: "M0 0h1", stroke: "var(--uh-head-1)", width: 2, at: { x: 1, y: 1, scale: 3 } },
  ],
};

describe("sceneToSvg", () => {
  const svg = sceneToSvg(scene, (colour) => (colour.startsWith("var(") ? "#123456" : colour));

  it("stands alone: colours resolved, fonts with fallbacks", () => {
    expect(svg).not.toContain("var(");
    expect(svg).toContain('fill="#123456"');
    expect(svg).toMatch(/font-family="[^"]*monospace"/);
  });

  it("keeps token text text", () => {
    expect(svg).not.toContain("<img");
    expect(svg).not.toContain("<script");
    expect(svg).toContain("&#60;img onerror=&#34;x&#34;&#62;");
  });

  it("replaces what XML cannot hold", () => {
    expect(escapeXml("a\u0000b\ud800c\u000b")).toBe("a\ufffdb\ufffdc\ufffd");
  });
});
