/** Reading and making attributes of nodes. Field numbers are those of AttributeProto. */
import type { Attribute, Initializer, Node } from "./graph.ts";
import { bytesOf, damaged, eachField, encoded, type Field, numberOf, numbersOf, textOf } from "./protobuf.ts";
import { readInitializer } from "./read.ts";

/** Values of AttributeProto.type. */
const Type = { float: 1, int: 2, text: 3, ints: 7 } as const;

/** The whole number of an attribute, or `otherwise` where the node has none. */
export function intOf(node: Node, name: string, otherwise: number): number {
  let value = otherwise;
  eachFieldOf(node, name, (field, where) => {
    if (field.number === 3) value = numberOf(field, where);
  });
  return value;
}

/** The number of an attribute, stored as fp32, or `otherwise` where the node has none. */
export function floatOf(node: Node, name: string, otherwise: number): number {
  let value = otherwise;
  eachFieldOf(node, name, ({ number, bytes }) => {
    if (number === 2) value = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(0, true);
  });
  return value;
}

/** The text of an attribute, or `otherwise` where the node has none. */
export function stringOf(node: Node, name: string, otherwise: string): string {
  let value = otherwise;
  eachFieldOf(node, name, (field, where) => {
    if (field.number === 4) value = textOf(field, where);
  });
  return value;
}

/** The whole numbers of an attribute, in order; undefined where the node has none. */
export function intsOf(node: Node, name: string): number[] | undefined {
  let values: number[] | undefined;
  eachFieldOf(node, name, (field, where) => {
    if (field.number === 8) values = [...(values ?? []), ...numbersOf(field, where)];
  });
  return values;
}

/** The tensor of an attribute; undefined where the node has none. */
export function tensorOf(node: Node, name: string): Initializer | undefined {
  let tensor: Initializer | undefined;
  eachFieldOf(node, name, (field, where) => {
    if (field.number === 5) tensor = readInitializer(bytesOf(field, where), where);
  });
  return tensor;
}

function eachFieldOf(node: Node, name: string, visit: (field: Field, where: string) => void): void {
  const attribute = node.attributes.get(name);
  if (attribute === undefined) return;
  const where = `${node.op} "${node.name}", ${name}`;
  if ("graph" in attribute) throw damaged(where, "a graph where a value should be");
  eachField(attribute.encoded, where, (field) => visit(field, where));
}

/** An attribute that is one whole number, ready for the entries of `Node.attributes`. */
export function intAttribute(name: string, value: number): [string, Attribute] {
  const bytes = encoded((writer) => {
    writer.writeStringField(1, name);
    writer.writeVarintField(3, value);
    writer.writeVarintField(20, Type.int);
  });
  return [name, { encoded: bytes }];
}

/** An attribute that is a list of whole numbers, ready for the entries of `Node.attributes`. */
export function intsAttribute(name: string, values: readonly number[]): [string, Attribute] {
  const bytes = encoded((writer) => {
    writer.writeStringField(1, name);
    for (const value of values) writer.writeVarintField(8, value);
    writer.writeVarintField(20, Type.ints);
  });
  return [name, { encoded: bytes }];
}

/** An attribute that is one number, stored as fp32, ready for the entries of `Node.attributes`. */
export function floatAttribute(name: string, value: number): [string, Attribute] {
  const bytes = encoded((writer) => {
    writer.writeStringField(1, name);
    writer.writeFloatField(2, value);
    writer.writeVarintField(20, Type.float);
  });
  return [name, { encoded: bytes }];
}

/** An attribute that is a text, ready for the entries of `Node.attributes`. */
export function stringAttribute(name: string, value: string): [string, Attribute] {
  const bytes = encoded((writer) => {
    writer.writeStringField(1, name);
    writer.writeStringField(4, value);
    writer.writeVarintField(20, Type.text);
  });
  return [name, { encoded: bytes }];
}
