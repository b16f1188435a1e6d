import { afterEach, describe, expect, it, vi } from "vitest";
import { escapeXml, type Scene, sceneToCanvas, sceneToSvg } from "../../../src/lib/scene.ts";

const scene: Scene = {
  title: "<script>",
  reading: "a & b",
  width: 10,
  height: 20,
  shapes: [
    { kind: "text", x: 1, y: 2, text: '<img onerror="x">', fill: "var(--uh-ink)", size: 12, font: "mono" },
    { kind: "rect", x: 0, y: 0, width: 1, height: 1, fill: "var(--uh-head-0)", opacity: 0.5 },
    { kind: "path", d: "M0 0h1", stroke: "var(--uh-head-1)", width: 2, dash: [4, 3], at: { x: 1, y: 1, scale: 3 } },
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

  it("sets tokens without ligatures and breaks a line where it is asked to", () => {
    expect(svg).toMatch(/<text [^>]*font-variant-ligatures:none/);
    expect(svg).toContain('stroke-dasharray="4 3"');
  });

  it("replaces what XML cannot hold", () => {
    expect(escapeXml("a\u0000b\ud800c\u000b")).toBe("a\ufffdb\ufffdc\ufffd");
  });
});

describe("sceneToCanvas", () => {
  afterEach(() => vi.unstubAllGlobals());

  /** What is painted, call by call, with the settings of the moment; Node has no canvas of its own. */
  function painted(shapes: Scene["shapes"]) {
    vi.stubGlobal(
      "Path2D",
      class {
        roundRect() {}
      },
    );
    const settings = { fillStyle: "", strokeStyle: "", globalAlpha: 1, textRendering: "auto", dash: [] as number[] };
    const kept: (typeof settings)[] = [];
    const calls: (typeof settings & { readonly what: string })[] = [];
    const note = (what: string) => () => calls.push({ what, ...settings });
    const context = Object.assign(settings, {
      save: () => kept.push({ ...settings }),
      restore: () => Object.assign(settings, kept.pop()),
      setLineDash: (dash: number[]) => {
        settings.dash = dash;
      },
      translate: () => undefined,
      scale: () => undefined,
      fillRect: note("paper"),
      fill: note("fill"),
      stroke: note("stroke"),
      fillText: note("text"),
    });
    sceneToCanvas({ ...scene, shapes }, context as unknown as CanvasRenderingContext2D, (colour) => colour);
    return calls.slice(1);
  }

  it("never paints a frame's inside over what it frames", () => {
    const box = { kind: "rect", x: 0, y: 0, width: 4, height: 4 } as const;
    const calls = painted([
      { ...box, fill: "#0000ff", opacity: 0.5 },
      { ...box, fill: "none", stroke: "#00ff00" },
    ]);
    expect(calls.map(({ what }) => what)).toEqual(["fill", "stroke"]);
    expect(calls[0]).toMatchObject({ fillStyle: "#0000ff", globalAlpha: 0.5 });
  });

  it("breaks lines and sets tokens without ligatures, as the file does", () => {
    const calls = painted(scene.shapes);
    expect(calls.find(({ what }) => what === "stroke")?.dash).toEqual([4, 3]);
    expect(calls.find(({ what }) => what === "text")?.textRendering).toBe("optimizeSpeed");
  });
});
