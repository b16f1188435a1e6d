/**
 * The gradient of every operator, one row each. Above a row stands its formula: y is what the operator gives, dy the
 * gradient of the followed number with respect to y, dx that with respect to an input x.
 */
import { floatOf, stringOf } from "../onnx/attributes.ts";
import type { Node } from "../onnx/graph.ts";
import { geluSlope, geluTanhSlope, sigmoidLinearSlope } from "./rules/activations.ts";
import { einsum } from "./rules/einsum.ts";
import { back, concat, rotated, scattered, slice, split, transposed, trilu } from "./rules/moves.ts";
import { norm, skipNorm } from "./rules/norms.ts";
import { base, biased, castBack, chosen, dropout, exponent, sum } from "./rules/pointwise.ts";
import { fusedMatMul, gemm, matMul } from "./rules/products.ts";
import { matMulInteger, matMulNBits, quantize } from "./rules/quantised.ts";
import { extreme, logSoftmax, reduceMean, reduceSum, softmax } from "./rules/reductions.ts";
import { alone, type Derivative, type Rule, spread } from "./step.ts";

/** Operators that numbers can be followed back through. */
export type Operator =
  | ("Abs" | "Add" | "BiasGelu" | "Cast" | "Clip" | "Concat" | "Cos" | "Div" | "Dropout" | "DynamicQuantizeLinear")
  | ("Einsum" | "Erf" | "Exp" | "Expand" | "FastGelu" | "Flatten" | "FusedMatMul" | "Gather" | "GatherElements")
  | ("GatherND" | "Gelu" | "Gemm" | "Identity" | "LayerNormalization" | "Log" | "LogSoftmax" | "MatMul")
  | ("MatMulInteger" | "MatMulNBits" | "Max" | "Min" | "Mul" | "Neg" | "Pow" | "QuickGelu" | "RMSNormalization")
  | ("Reciprocal" | "ReduceMean" | "ReduceSum" | "Relu" | "Reshape" | "RotaryEmbedding" | "Sigmoid" | "Sin" | "Slice")
  | ("SimplifiedLayerNormalization" | "SkipLayerNormalization" | "SkipSimplifiedLayerNormalization" | "Softmax")
  | (
      | "Softplus"
      | "Split"
      | "Sqrt"
      | "Squeeze"
      | "Sub"
      | "Sum"
      | "Tanh"
      | "Transpose"
      | "Trilu"
      | "Unsqueeze"
      | "Where"
    );

/** dy itself. */
const same: Derivative = (s) => s.thin();

const biasGelu: Derivative = (s) => s.tape.mul(s.thin(), geluSlope(s.tape, biased(s)));
const fastGelu: Derivative = (s) => s.tape.mul(s.thin(), geluTanhSlope(s.tape, biased(s)));

export const RULES: Readonly<Record<Operator, Rule>> = {
  // y = a + b:  da = dy,  db = dy
  Add: spread(same, same),
  // y = a − b:  da = dy,  db = −dy
  Sub: spread(same, (s) => s.tape.neg(s.thin())),
  // y = a·b:  da = dy·b,  db = dy·a
  Mul: spread(
    (s) => s.tape.mul(s.thin(), s.x(1)),
    (s) => s.tape.mul(s.thin(), s.x(0)),
  ),
  // y = a/b:  da = dy/b,  db = −dy·y/b
  Div: spread(
    (s) => s.tape.div(s.thin(), s.x(1)),
    (s) => s.tape.neg(s.tape.mul(s.tape.div(s.thin(), s.x(1)), s.y())),
  ),
  // y = a + b + …:  dy to each
  Sum: sum,
  // y = −x:  dx = −dy
  Neg: alone((s) => s.tape.neg(s.thin())),
  // y = |x|:  dx = dy·sign x
  Abs: alone((s) => s.tape.mul(s.thin(), s.tape.emit("Sign", [s.x()]))),
  // y = xᵉ:  dx = dy·e·xᵉ⁻¹,  de = dy·y·log x
  Pow: spread(base, exponent),
  // y = √x:  dx = dy/2y
  Sqrt: alone((s) => s.tape.div(s.tape.scale(s.thin(), 0.5), s.y())),
  // y = 1/x:  dx = −dy·y²
  Reciprocal: alone((s) => s.tape.neg(s.tape.mul(s.thin(), s.tape.mul(s.y(), s.y())))),
  // y = exp x:  dx = dy·y
  Exp: alone((s) => s.tape.mul(s.thin(), s.y())),
  // y = log x:  dx = dy/x
  Log: alone((s) => s.tape.div(s.thin(), s.x())),
  // y = sin x:  dx = dy·cos x
  Sin: alone((s) => s.tape.mul(s.thin(), s.tape.emit("Cos", [s.x()]))),
  // y = cos x:  dx = −dy·sin x
  Cos: alone((s) => s.tape.neg(s.tape.mul(s.thin(), s.tape.emit("Sin", [s.x()])))),
  // y = erf x:  dx = dy·2/√π·exp(−x²)
  Erf: alone((s) => {
    const bell = s.tape.emit("Exp", [s.tape.neg(s.tape.mul(s.x(), s.x()))]);
    return s.tape.mul(s.tape.scale(s.thin(), 2 / Math.sqrt(Math.PI)), bell);
  }),
  // y = tanh x:  dx = dy·(1 − y²)
  Tanh: alone((s) => s.tape.mul(s.thin(), s.tape.sub(s.tape.number(1, s.y()), s.tape.mul(s.y(), s.y())))),
  // y = σ(x) = 1/(1 + exp −x):  dx = dy·y·(1 − y)
  Sigmoid: alone((s) => s.tape.mul(s.thin(), s.tape.mul(s.y(), s.tape.sub(s.tape.number(1, s.y()), s.y())))),
  // y = log(1 + exp x):  dx = dy·σ(x)
  Softplus: alone((s) => s.tape.mul(s.thin(), s.tape.emit("Sigmoid", [s.x()]))),
  // y = max(x, 0):  dx = dy where y > 0
  Relu: alone((s) => chosen(s.tape, s.tape.emit("Greater", [s.y(), s.tape.number(0, s.y())]), s.thin())),
  // y = x kept between bounds:  dx = dy where it is within
  Clip: alone((s) => chosen(s.tape, s.tape.emit("Equal", [s.x(), s.y()]), s.thin())),
  // y = x·Φ(x), or its approximation by tanh:  dx = dy·slope
  Gelu: alone((s) => {
    const slope = stringOf(s.node, "approximate", "none") === "tanh" ? geluTanhSlope : geluSlope;
    return s.tape.mul(s.thin(), slope(s.tape, s.x()));
  }),
  // y = gelu(x + b):  dx = db = dy·slope
  BiasGelu: spread(biasGelu, biasGelu),
  // y = the approximation by tanh, of x + b:  dx = db = dy·slope
  FastGelu: spread(fastGelu, fastGelu),
  // y = x·σ(αx):  dx = dy·slope
  QuickGelu: alone((s) => s.tape.mul(s.thin(), sigmoidLinearSlope(s.tape, s.x(), floatOf(s.node, "alpha", 1.702)))),
  // y = the greatest, the least:  dy to those that are equal to y, in equal parts
  Max: extreme,
  Min: extreme,
  // y = a where c, else b:  da = dy where c,  db = dy where not c
  Where: spread(
    same,
    (s) => chosen(s.tape, s.x(0), s.thin()),
    (s) => chosen(s.tape, s.tape.emit("Not", [s.x(0)]), s.thin()),
  ),
  // y = x:  dx = dy
  Identity: alone(same),
  // y = x in another type:  dx = dy in the type of x
  Cast: alone(castBack),
  // y = x:  dx = dy
  Dropout: dropout,

  // y = a·b:  da = dy·bᵀ,  db = aᵀ·dy
  MatMul: matMul,
  FusedMatMul: fusedMatMul,
  // y = α·A·B + β·C:  dA = α·dy·Bᵀ,  dB = α·Aᵀ·dy,  dC = β·dy
  Gemm: gemm,
  // y = einsum("a,b->c"):  da = einsum("c,b->a")
  Einsum: einsum,
  // y = x·Wᵀ:  dx = dy·W
  MatMulNBits: alone(matMulNBits),
  // y = (a − za)·(w − zw):  da = dy·(w − zw)ᵀ
  MatMulInteger: matMulInteger,
  // y = round(x/s) + z:  dx = dy/s, straight through
  DynamicQuantizeLinear: quantize,

  // y = Σ x:  dx = dy
  ReduceSum: reduceSum,
  // y = Σ x/n:  dx = dy/n
  ReduceMean: reduceMean,
  // y = softmax x:  dx = y·(dy − Σ dy·y)
  Softmax: softmax,
  // y = x − log Σ exp x:  dx = dy − exp(y)·Σ dy
  LogSoftmax: logSoftmax,
  // y = x̂·scale + bias:  dx = r·(g − mean g − x̂·mean g·x̂) with g = dy·scale; see rules/norms.ts
  LayerNormalization: norm(true),
  RMSNormalization: norm(false),
  SimplifiedLayerNormalization: norm(false),
  SkipLayerNormalization: skipNorm(true),
  SkipSimplifiedLayerNormalization: skipNorm(false),

  // y = x in another shape:  dx = dy in the shape of x
  Reshape: alone(back),
  Flatten: alone(back),
  Squeeze: alone(back),
  Unsqueeze: alone(back),
  // y = x with its axes in another order:  dx = dy with its axes in the old one
  Transpose: alone(transposed),
  // y = x, repeated:  dx = Σ dy
  Expand: spread(same),
  // y = the inputs in a row:  each gets its part of dy
  Concat: concat,
  // y₁, y₂, … = parts of x:  dx = dy₁, dy₂, … in a row
  Split: alone(split),
  // y = a part of x:  dx = dy in that part, 0 elsewhere
  Slice: alone(slice),
  // y = numbers of x by place:  dx = Σ dy by place
  Gather: alone(scattered),
  GatherElements: alone(scattered),
  GatherND: alone(scattered),
  // y = x above or below a diagonal:  dx = dy there
  Trilu: alone(trilu),
  // y = x turned by an angle:  dx = dy turned back
  RotaryEmbedding: alone(rotated),
};

/** The rule of an operator, one of the standard ones or of `com.microsoft`; undefined where there is none. */
export function ruleOf({ op, domain }: Node): Rule | undefined {
  const ours = domain === "" || domain === "com.microsoft";
  return ours && Object.hasOwn(RULES, op) ? RULES[op as Operator] : undefined;
}
