import { useEffect, useRef } from "preact/hooks";
import { inSlices } from "../../../lib/slices.ts";
import { readColour, themeTurns } from "../../../lib/theme.ts";
import type { HeadMatrix } from "./matrix.ts";
import type { Picture } from "./picture.ts";
import { PATH_SIDE, pooledSteps, STEPS, thumbnailPaths } from "./thumbnail.ts";

interface ThumbnailProps {
  readonly picture: Picture;
  readonly layer: number;
  readonly head: number;
}

/** A head's matrix without labels, in the colour of its surroundings. Decoration: what it shows is said beside it. */
export function Thumbnail(props: ThumbnailProps) {
  const { picture, layer, head } = props;
  const small = Math.max(picture.rows.length, picture.columns.length) <= PATH_SIDE;
  return small ? <PathThumbnail matrix={picture.matrix(layer, head)} /> : <PixelThumbnail {...props} />;
}

function PathThumbnail(props: { matrix: HeadMatrix }) {
  const { rows, columns } = props.matrix;
  return (
    <svg
      class="uh-thumb-picture"
      viewBox={`0 0 ${Math.max(1, columns)} ${Math.max(1, rows)}`}
      preserveAspectRatio="none"
      shape-rendering="crispEdges"
      aria-hidden="true"
    >
      {thumbnailPaths(props.matrix).map(({ step, d }) => (
        <path key={step} d={d} fill="currentColor" fill-opacity={step / STEPS} />
      ))}
    </svg>
  );
}

/** A large matrix is put together only when its turn to be drawn comes. */
function PixelThumbnail(props: ThumbnailProps) {
  const { picture, layer, head } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const turn = themeTurns().value;
  useEffect(() => {
    void turn;
    const element = canvas.current;
    return element ? inSlices(drawPixels(element, () => picture.matrix(layer, head))) : undefined;
  }, [picture, layer, head, turn]);
  return <canvas class="uh-thumb-picture" ref={canvas} />;
}

/** Draws a matrix at device pixels, never more pixels than it has cells. */
export function* drawPixels(canvas: HTMLCanvasElement, read: () => HeadMatrix): Generator<void> {
  const matrix = read();
  yield;
  const ratio = window.devicePixelRatio || 1;
  const box = canvas.getBoundingClientRect();
  const width = Math.max(1, Math.min(matrix.columns, Math.round(box.width * ratio)));
  const height = Math.max(1, Math.min(matrix.rows, Math.round(box.height * ratio)));
  const steps = pooledSteps(matrix, width, height);
  yield;
  const context = canvas.getContext("2d");
  canvas.width = width;
  canvas.height = height;
  if (context === null) return;
  const image = context.createImageData(width, height);
  paint(image.data, steps, readColour(canvas));
  context.putImageData(image, 0, 0);
}

function paint(pixels: Uint8ClampedArray, steps: Uint8Array, [red, green, blue]: [number, number, number]): void {
  for (let at = 0; at < steps.length; at++) {
    pixels[at * 4] = red;
    pixels[at * 4 + 1] = green;
    pixels[at * 4 + 2] = blue;
    pixels[at * 4 + 3] = ((steps[at] ?? 0) * 255) / STEPS;
  }
}
