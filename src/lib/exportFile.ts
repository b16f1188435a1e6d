import { type ResolveColour, type Scene, sceneToCanvas, sceneToSvg } from "./scene.ts";

/** How long text is put together before the page gets a turn, in milliseconds. */
const SLICE = 12;

/** Device pixels a CSS pixel in a saved PNG. */
const PNG_SCALE = 2;

/** The longest side of a PNG in device pixels; browsers refuse much more. */
const PNG_SIDE = 8192;

/** Saves text that comes in pieces; the page stays quick while they are made. */
export async function saveText(name: string, type: string, pieces: Iterable<string>): Promise<void> {
  const parts: string[] = [];
  let start = performance.now();
  for (const piece of pieces) {
    parts.push(piece);
    if (performance.now() - start < SLICE) continue;
    await nextTask();
    start = performance.now();
  }
  saveBlob(name, new Blob(parts, { type: `${type};charset=utf-8` }));
}

/** Saves the picture as an SVG that stands alone: colours resolved in the present theme, fonts with fallbacks. */
export function saveSvg(name: string, scene: Scene): void {
  saveBlob(name, new Blob([sceneToSvg(scene, resolver())], { type: "image/svg+xml;charset=utf-8" }));
}

/** Saves the picture as a PNG, two device pixels a CSS pixel where the size allows. */
export async function savePng(name: string, scene: Scene): Promise<void> {
  const scale = Math.min(PNG_SCALE, PNG_SIDE / Math.max(scene.width, scene.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(scene.width * scale);
  canvas.height = Math.round(scene.height * scale);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  context.scale(scale, scale);
  sceneToCanvas(scene, context, resolver());
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("The picture is too large for a PNG.");
  saveBlob(name, blob);
}

function saveBlob(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Resolves the site's custom properties as they stand in the present theme. */
function resolver(): ResolveColour {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  return (colour) => {
    const found = known.get(colour) ?? resolveVariable(colour, style);
    known.set(colour, found);
    return found;
  };
}

function resolveVariable(colour: string, style: CSSStyleDeclaration): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return name === undefined ? colour : style.getPropertyValue(name).trim() || "#888888";
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
