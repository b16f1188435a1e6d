/**
 * The wire format, strictly: pbf decodes the numbers, this file checks that every field lies inside its message.
 *
 * pbf trusts its input (a length past the end gives a shorter array, a zero tag ends the message), which would let a file
 * that was cut off pass as a whole one.
 */
import { PbfReader, PbfWriter } from "pbf";
import { FailureError, failure } from "../../lib/failure.ts";

/** One field of a message. */
export interface Field {
  readonly number: number;
  readonly wire: Wire;
  /** The number of a varint field, signed; exact up to 2⁵³. */
  readonly varint: number;
  /** The payload of a length-delimited or fixed-size field, a view. */
  readonly bytes: Uint8Array;
  /** The whole field with its tag, a view. */
  readonly encoded: Uint8Array;
}

/** How a field's payload is laid out (protobuf's wire types). */
export type Wire = 0 | 1 | 2 | 5;

/** The error for a file that is not what it should be: `where` names the message, `what` the fault. */
export function damaged(where: string, what: string): FailureError {
  return new FailureError(
    failure("damaged", "The model file is damaged or is not an ONNX model.", { detail: `${where}: ${what}` }),
  );
}

const NOTHING = new Uint8Array(0);

/** Calls `visit` with each field of a message; throws `FailureError("damaged")` naming `where` when it is malformed. */
export function eachField(message: Uint8Array, where: string, visit: (field: Field) => void): void {
  const reader = new PbfReader(message);
  while (reader.pos < message.length) visit(nextField(reader, where));
}

function nextField(reader: PbfReader, where: string): Field {
  const start = reader.pos;
  const tag = varint(reader, where);
  const number = Math.floor(tag / 8);
  const wire = tag % 8;
  if (number < 1) throw damaged(where, `field number ${number} at byte ${start}`);
  if (!isWire(wire)) throw damaged(where, `wire type ${wire} at byte ${start}`);
  if (wire === 0) {
    const value = varint(reader, where);
    return { number, wire, varint: value, bytes: NOTHING, encoded: reader.buf.subarray(start, reader.pos) };
  }
  const size = wire === 2 ? varint(reader, where) : wire === 1 ? 8 : 4;
  const from = reader.pos;
  const left = reader.length - from;
  if (size < 0 || size > left) throw damaged(where, `${size} bytes announced at byte ${start}, ${left} left`);
  reader.pos = from + size;
  const bytes = reader.buf.subarray(from, reader.pos);
  return { number, wire, varint: 0, bytes, encoded: reader.buf.subarray(start, reader.pos) };
}

function isWire(wire: number): wire is Wire {
  return wire === 0 || wire === 1 || wire === 2 || wire === 5;
}

/** Past the end pbf finds no last byte of a number, and throws. */
function varint(reader: PbfReader, where: string): number {
  const start = reader.pos;
  try {
    return reader.readVarint(true);
  } catch {
    throw damaged(where, `unreadable number at byte ${start}`);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The text of a string field. */
export function textOf(field: Field, where: string): string {
  expectWire(field, 2, where);
  try {
    return utf8.decode(field.bytes);
  } catch {
    throw damaged(where, `field ${field.number} is not text`);
  }
}

/** The number of a varint field. */
export function numberOf(field: Field, where: string): number {
  expectWire(field, 0, where);
  return field.varint;
}

/** The bytes of a length-delimited field. */
export function bytesOf(field: Field, where: string): Uint8Array {
  expectWire(field, 2, where);
  return field.bytes;
}

/** The numbers of a repeated varint field: one when it is written singly, all when packed. */
export function numbersOf(field: Field, where: string): number[] {
  if (field.wire === 0) return [field.varint];
  expectWire(field, 2, where);
  const reader = new PbfReader(field.bytes);
  const numbers: number[] = [];
  while (reader.pos < reader.length) numbers.push(varint(reader, where));
  return numbers;
}

function expectWire(field: Field, wire: Wire, where: string): void {
  if (field.wire !== wire) throw damaged(where, `field ${field.number} has wire type ${field.wire}, not ${wire}`);
}

/** A message in pieces, so that large fields are copied only once, when the file is put together. */
export class Pieces {
  readonly list: Uint8Array[] = [];
  size = 0;

  /** Adds fields that are encoded already. */
  add(encoded: Uint8Array): void {
    this.list.push(encoded);
    this.size += encoded.length;
  }

  /** Adds small fields, encoded by pbf. */
  write(encode: (writer: PbfWriter) => void): void {
    this.add(encoded(encode));
  }

  /** Adds a length-delimited field whose payload is bytes or another message in pieces. */
  field(number: number, payload: Uint8Array | Pieces): void {
    const size = payload instanceof Pieces ? payload.size : payload.length;
    this.write((writer) => {
      writer.writeTag(number, 2);
      writer.writeVarint(size);
    });
    if (payload instanceof Pieces) for (const piece of payload.list) this.add(piece);
    else this.add(payload);
  }

  /** Copies all pieces into one buffer of exactly their size. */
  join(): Uint8Array {
    const whole = new Uint8Array(this.size);
    let at = 0;
    for (const piece of this.list) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}

/** The bytes that pbf writes. */
export function encoded(encode: (writer: PbfWriter) => void): Uint8Array {
  const writer = new PbfWriter();
  encode(writer);
  return writer.finish();
}
