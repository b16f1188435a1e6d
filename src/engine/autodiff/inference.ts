/** What an operator's outputs look like, told from what its inputs look like: one row an operator. */
import { ElementType, type Node } from "../onnx/graph.ts";
import type { Inference, Known } from "./inference/common.ts";
import { concat, flatten, gather, reshape, split, squeeze, transpose, unsqueeze } from "./inference/moves.ts";
import { dynamicQuantize, fusedMatMul, gemm, matMul, matMulNBits, reduce } from "./inference/products.ts";
import { slice } from "./inference/slice.ts";
import {
  dequantize,
  divided,
  equal,
  identity,
  multiplied,
  negative,
  same,
  spreading,
  subtracted,
  summed,
  where,
} from "./inference/spreading.ts";
import { cast, constant, constantOfShape, expand, range, shapeOf, size } from "./inference/values.ts";
import type { Fact } from "./shapes.ts";

/** Facts of a node's outputs; none where nothing can be told. Wrong ones are never given. */
export function inferred(node: Node, known: Known): readonly Fact[] {
  return INFERENCES.get(node.op)?.(node, known) ?? [];
}

/** The first output is shaped like the first input. */
const ALIKE = [
  ...["Abs", "Acos", "Asin", "Atan", "Ceil", "Clip", "Cos", "CumSum", "Dropout", "Elu", "Erf", "Exp", "FastGelu"],
  ...["BiasGelu", "Floor", "Gelu", "HardSigmoid", "HardSwish", "LayerNormalization", "LeakyRelu", "Log"],
  ...["LogSoftmax", "Mish", "QuickGelu", "Reciprocal", "Relu", "RMSNormalization", "RotaryEmbedding", "Round"],
  ...["ScatterElements", "ScatterND", "Sigmoid", "Sign", "SimplifiedLayerNormalization", "Sin", "Softmax", "Softplus"],
  ...["Softsign", "Sqrt", "Tan", "Tanh", "Trilu", "SkipLayerNormalization", "SkipSimplifiedLayerNormalization"],
];

const INFERENCES: ReadonlyMap<string, Inference> = new Map<string, Inference>([
  ...ALIKE.map((op): [string, Inference] => [op, same]),
  ["Add", spreading(summed)],
  ["Sub", spreading(subtracted)],
  ["Mul", spreading(multiplied)],
  ["Div", spreading(divided)],
  ...["BitShift", "Max", "Mean", "Min", "Mod", "Pow", "PRelu", "Sum"].map((op): [string, Inference] => [
    op,
    spreading(),
  ]),
  ["Equal", spreading(equal, ElementType.bool)],
  ...["And", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "Not", "Or", "Xor"].map(
    (op): [string, Inference] => [op, spreading(undefined, ElementType.bool)],
  ),
  ["Identity", identity],
  ["Neg", negative],
  ["Where", where],
  ["MatMul", matMul],
  ["MatMulInteger", matMul],
  ["FusedMatMul", fusedMatMul],
  ["Gemm", gemm],
  ["MatMulNBits", matMulNBits],
  ["DynamicQuantizeLinear", dynamicQuantize],
  ...["ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum"].map((op): [string, Inference] => [
    op,
    reduce,
  ]),
  ["Transpose", transpose],
  ["Reshape", reshape],
  ["Flatten", flatten],
  ["Squeeze", squeeze],
  ["Unsqueeze", unsqueeze],
  ["Concat", concat],
  ["Split", split],
  ["Gather", gather],
  ["Slice", slice],
  ["Expand", expand],
  ["Shape", shapeOf],
  ["Size", size],
  ["Constant", constant],
  ["Cast", cast],
  ["Range", range],
  ["ConstantOfShape", constantOfShape],
  ["DequantizeLinear", dequantize],
]);
