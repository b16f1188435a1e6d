import { AXIS_LABELS, type Axis, axisMeaning, type OutputShape } from "./shape.ts";

/** A shape with the name of each axis under its number, and what it counts on hover or focus. */
export function ShapeView(props: { readonly shape: OutputShape }) {
  const { tuple, axes } = props.shape;
  if (!tuple && axes.length === 0) return <span class="ow-shape ow-shape-scalar">a single number</span>;
  return (
    <span class="ow-shape">
      {tuple && (
        <>
          <AxisView axis={tuple} />
          <span class="ow-shape-mark">×</span>
        </>
      )}
      <span class="ow-shape-mark">[</span>
      {axes.map((axis, index) => (
        <span class="ow-shape-part" key={index}>
          <AxisView axis={axis} />
          {index < axes.length - 1 && <span class="ow-shape-mark">,</span>}
        </span>
      ))}
      <span class="ow-shape-mark">]</span>
    </span>
  );
}

function AxisView(props: { readonly axis: Axis }) {
  const { axis } = props;
  return (
    <button type="button" class="ow-axis" data-axis={axis.name} data-side={axis.side}>
      <span class="ow-axis-size">{axis.size}</span>
      <span class="ow-axis-name">{AXIS_LABELS[axis.name]}</span>
      <span class="ow-axis-meaning">{axisMeaning(axis)}</span>
    </button>
  );
}
