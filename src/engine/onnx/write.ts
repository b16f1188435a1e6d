/**
 * `OnnxModel` → ONNX bytes. Small messages are encoded by pbf; weights stay views until the one buffer is put together.
 */
import type { Attribute, Graph, Initializer, Node, OnnxModel, Value } from "./graph.ts";
import { encoded, Pieces } from "./protobuf.ts";

/** Writes a model file; each weight is copied once, into one buffer of exactly the file's size. */
export function writeOnnx(model: OnnxModel): Uint8Array {
  const file = new Pieces();
  file.write((writer) => writer.writeVarintField(1, model.irVersion));
  for (const field of model.other) file.add(field);
  for (const [domain, version] of model.opsets) {
    file.write((writer) =>
      writer.writeMessage(
        8,
        (_, opset) => {
          if (domain !== "") opset.writeStringField(1, domain);
          opset.writeVarintField(2, version);
        },
        null,
      ),
    );
  }
  file.field(7, graphPieces(model.graph));
  return file.join();
}

function graphPieces(graph: Graph): Pieces {
  const pieces = new Pieces();
  for (const node of graph.nodes) pieces.field(1, nodePieces(node));
  pieces.write((writer) => writer.writeStringField(2, graph.name));
  for (const tensor of graph.initializers.values()) pieces.field(5, initializerPieces(tensor));
  for (const value of graph.inputs) pieces.field(11, valueBytes(value));
  for (const value of graph.outputs) pieces.field(12, valueBytes(value));
  for (const value of graph.values) pieces.field(13, valueBytes(value));
  for (const field of graph.other) pieces.add(field);
  return pieces;
}

function nodePieces(node: Node): Pieces {
  const pieces = new Pieces();
  pieces.write((writer) => {
    for (const input of node.inputs) writer.writeStringField(1, input);
    for (const output of node.outputs) writer.writeStringField(2, output);
    if (node.name !== "") writer.writeStringField(3, node.name);
    writer.writeStringField(4, node.op);
    if (node.domain !== "") writer.writeStringField(7, node.domain);
  });
  for (const [name, attribute] of node.attributes) pieces.field(5, attributePieces(name, attribute));
  for (const field of node.other) pieces.add(field);
  return pieces;
}

const ATTRIBUTE_IS_GRAPH = 5;

function attributePieces(name: string, attribute: Attribute): Uint8Array | Pieces {
  if ("encoded" in attribute) return attribute.encoded;
  const pieces = new Pieces();
  pieces.write((writer) => writer.writeStringField(1, name));
  pieces.field(6, graphPieces(attribute.graph));
  pieces.write((writer) => writer.writeVarintField(20, ATTRIBUTE_IS_GRAPH));
  return pieces;
}

function initializerPieces(tensor: Initializer): Pieces {
  const pieces = new Pieces();
  pieces.write((writer) => {
    writer.writePackedVarint(1, [...tensor.shape]);
    writer.writeVarintField(2, tensor.elementType);
    writer.writeStringField(8, tensor.name);
  });
  if (tensor.raw !== undefined) pieces.field(9, tensor.raw);
  for (const field of tensor.other) pieces.add(field);
  return pieces;
}

function valueBytes(value: Value): Uint8Array {
  return encoded((writer) => {
    writer.writeStringField(1, value.name);
    if (value.encoded !== undefined) writer.writeBytesField(2, value.encoded);
    else if (value.elementType !== 0) writer.writeBytesField(2, tensorType(value));
  });
}

/** TypeProto { tensor_type { elem_type, shape { dim* } } }. */
function tensorType(value: Value): Uint8Array {
  const dimension = (size: number | string): Uint8Array =>
    encoded((writer) => {
      if (typeof size === "number") writer.writeVarintField(1, size);
      else if (size !== "") writer.writeStringField(2, size);
    });
  const shape = (sizes: readonly (number | string)[]): Uint8Array =>
    encoded((writer) => {
      for (const size of sizes) writer.writeBytesField(1, dimension(size));
    });
  const tensor = encoded((writer) => {
    writer.writeVarintField(1, value.elementType);
    if (value.shape !== undefined) writer.writeBytesField(2, shape(value.shape));
  });
  return encoded((writer) => writer.writeBytesField(1, tensor));
}
