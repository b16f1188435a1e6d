import { describe, expect, it } from "vitest";
import { constantMade, numbersIn, wholesOf } from "../../../../src/engine/autodiff/constants.ts";
import { floatAttribute, intAttribute, intsAttribute } from "../../../../src/engine/onnx/attributes.ts";
import { ElementType, makeNode } from "../../../../src/engine/onnx/graph.ts";
import { floatWeight, halfWeight, wholeWeight } from "../../../helpers/onnxBuild.ts";

describe("constants", () => {
  it("are read in the types that exponents and sizes have", () => {
    expect(numbersIn(floatWeight("w", [2], [0.5, -3]))).toEqual([0.5, -3]);
    expect(numbersIn(halfWeight("w", [3], [0.5, -3, 0]))).toEqual([0.5, -3, 0]);
    expect(numbersIn(wholeWeight("w", [4, -1]))).toEqual([4, -1]);
    expect(wholesOf(wholeWeight("w", [4, -1]))).toEqual([4, -1]);
    expect(wholesOf(floatWeight("w", [1], [2]))).toBeUndefined();
    const typed = { ...wholeWeight("w", [4]), raw: undefined };
    expect(numbersIn(typed)).toBeUndefined();
  });

  it("are read from every attribute of a Constant", () => {
    const constant = (entry: ReturnType<typeof intAttribute>) =>
      constantMade(makeNode("Constant", [], ["c"], { attributes: new Map([entry]) }));
    expect(constant(intsAttribute("value_ints", [2, 3]))).toEqual({
      elementType: ElementType.int64,
      shape: [2],
      numbers: [2, 3],
    });
    expect(constant(intAttribute("value_int", 7))).toEqual({ elementType: ElementType.int64, shape: [], numbers: [7] });
    expect(constant(floatAttribute("value_float", 0.5))).toEqual({
      elementType: ElementType.float,
      shape: [],
      numbers: [0.5],
    });
    expect(constant(floatAttribute("value_floats", 0.5)).shape).toBeUndefined();
  });
});
