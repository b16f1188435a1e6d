/**
 * ONNX bytes → `OnnxModel`. Field numbers are those of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).
 */
import { checkNames } from "./check.ts";
import type { Attribute, Graph, Initializer, Node, OnnxModel, Value } from "./graph.ts";
import { ElementType } from "./graph.ts";
import { bytesOf, damaged, eachField, type Field, numberOf, numbersOf, textOf } from "./protobuf.ts";

/** No real model nests branches deeper; a hostile file could nest until the stack is full. */
const DEEPEST = 16;

/** Reads a model file without copying its weights; throws `FailureError("damaged")` on anything that is none. */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  refuseStrangers(bytes);
  let irVersion = 0;
  const opsets = new Map<string, number>();
  const graphs: Uint8Array[] = [];
  const other: Uint8Array[] = [];
  eachField(bytes, "model", (field) => {
    if (field.number === 1) irVersion = numberOf(field, "model");
    else if (field.number === 7) graphs.push(bytesOf(field, "model"));
    else if (field.number === 8) readOpset(bytesOf(field, "opset import"), opsets);
    else other.push(field.encoded);
  });

  if (graphs.length === 0) throw damaged("model", "no graph in it");
  if (opsets.size === 0) throw damaged("model", "no operator set named");
  const graph = readGraph(graphs, "graph", 0);
  checkNames(graph, opsets);
  return { irVersion, opsets, graph, other };
}

/** Names the files that are most often found in a model's place. */
function refuseStrangers(bytes: Uint8Array): void {
  if (bytes.length === 0) throw damaged("model", "the file is empty");
  const start = String.fromCharCode(...bytes.subarray(0, 64)).trimStart();
  if (start.startsWith("<")) throw damaged("model", "the file is a web page");
  if (start.startsWith("version https://git-lfs")) throw damaged("model", "the file is a Git LFS pointer");
}

function readOpset(bytes: Uint8Array, opsets: Map<string, number>): void {
  let domain = "";
  let version = 0;
  eachField(bytes, "opset import", (field) => {
    if (field.number === 1) domain = textOf(field, "opset import");
    else if (field.number === 2) version = numberOf(field, "opset import");
  });
  if (version < 1) throw damaged("opset import", `version ${version} of the operators "${domain}"`);
  opsets.set(domain === "ai.onnx" ? "" : domain, version);
}

/** Reads one graph; protobuf lets a message be given in several parts, which are read one after the other. */
function readGraph(parts: readonly Uint8Array[], where: string, depth: number): Graph {
  if (depth > DEEPEST) throw damaged(where, `branches nested deeper than ${DEEPEST}`);
  let name = "";
  const nodes: Node[] = [];
  const initializers = new Map<string, Initializer>();
  const inputs: Value[] = [];
  const outputs: Value[] = [];
  const values: Value[] = [];
  const other: Uint8Array[] = [];
  const readers: Readonly<Record<number, (field: Field) => void>> = {
    1: (field) => nodes.push(readNode(bytesOf(field, where), `${where}, node ${nodes.length}`, depth)),
    2: (field) => {
      name = textOf(field, where);
    },
    5: (field) => {
      const tensor = readInitializer(bytesOf(field, where), `${where}, initializer ${initializers.size}`);
      initializers.set(tensor.name, tensor);
    },
    11: (field) => inputs.push(readValue(bytesOf(field, where), `${where}, input ${inputs.length}`)),
    12: (field) => outputs.push(readValue(bytesOf(field, where), `${where}, output ${outputs.length}`)),
    13: (field) => values.push(readValue(bytesOf(field, where), `${where}, value ${values.length}`)),
  };
  for (const part of parts) {
    eachField(part, where, (field) => {
      const read = readers[field.number];
      if (read === undefined) other.push(field.encoded);
      else read(field);
    });
  }
  return { name, nodes, initializers, inputs, outputs, values, other };
}

const DOC_STRING = 6;

function readNode(bytes: Uint8Array, where: string, depth: number): Node {
  let op = "";
  let name = "";
  let domain = "";
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  const other: Uint8Array[] = [];
  eachField(bytes, where, (field) => {
    if (field.number === 1) inputs.push(textOf(field, where));
    else if (field.number === 2) outputs.push(textOf(field, where));
    else if (field.number === 3) name = textOf(field, where);
    else if (field.number === 4) op = textOf(field, where);
    else if (field.number === 5) attributes.set(...readAttribute(bytesOf(field, where), where, depth));
    else if (field.number === 7) domain = textOf(field, where);
    else if (field.number !== DOC_STRING) other.push(field.encoded);
  });
  if (op === "") throw damaged(where, "a node without an operator");
  return { op, name, domain: domain === "ai.onnx" ? "" : domain, inputs, outputs, attributes, other };
}

/** Only the name and a subgraph are decoded; other values are read where they are needed (`attributes.ts`). */
function readAttribute(bytes: Uint8Array, node: string, depth: number): [string, Attribute] {
  let name = "";
  const branches: Uint8Array[] = [];
  eachField(bytes, `${node}, attribute`, (field) => {
    if (field.number === 1) name = textOf(field, node);
    else if (field.number === 6) branches.push(bytesOf(field, node));
  });
  if (name === "") throw damaged(node, "an attribute without a name");
  if (branches.length === 0) return [name, { encoded: bytes }];
  return [name, { graph: readGraph(branches, `${node}, ${name}`, depth + 1) }];
}

/** Reads a TensorProto; its numbers stay where they are in the file. */
export function readInitializer(bytes: Uint8Array, where: string): Initializer {
  let name = "";
  let elementType = 0;
  const shape: number[] = [];
  let raw: Uint8Array | undefined;
  const other: Uint8Array[] = [];
  eachField(bytes, where, (field) => {
    if (field.number === 1) shape.push(...numbersOf(field, where));
    else if (field.number === 2) elementType = numberOf(field, where);
    else if (field.number === 8) name = textOf(field, where);
    else if (field.number === 9) raw = bytesOf(field, where);
    else other.push(field.encoded);
  });
  if (raw !== undefined) checkSize(raw, elementType, shape, `${where} ${name}`);
  return { name, elementType, shape, raw, other };
}

const BYTES_PER_ELEMENT: Readonly<Record<number, number>> = {
  [ElementType.float]: 4,
  [ElementType.uint8]: 1,
  [ElementType.int8]: 1,
  [ElementType.uint16]: 2,
  [ElementType.int16]: 2,
  [ElementType.int32]: 4,
  [ElementType.int64]: 8,
  [ElementType.bool]: 1,
  [ElementType.float16]: 2,
  [ElementType.double]: 8,
  [ElementType.uint32]: 4,
  [ElementType.uint64]: 8,
  [ElementType.bfloat16]: 2,
};

function checkSize(raw: Uint8Array, elementType: number, shape: readonly number[], where: string): void {
  const size = BYTES_PER_ELEMENT[elementType];
  if (size === undefined) return;
  const expected = shape.reduce((product, length) => product * length, size);
  if (raw.length !== expected) throw damaged(where, `${raw.length} bytes for the shape [${shape}], not ${expected}`);
}

/** Reads a ValueInfoProto; of its type, element type and shape of a plain tensor. */
function readValue(bytes: Uint8Array, where: string): Value {
  let name = "";
  let type: Uint8Array | undefined;
  eachField(bytes, where, (field) => {
    if (field.number === 1) name = textOf(field, where);
    else if (field.number === 2) type = bytesOf(field, where);
  });
  return { name, encoded: type, ...readTensorType(type, where) };
}

function readTensorType(type: Uint8Array | undefined, where: string): Pick<Value, "elementType" | "shape"> {
  let elementType = 0;
  let shape: (number | string)[] | undefined;
  const readTensor = (field: Field): void => {
    if (field.number === 1) elementType = numberOf(field, where);
    else if (field.number === 2) shape = readShape(bytesOf(field, where), where);
  };
  if (type !== undefined) {
    eachField(type, where, (field) => {
      if (field.number === 1) eachField(bytesOf(field, where), where, readTensor);
    });
  }
  return { elementType, shape };
}

function readShape(bytes: Uint8Array, where: string): (number | string)[] {
  const shape: (number | string)[] = [];
  eachField(bytes, where, (dimension) => {
    if (dimension.number !== 1) return;
    let size: number | string = "";
    eachField(bytesOf(dimension, where), where, (field) => {
      if (field.number === 1) size = numberOf(field, where);
      else if (field.number === 2) size = textOf(field, where);
    });
    shape.push(size);
  });
  return shape;
}
