import { expect, it } from "vitest";
import { wrapped } from "../../../src/lib/wrapped.ts";

it("breaks a sentence between words and leaves a word that is too long whole", () => {
  expect(wrapped("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrapped("a incomprehensible b", 6)).toEqual(["a", "incomprehensible", "b"]);
});
