import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeFiles, type Import, importsOf } from "./helpers/imports.ts";

/** A part of `src` with what it may import. `*` in `may` stands for "the same folder". */
interface Zone {
  readonly name: string;
  readonly files: RegExp;
  /** Zones whose values it may import; its own zone always. */
  readonly may: readonly string[];
  /** Zones of which it may import types alone. */
  readonly types?: readonly string[];
  /** Zones that it may show as text (`?raw`). */
  readonly text?: readonly string[];
  /** Packages, beyond the ones that every zone with a page may use. */
  readonly packages?: readonly RegExp[];
}

const PREACT = /^(preact|@preact\/signals)(\/.*)?$/;
const ASTRO = /^(astro|@astrojs|virtual:starlight|astro:)/;
const ENGINE = [
  "engine/model",
  "engine/onnx",
  "engine/autodiff",
  "engine/runtime",
  "engine/attention",
  "engine/attribution",
  "engine/steps",
];

/** The import table of DESIGN.md; the first zone whose pattern fits a file is its zone. */
const ZONES: readonly Zone[] = [
  {
    name: "content",
    files: /^src\/content\//,
    may: ["prose", "exercises", "widgets", "stored"],
    text: ENGINE,
    packages: [PREACT, ASTRO],
  },
  {
    name: "widgets",
    files: /^src\/components\/widgets\//,
    may: ["controls", "views", "plots", "client", "stored", "lib"],
    types: ["exercises", "api", ...ENGINE],
    packages: [PREACT],
  },
  {
    name: "exercises",
    files: /^src\/components\/exercises\//,
    may: ["controls", "views", "sandbox", "stored", "lib"],
    types: ENGINE,
    packages: [PREACT, /^@codemirror\//, /^@lezer\/highlight$/],
  },
  {
    name: "sandbox-worker",
    files: /^src\/sandbox\/worker\//,
    may: ["sandbox", "engine/attention", "lib"],
    types: ["engine/model"],
    packages: [/^sucrase$/, /^acorn$/],
  },
  {
    name: "sandbox",
    files: /^src\/sandbox\//,
    may: ["sandbox-worker", "engine/attention", "lib"],
    types: ["engine/model"],
    text: ["sandbox-worker"],
  },
  {
    name: "prose",
    files: /^src\/components\/prose\//,
    may: ["lib", "stored", "config"],
    types: ENGINE,
    text: ENGINE,
    packages: [PREACT, ASTRO],
  },
  {
    name: "frame",
    files: /^src\/components\/frame\//,
    may: ["exercises", "prose", "lib", "config"],
    packages: [PREACT, ASTRO],
  },
  { name: "controls", files: /^src\/components\/controls\//, may: ["lib"], types: ENGINE, packages: [PREACT] },
  {
    name: "views",
    files: /^src\/components\/views\//,
    may: ["controls", "lib", "engine/steps"],
    types: [...ENGINE, "api"],
    packages: [PREACT],
  },
  {
    name: "plots",
    files: /^src\/components\/plots\//,
    may: ["lib"],
    types: ENGINE,
    packages: [/^@observablehq\/plot$/, /^linkedom$/],
  },
  { name: "api", files: /^src\/workers\/api\.ts$/, may: [], types: ["engine/model", "lib"] },
  {
    name: "worker",
    files: /^src\/workers\/(model\.worker\.ts|worker\/)/,
    may: ["engine/model", "engine/runtime", "engine/attention", "engine/attribution", "lib"],
    types: ["api", ...ENGINE],
    packages: [/^comlink$/, /^onnxruntime-web/],
  },
  {
    name: "client",
    files: /^src\/workers\//,
    may: ["api", "worker-entry", "stored", "lib"],
    types: ["engine/model"],
    packages: [/^comlink$/, /^@preact\/signals$/],
  },
  { name: "engine/model", files: /^src\/engine\/(model|study|gradient|attribute)\.ts$/, may: [] },
  { name: "engine/onnx", files: /^src\/engine\/onnx\//, may: ["engine/model", "lib"], packages: [/^pbf$/] },
  { name: "engine/autodiff", files: /^src\/engine\/autodiff\//, may: ["engine/model", "engine/onnx", "lib"] },
  {
    name: "engine/runtime",
    files: /^src\/engine\/runtime\//,
    may: ["engine/model", "engine/onnx", "engine/autodiff", "engine/attention", "lib"],
    types: ["api"],
    packages: [/^onnxruntime-(web|common)/, /^@huggingface\/transformers$/],
  },
  // The arithmetic of one head, pure: the figure that shows its steps runs the tested ones.
  { name: "engine/steps", files: /^src\/engine\/attention\/steps\.ts$/, may: ["engine/model"] },
  {
    name: "engine/attention",
    files: /^src\/engine\/attention\//,
    may: ["engine/model", "lib"],
    packages: [/^simple-statistics$/, /^ml-matrix$/],
  },
  {
    name: "engine/attribution",
    files: /^src\/engine\/attribution\//,
    may: ["engine/model", "engine/attention", "lib"],
  },
  { name: "stored", files: /^src\/stored\//, may: ["lib"], types: ["engine/model"] },
  { name: "config", files: /^(course\.config\.ts|src\/content\.config\.ts)$/, may: [], packages: [ASTRO] },
  { name: "lib", files: /^src\/lib\//, may: [], packages: [/^@preact\/signals$/] },
];

const files = codeFiles("src");
const imports = files.flatMap(importsOf);

function zoneOf(path: string): Zone | undefined {
  return ZONES.find((zone) => zone.files.test(path));
}

/** Widgets are folders of their own: two of them are two zones. */
function sameZone(a: string, b: string): boolean {
  const widget = (path: string) => /^src\/components\/widgets\/([^/]+)/.exec(path)?.[1];
  return zoneOf(a) === zoneOf(b) && widget(a) === widget(b);
}

/** Why an import is against the table, or null. */
function fault(item: Import): string | null {
  const zone = zoneOf(item.from);
  if (!zone) return `${item.from} stands in no zone of the table`;
  if (!item.ours) {
    if (item.typeOnly || item.asset) return null;
    return zone.packages?.some((pattern) => pattern.test(item.target))
      ? null
      : `${item.from} imports the package ${item.target}`;
  }
  const entry = zone.name === "client" && /^src\/workers\/model\.worker\.ts$/.test(item.target);
  if (entry || sameZone(item.from, item.target)) return null;
  const target = zoneOf(item.target);
  if (!target) return item.asset ? null : `${item.from} imports ${item.target}, which stands in no zone`;
  const allowed =
    zone.may.includes(target.name) ||
    (item.typeOnly && zone.types?.includes(target.name)) ||
    (item.asset && zone.text?.includes(target.name));
  return allowed || (item.asset && !CODE_TEXT.test(item.target))
    ? null
    : `${zone.name} must not import ${target.name}: ${item.from} → ${item.target}`;
}

/** Assets that are code: showing them is allowed to those who have `text` only. */
const CODE_TEXT = /\.(ts|tsx|mjs)$/;

/** Cycles among imports of values, each as the path around it. */
function cycles(): string[] {
  const graph = new Map<string, string[]>();
  for (const item of imports) {
    if (!item.ours || item.typeOnly || item.asset) continue;
    graph.set(item.from, [...(graph.get(item.from) ?? []), item.target]);
  }
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(" → "));
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) walk(file, []);
  return found;
}

describe("the architecture", () => {
  it("sees the code: files, imports, workers", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.some((item) => item.target.endsWith("model.worker.ts"))).toBe(true);
    expect(imports.some((item) => item.from.endsWith(".mdx") && item.ours)).toBe(true);
  });

  it("imports only along the table of DESIGN.md", () => {
    expect(imports.map(fault).filter((text) => text !== null)).toEqual([]);
  });

  it("has no import cycle", () => {
    expect(cycles()).toEqual([]);
  });

  it("names files that exist", () => {
    const missing = imports.filter((item) => item.ours && !item.target.includes("*") && !existsSync(item.target));
    expect(missing.map((item) => `${item.from} → ${item.target}`)).toEqual([]);
  });
});
