/** Gradients of normalisations. */
import { floatOf, intOf } from "../../onnx/attributes.ts";
import { ElementType } from "../../onnx/graph.ts";
import { fitted } from "../fit.ts";
import type { Rule, Step } from "../step.ts";

/** What a normalisation does: y = x̂·scale + bias, with x̂ = (x − mean x)·r, or x̂ = x·r without the mean. */
interface Norm {
  readonly x: string;
  readonly scale: string;
  readonly axes: readonly number[];
  readonly epsilon: number;
  readonly centred: boolean;
}

/** The gradients that a normalisation hands on. */
interface NormGradients {
  readonly x: string;
  /** Of the scale, as wide as x. */
  readonly scale: () => string;
}

/**
 * r = 1 / √(mean (x − mean x)² + ε),  g = dy·scale:  dx = r·(g − mean g − x̂·mean g·x̂),  dscale = Σ dy·x̂,  dbias = Σ dy
 * (without the mean: r = 1 / √(mean x² + ε),  dx = r·(g − x̂·mean g·x̂)).
 *
 * Computed in fp32, as the operators do themselves. Layer normalization: Ba et al. 2016; without the mean: Zhang and
 * Sennrich 2019.
 */
function normalised(step: Step, norm: Norm): NormGradients {
  const { tape } = step;
  const type = tape.typeOf(norm.x);
  const wide = type === ElementType.double ? type : ElementType.float;
  const [x, dy, scale] = [tape.cast(norm.x, wide), tape.cast(step.dy(), wide), tape.cast(norm.scale, wide)];
  const mean = (name: string): string => tape.mean(name, norm.axes);
  const centred = norm.centred ? tape.sub(x, mean(x)) : x;
  const variance = tape.add(mean(tape.mul(centred, centred)), tape.number(norm.epsilon, x));
  const r = tape.emit("Reciprocal", [tape.emit("Sqrt", [variance])]);
  const unit = tape.mul(centred, r);
  const g = tape.mul(dy, scale);
  const along = tape.mul(unit, mean(tape.mul(g, unit)));
  const across = norm.centred ? tape.sub(g, mean(g)) : g;
  return {
    x: tape.cast(tape.mul(tape.sub(across, along), r), type),
    scale: () => tape.cast(tape.mul(dy, unit), type),
  };
}

/** All axes from `axis` on, counted from the end. */
function axesFrom(step: Step, axis: number): number[] {
  const from = axis < 0 ? axis : axis - step.rank(step.x());
  return Array.from({ length: -from }, (_, index) => from + index);
}

/** LayerNormalization and, without the mean, SimplifiedLayerNormalization and RMSNormalization: x, scale, bias. */
export function norm(centred: boolean): Rule {
  return (step) => {
    const axes = axesFrom(step, intOf(step.node, "axis", -1));
    const epsilon = floatOf(step.node, "epsilon", 1e-5);
    const gradients = normalised(step, { x: step.x(), scale: step.x(1), axes, epsilon, centred });
    step.give(0, gradients.x);
    if (step.wants(1)) step.giveFitted(1, gradients.scale());
    if (step.wants(2)) step.giveFitted(2, step.dy());
  };
}

/**
 * SkipLayerNormalization and SkipSimplifiedLayerNormalization: x + skip (+ bias) is normalised, and is output 3. The
 * scale is input 2; then come, with the mean, the norm's bias and the bias, else the bias alone.
 */
export function skipNorm(centred: boolean): Rule {
  return (step) => {
    const { tape, node } = step;
    const bias = centred ? 4 : 3;
    const sum = step.y(3) === "" ? summed(step, bias) : step.y(3);
    const epsilon = floatOf(node, "epsilon", 1e-12);
    const gradients = normalised(step, { x: sum, scale: step.x(2), axes: [-1], epsilon, centred });
    const total = step.has(3) ? tape.add(gradients.x, step.dy(3)) : gradients.x;
    for (const index of [0, 1, bias]) if (step.wants(index)) step.give(index, fitted(tape, total, step.x(index)));
    if (step.wants(2)) step.giveFitted(2, gradients.scale());
    if (centred && step.wants(3)) step.giveFitted(3, step.dy());
  };
}

function summed(step: Step, bias: number): string {
  const both = step.tape.add(step.x(0), step.x(1));
  return step.x(bias) === "" ? both : step.tape.add(both, step.x(bias));
}
