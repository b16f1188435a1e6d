/** Gradients, longer than a row, of operators that work number by number. */
import { ElementType } from "../../onnx/graph.ts";
import type { Derivative, Rule, Step } from "../step.ts";
import type { Tape } from "../tape.ts";

/** y = xᵉ:  dx = dy·e·xᵉ⁻¹. */
export const base: Derivative = (step) => {
  const { tape } = step;
  const [x, dy] = [step.x(), step.thin()];
  const e = tape.numberIn(step.x(1));
  if (e === undefined) {
    const power = tape.cast(step.x(1), tape.typeOf(x));
    return tape.mul(tape.mul(dy, power), tape.emit("Pow", [x, tape.sub(power, tape.number(1, x))]));
  }
  if (e === 0 || e === 1) return tape.scale(dy, e);
  const inner = e === 2 ? x : e === 3 ? tape.mul(x, x) : tape.emit("Pow", [x, tape.number(e - 1, x)]);
  return tape.mul(tape.scale(dy, e), inner);
};

/** y = xᵉ:  de = dy·y·log x, and 0 where x is not above 0. */
export const exponent: Derivative = (step) => {
  const { tape } = step;
  const x = step.x();
  const log = chosen(tape, tape.emit("Greater", [x, tape.number(0, x)]), tape.emit("Log", [x]));
  return tape.mul(tape.mul(step.thin(), step.y()), log);
};

/** The tensor where the condition holds, 0 elsewhere. */
export function chosen(tape: Tape, condition: string, tensor: string): string {
  return tape.emit("Where", [condition, tensor, tape.number(0, tensor)]);
}

/** Types that numbers can be followed in; codes stand in for the numbers that they were made of. */
const FLOATS: ReadonlySet<number> = new Set([ElementType.float, ElementType.float16, ElementType.double]);

/** Cast:  dx = dy, in the type of x. */
export const castBack: Derivative = (step) => {
  const type = step.tape.typeOf(step.x());
  return step.tape.cast(step.thin(), FLOATS.has(type) ? type : ElementType.float);
};

/** Dropout, which hands its input on but in training. */
export const dropout: Rule = (step) => {
  if (step.x(2) !== "" && step.tape.numberIn(step.x(2)) !== 0) step.refuse("it may drop numbers at random");
  step.give(0, step.thin());
};

/** y = a + b + …:  dy to each. */
export const sum: Rule = (step) => {
  for (const index of step.node.inputs.keys()) step.giveFitted(index, step.thin());
};

/** The first input with the bias that may be the second one. */
export function biased(step: Step): string {
  return step.x(1) === "" ? step.x() : step.tape.add(step.x(), step.x(1));
}
