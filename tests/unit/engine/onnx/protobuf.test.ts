import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachField, encoded, type Field, numbersOf, Pieces, textOf } from "../../../../src/engine/onnx/protobuf.ts";
import { toFailure } from "../../../../src/lib/failure.ts";

function fieldsOf(bytes: readonly number[]): Field[] {
  const fields: Field[] = [];
  eachField(Uint8Array.from(bytes), "here", (field) => fields.push(field));
  return fields;
}

function complaint(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return toFailure(error).detail;
  }
}

describe("eachField", () => {
  it("gives each field with its number, payload and place", () => {
    const [number, text, single, double] = fieldsOf([
      8, 150, 1, 18, 2, 104, 105, 29, 1, 2, 3, 4, 33, 1, 2, 3, 4, 5, 6, 7, 8,
    ]);
    expect(number).toMatchObject({ number: 1, wire: 0, varint: 150 });
    expect(text && textOf(text, "here")).toBe("hi");
    expect([...(text?.encoded ?? [])]).toEqual([18, 2, 104, 105]);
    expect([...(single?.bytes ?? [])]).toEqual([1, 2, 3, 4]);
    expect(double?.bytes.length).toBe(8);
  });

  it.each([
    ["a length past the end", [18, 5, 104, 105], /5 bytes announced at byte 0, 2 left/],
    ["a number that is cut off", [8, 150], /number/],
    ["a tag that is cut off", [150], /number/],
    ["a fixed number that is cut off", [29, 1, 2], /4 bytes announced/],
    ["a length below zero", [18, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], /-1 bytes announced/],
    ["a zero tag", [8, 1, 0, 0], /field number 0 at byte 2/],
    ["a wire type of old (groups)", [11], /wire type 3/],
    ["a number of eleven bytes", [8, ...new Array<number>(11).fill(128)], /number/],
  ])("refuses %s", (_, bytes, detail) => {
    expect(complaint(() => fieldsOf(bytes))).toMatch(detail);
    expect(complaint(() => fieldsOf(bytes))).toMatch(/^here: /);
  });
});

describe("values of fields", () => {
  it("are refused as what they are not", () => {
    const [number, text] = fieldsOf([8, 1, 18, 1, 255]);
    expect(complaint(() => number && textOf(number, "here"))).toMatch(/wire type 0, not 2/);
    expect(complaint(() => text && textOf(text, "here"))).toMatch(/field 2 is not text/);
  });

  it("come packed or singly", () => {
    const [packed, single] = fieldsOf([10, 3, 1, 172, 2, 8, 7]);
    expect(packed && numbersOf(packed, "here")).toEqual([1, 300]);
    expect(single && numbersOf(single, "here")).toEqual([7]);
  });
});

it("Pieces writes what eachField reads", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(2 ** 40), max: 2 ** 53 - 1 }),
      fc.uint8Array({ maxLength: 400 }),
      (number, payload) => {
        const inner = new Pieces();
        inner.add(encoded((writer) => writer.writeVarintField(3, number)));
        inner.field(4, payload);
        const outer = new Pieces();
        outer.field(900, inner);
        const seen: Field[] = [];
        eachField(outer.join(), "outer", (field) => eachField(field.bytes, "inner", (item) => seen.push(item)));
        return (
          seen[0]?.varint === number && seen[1]?.bytes.length === payload.length && outer.size === outer.join().length
        );
      },
    ),
    { seed: 1 },
  );
});
