import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../../src/sandbox/protocol.ts";
import { faultOf, lastValue, reportsOf } from "../given.ts";

const text = (words: string) => ({ type: "text", text: words });

describe("a program", () => {
  it("gives the value of its last expression, whatever follows it", async () => {
    expect(await lastValue("1 + 1")).toEqual(text("2"));
    expect(await lastValue("const a = 2;\na * 3; // six")).toEqual(text("6"));
    expect(await lastValue('"use strict"; "hello"')).toEqual(text("hello"));
    expect(await lastValue("(1, 2)\n")).toEqual(text("2"));
    expect(await lastValue("a => a")).toEqual(text("function "));
  });

  it("gives nothing where the last statement is none", async () => {
    expect((await reportsOf("const a = 1;")).map(({ type }) => type)).toEqual(["done"]);
    expect((await reportsOf("")).map(({ type }) => type)).toEqual(["done"]);
    expect((await reportsOf("undefined")).map(({ type }) => type)).toEqual(["done"]);
  });

  it("leaves out types", async () => {
    expect(
      await lastValue(
        "interface A { b: number }\nconst a: A = { b: 3 };\nfunction f<T>(x: T): T { return x as T; }\nf(a.b)!",
      ),
    ).toEqual(text("3"));
  });

  it("may name things like the page's own", async () => {
    expect(await lastValue("const mean = 3; let print = 4; mean + print")).toEqual(text("7"));
  });
});

describe("a fault", () => {
  it.each([
    ["thrown by the code", "\n\nnull.x", 3, /TypeError/],
    ["in a function", "function f() {\n  return missing;\n}\nf()", 2, /missing is not defined/],
    ["behind types", "interface A {\n  b: number\n}\nconst a: A | null = null;\na.b", 5, /null/],
    ["in what cannot be read", "const a = 1;\nconst b = ;", 2, /Unexpected token/],
    ["of a page's function", "const a = 1;\nentropy(a)", 2, /entropy takes a list of numbers; found number/],
    ["of a bottomless call", "const f = () =>\n  f();\nf()", 2, /RangeError/],
    ["of an undeclared name", "\nundeclared = 3", 2, /not defined/],
    ["of a write into the model's numbers", "\nattention.cross[0][0][0][0] = 1", 2, /read only/],
    ["of an import", 'import a from "b";', 1, /Nothing can be imported/],
    ["of a return outside", "return 3", 1, /return/],
  ])("%s is shown with its line", async (_, code, line, message) => {
    const fault = await faultOf(code);
    expect(fault?.line).toBe(line);
    expect(fault?.message).toMatch(message);
  });

  it.each([
    ['throw "string"', 'The code threw "string".'],
    ["throw null", "The code threw null."],
    ["throw { get message() { throw 1 } }", "The code threw something that cannot be shown."],
  ])("that is no error is shown all the same: %s", async (code, message) => {
    expect(await faultOf(code)).toEqual({ message, line: null });
  });

  it("says so of a text that is too long", async () => {
    expect((await faultOf(" ".repeat(LIMITS.program + 1)))?.message).toMatch(/longer than/);
  });
});
