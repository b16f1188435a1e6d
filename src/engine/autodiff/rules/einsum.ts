/** Gradient of a product of tensors by letters. */
import { stringAttribute, stringOf } from "../../onnx/attributes.ts";
import type { Rule } from "../step.ts";

/** y = einsum("a,b->c"):  da = einsum("c,b->a"), where every letter of a is one of b or c, and none stands twice in one term. */
export const einsum: Rule = (step) => {
  const equation = stringOf(step.node, "equation", "").replaceAll(" ", "");
  const [left = "", result] = equation.split("->");
  const terms = left.split(",");
  if (result === undefined || equation.includes(".")) return step.refuse(`"${equation}" leaves axes unnamed`);
  if ([...terms, result].some((term) => new Set(term).size < term.length))
    step.refuse(`"${equation}" takes a diagonal`);
  for (const [index, term] of terms.entries()) {
    if (!step.wants(index)) continue;
    const others = terms.filter((_, place) => place !== index);
    const known = [result, ...others].join("");
    if ([...term].some((letter) => !known.includes(letter))) step.refuse(`"${equation}" sums an axis of one factor`);
    const inputs = [step.dy(), ...step.node.inputs.filter((_, place) => place !== index)];
    const attribute = stringAttribute("equation", `${[result, ...others].join(",")}->${term}`);
    step.give(index, step.tape.emit("Einsum", inputs, attribute));
  }
};
