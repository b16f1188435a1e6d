/**
 * A picture as a list of shapes, in user units (CSS pixels). The same list becomes a standalone SVG file or is drawn on
 * a canvas for PNG, so that both exports show the same thing and no image has to be loaded.
 */

/** One shape. Colours are CSS colours; `var(--uh-…)` is resolved when the picture is written. */
export type Shape =
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly opacity?: number;
      readonly radius?: number;
      readonly stroke?: string;
    }
  | {
      readonly kind: "path";
      readonly d: string;
      readonly stroke?: string;
      readonly fill?: string;
      readonly width?: number;
      /** Lengths of the dashes and of the gaps between them; a whole line where it is left out. */
      readonly dash?: readonly number[];
      readonly opacity?: number;
      readonly at?: Placement;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly fill: string;
      readonly size: number;
      readonly font: Face;
      readonly anchor?: "start" | "middle" | "end";
      readonly weight?: number;
      readonly turn?: number;
    };

/** Moves and scales a path that was written in a small grid of its own. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** Downwards, where that differs. */
  readonly scaleDown?: number;
}

/** Which of the site's faces a text is set in. */
export type Face = "sans" | "mono";

/** A whole picture. */
export interface Scene {
  readonly title: string;
  /** The sentence under the picture; also the file's description. */
  readonly reading: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/** Turns a CSS colour, `var(--…)` included, into one that stands alone. */
export type ResolveColour = (colour: string) => string;

const FONTS: Readonly<Record<Face, string>> = {
  sans: "'Inter Variable', Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif",
  mono: "'JetBrains Mono Variable', 'JetBrains Mono', ui-monospace, Menlo, Consolas, monospace",
};

/** The scene as a standalone SVG file. */
export function sceneToSvg(scene: Scene, resolve: ResolveColour): string {
  const paper = resolve("var(--uh-paper)");
  const size = `width="${scene.width}" height="${scene.height}" viewBox="0 0 ${scene.width} ${scene.height}"`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escapeXml(scene.title)}</title><desc>${escapeXml(scene.reading)}</desc>`,
    `<rect width="100%" height="100%" fill="${paper}"/>`,
    ...scene.shapes.map((shape) => shapeToSvg(shape, resolve)),
    "</svg>\n",
  ].join("\n");
}

function shapeToSvg(shape: Shape, resolve: ResolveColour): string {
  if (shape.kind === "rect") return rectToSvg(shape, resolve);
  if (shape.kind === "path") return pathToSvg(shape, resolve);
  return textToSvg(shape, resolve);
}

function rectToSvg(shape: Extract<Shape, { kind: "rect" }>, resolve: ResolveColour): string {
  const stroke = shape.stroke === undefined ? "" : ` stroke="${resolve(shape.stroke)}"`;
  const radius = shape.radius === undefined ? "" : ` rx="${shape.radius}"`;
  const box = `x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}"`;
  return `<rect ${box} fill="${resolve(shape.fill)}"${opacityToSvg(shape.opacity)}${radius}${stroke}/>`;
}

function pathToSvg(shape: Extract<Shape, { kind: "path" }>, resolve: ResolveColour): string {
  const fill = shape.fill === undefined ? "none" : resolve(shape.fill);
  const stroke =
    shape.stroke === undefined ? "" : ` stroke="${resolve(shape.stroke)}" stroke-width="${shape.width ?? 1}"`;
  const dash = shape.dash === undefined ? "" : ` stroke-dasharray="${shape.dash.join(" ")}"`;
  const at = shape.at;
  const place =
    at === undefined ? "" : ` transform="translate(${at.x} ${at.y}) scale(${at.scale} ${at.scaleDown ?? at.scale})"`;
  return `<path d="${shape.d}" fill="${fill}"${stroke}${dash}${opacityToSvg(shape.opacity)}${place}/>`;
}

function textToSvg(shape: Extract<Shape, { kind: "text" }>, resolve: ResolveColour): string {
  const weight = shape.weight === undefined ? "" : ` font-weight="${shape.weight}"`;
  const turn = shape.turn === undefined ? "" : ` transform="rotate(${shape.turn} ${shape.x} ${shape.y})"`;
  const face = `font-family="${FONTS[shape.font]}" font-size="${shape.size}"${weight} text-anchor="${shape.anchor ?? "start"}"`;
  const spot = `x="${shape.x}" y="${shape.y}" xml:space="preserve"`;
  // Tokens are read letter by letter: the face would draw "<|" as one sign.
  const plain = shape.font === "mono" ? ' style="font-variant-ligatures:none"' : "";
  return `<text ${spot} ${face}${plain} fill="${resolve(shape.fill)}"${turn}>${escapeXml(shape.text)}</text>`;
}

function opacityToSvg(opacity: number | undefined): string {
  return opacity === undefined ? "" : ` opacity="${Number(opacity.toFixed(3))}"`;
}

/** Text made safe for XML: markup escaped, characters that XML forbids replaced. */
export function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
  );
}

/** Draws the scene; the caller has scaled the context to device pixels. */
export function sceneToCanvas(scene: Scene, context: CanvasRenderingContext2D, resolve: ResolveColour): void {
  context.fillStyle = resolve("var(--uh-paper)");
  context.fillRect(0, 0, scene.width, scene.height);
  for (const shape of scene.shapes) {
    context.save();
    drawShape(shape, context, resolve);
    context.restore();
  }
}

function drawShape(shape: Shape, context: CanvasRenderingContext2D, resolve: ResolveColour): void {
  if (shape.kind === "text") {
    drawText(shape, context, resolve);
    return;
  }
  context.globalAlpha = shape.opacity ?? 1;
  const path = new Path2D(shape.kind === "path" ? shape.d : undefined);
  if (shape.kind === "rect") path.roundRect(shape.x, shape.y, shape.width, shape.height, shape.radius ?? 0);
  if (shape.kind === "path" && shape.at) {
    context.translate(shape.at.x, shape.at.y);
    context.scale(shape.at.scale, shape.at.scaleDown ?? shape.at.scale);
  }
  // A canvas does not know "none": it would keep the colour before and paint over what lies beneath.
  if (shape.fill !== undefined && shape.fill !== "none") {
    context.fillStyle = resolve(shape.fill);
    context.fill(path);
  }
  if (shape.stroke !== undefined) {
    context.strokeStyle = resolve(shape.stroke);
    context.lineWidth = shape.kind === "path" ? (shape.width ?? 1) : 1;
    context.setLineDash(shape.kind === "path" ? (shape.dash ?? []) : []);
    context.stroke(path);
  }
}

function drawText(
  shape: Extract<Shape, { kind: "text" }>,
  context: CanvasRenderingContext2D,
  resolve: ResolveColour,
): void {
  context.font = `${shape.weight ?? 400} ${shape.size}px ${FONTS[shape.font]}`;
  // What a canvas has in the place of font-variant-ligatures.
  if (shape.font === "mono") context.textRendering = "optimizeSpeed";
  context.textAlign = shape.anchor === "middle" ? "center" : (shape.anchor ?? "start");
  context.fillStyle = resolve(shape.fill);
  context.translate(shape.x, shape.y);
  if (shape.turn !== undefined) context.rotate((shape.turn * Math.PI) / 180);
  context.fillText(shape.text, 0, 0);
}
