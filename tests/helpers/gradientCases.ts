/** One-node graphs for every operator that has a gradient rule, in the variants in which files have it. */
import type { Operator } from "../../src/engine/autodiff/rules.ts";
import { floatAttribute, intAttribute, intsAttribute, stringAttribute } from "../../src/engine/onnx/attributes.ts";
import { type Attribute, ElementType, type Initializer, makeNode, type Node } from "../../src/engine/onnx/graph.ts";
import { wholeTensor } from "../../src/engine/onnx/tensors.ts";

/** A graph, its inputs, and what is differentiated. */
export interface GradientCase {
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Shapes of the inputs; the gradient with respect to each is checked. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** Floating-point constants: shape and numbers. */
  readonly weights: Readonly<Record<string, readonly [shape: readonly number[], values: readonly number[]]>>;
  readonly constants: readonly Initializer[];
  /** Least and greatest number of the inputs. */
  readonly range: readonly [number, number];
  /** Distance of the finite differences in fp32, where the operator exists in no finer type. */
  readonly distance: number;
  readonly opset: number;
  /** What is differentiated in the place of `nodes` where these are a staircase. */
  readonly smooth?: readonly Node[];
}

type Rest = Partial<Omit<GradientCase, "name" | "nodes" | "inputs">>;
type Entry = [string, Attribute];

function graph(name: string, inputs: GradientCase["inputs"], nodes: readonly Node[], rest: Rest = {}): GradientCase {
  return { name, inputs, nodes, weights: {}, constants: [], range: [-2, 2], distance: 0.02, opset: 21, ...rest };
}

function node(op: string, inputs: readonly string[], attributes: readonly Entry[] = [], domain = ""): Node {
  return makeNode(op, inputs, ["y"], { attributes: new Map(attributes), domain });
}

/** One input x, `[2, 3]` unless a shape is given. */
function unary(op: string, rest: Rest = {}, attributes: readonly Entry[] = [], domain = ""): GradientCase {
  return graph(
    `${op} ${attributes.map(([key]) => key).join()}`,
    { x: [2, 3] },
    [node(op, ["x"], attributes, domain)],
    rest,
  );
}

const POSITIVE: Rest = { range: [0.4, 2] };

/** Two inputs a and b in the ways in which they can be spread over each other. */
function pairs(op: string, rest: Rest = {}): GradientCase[] {
  const shapes: [number[], number[]][] = [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [3]],
    [[3], [2, 3]],
    [
      [2, 1, 3],
      [4, 1],
    ],
    [[], [2, 2]],
    [
      [1, 1],
      [2, 3],
    ],
  ];
  return shapes.map(([a, b]) => graph(`[${a}] and [${b}]`, { a, b }, [node(op, ["a", "b"])], rest));
}

/** An operator that takes axes as an attribute in old operator sets and as an input in new ones. */
function reduced(op: string, inputSince: number): GradientCase[] {
  const keep = (value: number): Entry => intAttribute("keepdims", value);
  const byInput = (axes: number[], keepdims: number): GradientCase =>
    graph(
      `axes ${axes} as input, keepdims ${keepdims}`,
      { x: [2, 3, 4] },
      [node(op, ["x", "axes"], [keep(keepdims)])],
      {
        constants: [wholeTensor("axes", axes)],
      },
    );
  const byAttribute = (axes: number[], keepdims: number): GradientCase => {
    const attributes = [keep(keepdims), intsAttribute("axes", axes)];
    return graph(`axes ${axes}, keepdims ${keepdims}`, { x: [2, 3, 4] }, [node(op, ["x"], attributes)], {
      opset: inputSince - 1,
    });
  };
  // The run decides: axis 1, as the length of a list of one.
  const late = [makeNode("Shape", ["one"], ["axes"]), node(op, ["x", "axes"], [keep(0)])];
  const noop = node(op, ["x", "axes"], [intAttribute("noop_with_empty_axes", 1)]);
  return [
    ...[byInput([-1], 1), byInput([1], 0), byInput([0, 2], 0), byInput([0, -1], 1)],
    ...[byAttribute([-1], 1), byAttribute([0, 1], 0)],
    graph("all axes", { x: [2, 3] }, [node(op, ["x"], [keep(0)])]),
    graph("axes of the run", { x: [2, 3, 4], one: [1] }, late),
    graph("no axes, nothing to do", { x: [2, 3] }, [noop], { constants: [wholeTensor("axes", [])] }),
  ];
}

function whole(name: string, values: readonly number[]): Initializer {
  return wholeTensor(name, values);
}

function bytes(name: string, shape: readonly number[], values: readonly number[]): Initializer {
  return { name, elementType: ElementType.uint8, shape, raw: Uint8Array.from(values), other: [] };
}

const count = (size: number, step: number, modulus: number): number[] =>
  Array.from({ length: size }, (_, index) => (index * step + 3) % modulus);
const wave = (size: number): number[] => Array.from({ length: size }, (_, index) => Math.sin(3 * index + 1));

function scale(size: number): Rest["weights"] {
  return { scale: [[size], wave(size).map((value) => value + 1.5)] };
}

function normed(op: string, domain: string, opset: number, rest: Entry[] = []): GradientCase[] {
  const x = { x: [2, 3, 4], scale: [4] };
  return [
    graph("last axis", x, [node(op, ["x", "scale"], rest, domain)], { opset }),
    graph("two axes", { x: [2, 3, 4], scale: [3, 4] }, [node(op, ["x", "scale"], [intAttribute("axis", 1)], domain)], {
      opset,
    }),
    graph("scale held", { x: [2, 4] }, [node(op, ["x", "scale"], [floatAttribute("epsilon", 0.1)], domain)], {
      opset,
      weights: scale(4) ?? {},
    }),
  ];
}

function skipNormed(op: string, centred: boolean): GradientCase[] {
  const names = centred ? ["x", "skip", "scale", "bias", "more"] : ["x", "skip", "scale", "more"];
  const shapes = { x: [2, 3, 4], skip: [2, 3, 4], scale: [4], bias: [4], more: [4] };
  const inputs = Object.fromEntries(names.map((name) => [name, shapes[name as keyof typeof shapes]]));
  const both = makeNode(op, names, ["z", "", "", "sum"], { domain: "com.microsoft" });
  const few = { x: [1, 3, 4], skip: [1, 3, 4], scale: [4] };
  return [
    graph("with the sum", inputs, [both, makeNode("Add", ["z", "sum"], ["y"])]),
    graph("alone", few, [node(op, ["x", "skip", "scale"], [], "com.microsoft")]),
  ];
}

function packed(bits: number, k: number, zeros: boolean): GradientCase {
  const [n, block] = [5, 16];
  const blocks = Math.ceil(k / block);
  const attributes = [
    ...[intAttribute("bits", bits), intAttribute("block_size", block)],
    ...[intAttribute("N", n), intAttribute("K", k)],
  ];
  const size = (n * blocks * block * bits) / 8;
  const zeroSize = n * Math.ceil((blocks * bits) / 8);
  const names = ["x", "codes", "scales", ...(zeros ? ["zeros"] : [])];
  return graph(
    `${bits} bits, K ${k}${zeros ? ", zero points" : ""}`,
    { x: [2, 3, k] },
    [node("MatMulNBits", names, attributes, "com.microsoft")],
    {
      weights: { scales: [[n * blocks], wave(n * blocks).map((value) => value / 9)] },
      constants: [
        bytes("codes", [n, blocks, (block * bits) / 8], count(size, 37, 256)),
        ...(zeros ? [bytes("zeros", [zeroSize], count(zeroSize, 53, 256))] : []),
      ],
      distance: 0.5,
    },
  );
}

function quantised(): GradientCase {
  const codes = Int8Array.from(count(12, 37, 256), (value) => value - 128);
  const weight = {
    name: "w",
    elementType: ElementType.int8,
    shape: [3, 4],
    raw: new Uint8Array(codes.buffer),
    other: [],
  };
  const zero = { name: "wz", elementType: ElementType.int8, shape: [], raw: Uint8Array.of(7), other: [] };
  const toFloat = { attributes: new Map([intAttribute("to", ElementType.float)]) };
  return graph(
    "straight through",
    { x: [2, 3] },
    [
      makeNode("DynamicQuantizeLinear", ["x"], ["q", "s", "z"]),
      makeNode("MatMulInteger", ["q", "w", "z", "wz"], ["whole"]),
      makeNode("Cast", ["whole"], ["product"], toFloat),
      makeNode("Mul", ["product", "s"], ["y"]),
    ],
    {
      constants: [weight, zero],
      weights: { plain: [[3, 4], [...codes].map((code) => code - 7)] },
      smooth: [node("MatMul", ["x", "plain"])],
      distance: 0.5,
    },
  );
}

function matMuls(): GradientCase[] {
  const shapes: [number[], number[]][] = [
    [
      [2, 3],
      [3, 4],
    ],
    [
      [2, 2, 3],
      [3, 4],
    ],
    [
      [2, 2, 3, 4],
      [2, 2, 4, 3],
    ],
    [
      [2, 1, 3, 4],
      [2, 4, 2],
    ],
    [[3], [3, 4]],
    [[2, 3], [3]],
    [[2, 2, 3], [3]],
    [[3], [2, 3, 4]],
  ];
  const weight: Rest = { weights: { w: [[3, 4], wave(12)] } };
  return [
    ...shapes.map(([a, b]) => graph(`[${a}]·[${b}]`, { a, b }, [node("MatMul", ["a", "b"])])),
    graph("by a weight", { x: [2, 5, 3] }, [node("MatMul", ["x", "w"])], weight),
    graph("a row by a weight", { x: [2, 3] }, [node("MatMul", ["x", "w"])], weight),
    graph("by a turned tensor", { a: [2, 3], b: [4, 3] }, [
      makeNode("Transpose", ["b"], ["t"]),
      node("MatMul", ["a", "t"]),
    ]),
  ];
}

function gemms(): GradientCase[] {
  const cases = [];
  for (const transA of [0, 1]) {
    for (const transB of [0, 1]) {
      const attributes = [intAttribute("transA", transA), intAttribute("transB", transB)];
      const shapes = { a: transA ? [3, 2] : [2, 3], b: transB ? [4, 3] : [3, 4], c: transA ? [4] : [2, 1] };
      const factors = [floatAttribute("alpha", 0.5), floatAttribute("beta", 3)];
      const gemm = node("Gemm", ["a", "b", "c"], [...attributes, ...factors]);
      cases.push(graph(`transA ${transA}, transB ${transB}`, shapes, [gemm]));
    }
  }
  return [...cases, graph("without C", { a: [2, 3], b: [3, 4] }, [node("Gemm", ["a", "b"])])];
}

function fused(): GradientCase[] {
  return [0, 1].flatMap((transA) =>
    [0, 1].map((transB) => {
      const attributes = [intAttribute("transA", transA), intAttribute("transB", transB), floatAttribute("alpha", 0.5)];
      const shapes = { a: transA ? [2, 4, 3] : [2, 3, 4], b: transB ? [2, 2, 4] : [2, 4, 2] };
      return graph(`transA ${transA}, transB ${transB}`, shapes, [
        node("FusedMatMul", ["a", "b"], attributes, "com.microsoft"),
      ]);
    }),
  );
}

function slices(): GradientCase[] {
  const cut = (name: string, ...lists: [number[], number[], number[], number[]]): GradientCase =>
    graph(name, { x: [3, 6] }, [node("Slice", ["x", "from", "to", "axes", "steps"])], {
      constants: ["from", "to", "axes", "steps"].map((list, index) => whole(list, lists[index] ?? [])),
    });
  const late = [makeNode("Shape", ["one"], ["from"]), node("Slice", ["x", "from", "to", "axes"])];
  return [
    cut("first half", [0], [3], [1], [1]),
    cut("second half, from the end", [-3], [2 ** 40], [-1], [1]),
    cut("two axes", [1, 2], [3, -1], [0, 1], [1, 1]),
    cut("nothing left", [4], [2], [1], [1]),
    cut("every second", [1], [6], [1], [2]),
    cut("backwards", [-1], [-7], [1], [-1]),
    graph("a start of the run", { x: [3, 4], one: [1] }, late, { constants: [whole("to", [3]), whole("axes", [1])] }),
  ];
}

function gathers(op: "Gather" | "GatherElements" | "GatherND"): GradientCase[] {
  const pick = (name: string, indices: Initializer, attributes: Entry[] = []): GradientCase =>
    graph(name, { x: [3, 4] }, [node(op, ["x", "at"], attributes)], { constants: [indices] });
  if (op === "GatherND") return [pick("rows", wholeTensor("at", [2, 0, 2], [3, 1]))];
  if (op === "GatherElements") {
    return [pick("with repeats", wholeTensor("at", [0, 0, 3, 1, 1, 1], [3, 2]), [intAttribute("axis", 1)])];
  }
  return [
    pick("rows, one twice", wholeTensor("at", [2, 0, 2])),
    pick("one column", wholeTensor("at", [-1], []), [intAttribute("axis", 1)]),
    pick("a table of columns", wholeTensor("at", [0, 1, 1, 3], [2, 2]), [intAttribute("axis", 1)]),
  ];
}

function splits(): GradientCase[] {
  const joined = makeNode("Concat", ["b", "a"], ["y"], { attributes: new Map([intAttribute("axis", 1)]) });
  const parts = (inputs: string[], rest: Entry[] = []): Node =>
    makeNode("Split", inputs, ["a", "b", "c"], { attributes: new Map([intAttribute("axis", -1), ...rest]) });
  return [
    graph("by sizes, one part unread", { x: [2, 6] }, [parts(["x", "sizes"]), joined], {
      constants: [whole("sizes", [1, 3, 2])],
    }),
    graph("evenly", { x: [2, 6] }, [parts(["x"], [intAttribute("num_outputs", 3)]), joined]),
    graph("sizes as an attribute", { x: [2, 6] }, [parts(["x"], [intsAttribute("split", [1, 3, 2])]), joined], {
      opset: 12,
    }),
  ];
}

function wheres(): GradientCase[] {
  const cases: [number[], number[]][] = [
    [
      [2, 3],
      [2, 3],
    ],
    [[2, 3], []],
    [[3], [2, 1]],
  ];
  return cases.map(([a, b]) =>
    graph(
      `[${a}] or [${b}]`,
      { a, b, c: [2, 3] },
      [makeNode("Greater", ["c", "zero"], ["condition"]), node("Where", ["condition", "a", "b"])],
      { weights: { zero: [[], [0]] } },
    ),
  );
}

function rotary(): GradientCase {
  const inputs = ["x", "positions", "cos", "sin"];
  const angles = wave(10);
  return graph("by position", { x: [1, 2, 3, 4] }, [node("RotaryEmbedding", inputs, [], "com.microsoft")], {
    constants: [wholeTensor("positions", [0, 2, 4], [1, 3])],
    weights: { cos: [[5, 2], angles.map(Math.cos)], sin: [[5, 2], angles.map(Math.sin)] },
    distance: 0.5,
  });
}

/** Every row of the table of rules; a row without a case does not compile. */
export const CASES: Readonly<Record<Operator, readonly GradientCase[]>> = {
  Abs: [unary("Abs")],
  Add: pairs("Add"),
  BiasGelu: [graph("with a bias", { x: [2, 3], b: [3] }, [node("BiasGelu", ["x", "b"], [], "com.microsoft")])],
  Cast: [
    graph("there and back", { x: [2, 3] }, [
      makeNode("Cast", ["x"], ["half"], { attributes: new Map([intAttribute("to", ElementType.double)]) }),
      node("Cast", ["half"], [intAttribute("to", ElementType.float)]),
    ]),
  ],
  Clip: [
    graph("both bounds", { x: [3, 4] }, [node("Clip", ["x", "low", "high"])], {
      weights: { low: [[], [-1]], high: [[], [0.5]] },
    }),
    graph("upper bound", { x: [3, 4] }, [node("Clip", ["x", "", "high"])], { weights: { high: [[], [0.5]] } }),
  ],
  Concat: [
    graph("columns", { a: [2, 1], b: [2, 3] }, [node("Concat", ["a", "b", "a"], [intAttribute("axis", -1)])]),
    graph("one alone", { a: [2, 2] }, [node("Concat", ["a"], [intAttribute("axis", 0)])]),
  ],
  Cos: [unary("Cos")],
  Div: pairs("Div", POSITIVE),
  Dropout: [unary("Dropout")],
  DynamicQuantizeLinear: [quantised()],
  Einsum: [
    graph("heads", { a: [2, 3, 4], b: [2, 5, 4] }, [
      node("Einsum", ["a", "b"], [stringAttribute("equation", "hqd, hkd -> hqk")]),
    ]),
  ],
  Erf: [unary("Erf")],
  Exp: [unary("Exp")],
  Expand: [
    graph("an axis and a new one", { x: [3, 1] }, [node("Expand", ["x", "to"])], {
      constants: [whole("to", [2, 1, 4])],
    }),
    graph("to a shape of the run", { x: [3, 1], like: [3, 4] }, [
      makeNode("Shape", ["like"], ["to"]),
      node("Expand", ["x", "to"]),
    ]),
  ],
  FastGelu: [
    graph("alone", { x: [2, 3] }, [node("FastGelu", ["x"], [], "com.microsoft")]),
    graph("with a bias", { x: [2, 3], b: [3] }, [node("FastGelu", ["x", "b"], [], "com.microsoft")]),
  ],
  Flatten: [graph("in the middle", { x: [2, 3, 4] }, [node("Flatten", ["x"], [intAttribute("axis", 2)])])],
  FusedMatMul: fused(),
  Gather: gathers("Gather"),
  GatherElements: gathers("GatherElements"),
  GatherND: gathers("GatherND"),
  Gelu: [unary("Gelu"), unary("Gelu", {}, [stringAttribute("approximate", "tanh")])],
  Gemm: gemms(),
  Identity: [unary("Identity")],
  LayerNormalization: [
    ...normed("LayerNormalization", "", 21),
    graph("with a bias", { x: [2, 4], scale: [4], bias: [4] }, [node("LayerNormalization", ["x", "scale", "bias"])]),
    graph("in an old operator set", { x: [2, 4] }, [node("LayerNormalization", ["x", "scale"])], {
      opset: 17,
      weights: scale(4) ?? {},
    }),
  ],
  Log: [unary("Log", POSITIVE)],
  LogSoftmax: [unary("LogSoftmax"), unary("LogSoftmax", {}, [intAttribute("axis", 0)])],
  MatMul: matMuls(),
  MatMulInteger: [quantised()],
  MatMulNBits: [
    packed(4, 32, false),
    packed(4, 48, true),
    packed(4, 40, false),
    packed(8, 32, false),
    packed(8, 40, true),
  ],
  Max: pairs("Max"),
  Min: [graph("three", { a: [2, 3], b: [3], c: [] }, [node("Min", ["a", "b", "c"])])],
  Mul: pairs("Mul"),
  Neg: [unary("Neg")],
  Pow: [
    ...pairs("Pow", POSITIVE),
    ...[0, 1, 2, 3, 0.5, -1.5].map((e) =>
      graph(`to the ${e}`, { x: [2, 3] }, [node("Pow", ["x", "e"])], { ...POSITIVE, weights: { e: [[], [e]] } }),
    ),
    graph("a negative number squared", { x: [2, 3] }, [node("Pow", ["x", "e"])], { weights: { e: [[1], [2]] } }),
    graph("to a whole number of another type", { x: [2, 3] }, [node("Pow", ["x", "e"])], {
      constants: [wholeTensor("e", [3], [])],
    }),
  ],
  QuickGelu: [
    unary("QuickGelu", {}, [], "com.microsoft"),
    unary("QuickGelu", {}, [floatAttribute("alpha", 1)], "com.microsoft"),
  ],
  RMSNormalization: normed("RMSNormalization", "", 23),
  Reciprocal: [unary("Reciprocal", POSITIVE)],
  ReduceMean: reduced("ReduceMean", 18),
  ReduceSum: reduced("ReduceSum", 13),
  Relu: [unary("Relu")],
  Reshape: [
    graph("sizes left open", { x: [2, 3, 4] }, [node("Reshape", ["x", "to"])], {
      constants: [whole("to", [0, -1, 2])],
    }),
  ],
  RotaryEmbedding: [rotary()],
  Sigmoid: [unary("Sigmoid")],
  SimplifiedLayerNormalization: normed("SimplifiedLayerNormalization", "", 21),
  Sin: [unary("Sin")],
  SkipLayerNormalization: skipNormed("SkipLayerNormalization", true),
  SkipSimplifiedLayerNormalization: skipNormed("SkipSimplifiedLayerNormalization", false),
  Slice: slices(),
  Softmax: [unary("Softmax"), unary("Softmax", {}, [intAttribute("axis", 0)]), unary("Softmax", { opset: 11 })],
  Softplus: [unary("Softplus")],
  Split: splits(),
  Sqrt: [unary("Sqrt", POSITIVE)],
  Squeeze: [
    graph("named axes", { x: [1, 3, 1] }, [node("Squeeze", ["x", "axes"])], { constants: [whole("axes", [-1])] }),
    graph("all of them", { x: [1, 3, 1] }, [node("Squeeze", ["x"])]),
  ],
  Sub: pairs("Sub"),
  Sum: [graph("three", { a: [2, 3], b: [3], c: [2, 1] }, [node("Sum", ["a", "b", "c"])])],
  Tanh: [unary("Tanh")],
  Transpose: [
    graph("turned", { x: [2, 3, 4] }, [node("Transpose", ["x"], [intsAttribute("perm", [1, 2, 0])])]),
    graph("reversed", { x: [2, 3, 4] }, [node("Transpose", ["x"])]),
  ],
  Trilu: [
    graph("lower", { x: [3, 4] }, [node("Trilu", ["x", "k"], [intAttribute("upper", 0)])], {
      constants: [wholeTensor("k", [1], [])],
    }),
    graph("upper", { x: [3, 4] }, [node("Trilu", ["x"])]),
  ],
  Unsqueeze: [
    graph("two axes", { x: [2, 3] }, [node("Unsqueeze", ["x", "axes"])], { constants: [whole("axes", [0, -1])] }),
  ],
  Where: wheres(),
};
