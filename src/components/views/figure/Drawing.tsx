import "../../../styles/drawing.css";
import type { ComponentChildren } from "preact";
import type { Shape } from "../../../lib/scene.ts";

interface DrawingProps {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  /** What can be pointed at, above the shapes. */
  readonly children?: ComponentChildren;
}

/** Shapes as SVG; numbers and names stand in the reading and in the table as well. */
export function Drawing({ width, height, shapes, children }: DrawingProps) {
  return (
    <svg class="uh-drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {shapes.map((shape, at) => (
        <Drawn key={at} shape={shape} />
      ))}
      {children}
    </svg>
  );
}

function Drawn({ shape }: { readonly shape: Shape }) {
  if (shape.kind === "text") return <Written shape={shape} />;
  const { fill = "none", stroke, opacity } = shape;
  if (shape.kind === "rect") {
    const { x, y, width, height, radius } = shape;
    return <rect x={x} y={y} width={width} height={height} rx={radius} fill={fill} stroke={stroke} opacity={opacity} />;
  }
  const { d, width, dash } = shape;
  return (
    <path d={d} fill={fill} stroke={stroke} stroke-width={width} stroke-dasharray={dash?.join(" ")} opacity={opacity} />
  );
}

function Written({ shape }: { readonly shape: Extract<Shape, { kind: "text" }> }) {
  const { x, y, size, font, anchor, weight, fill, text } = shape;
  return (
    <text x={x} y={y} font-size={size} data-font={font} text-anchor={anchor} font-weight={weight} fill={fill}>
      {text}
    </text>
  );
}
