/** Slopes of activation functions, at each number of a tensor. */
import type { Tape } from "../tape.ts";

/** Φ(x) + x·φ(x), of x·Φ(x) with Φ = ½(1 + erf(x/√2)), φ = exp(−x²/2)/√2π. Hendrycks and Gimpel 2016. */
export function geluSlope(tape: Tape, x: string): string {
  const n = (value: number): string => tape.number(value, x);
  const below = tape.mul(tape.add(tape.emit("Erf", [tape.mul(x, n(Math.SQRT1_2))]), n(1)), n(0.5));
  const density = tape.mul(tape.emit("Exp", [tape.mul(tape.mul(x, x), n(-0.5))]), n(1 / Math.sqrt(2 * Math.PI)));
  return tape.add(below, tape.mul(x, density));
}

/** ½(1 + t) + ½x(1 − t²)·c(1 + 3kx²), of ½x(1 + t) with t = tanh(c(x + kx³)), c = √(2/π), k = 0.044715. */
export function geluTanhSlope(tape: Tape, x: string): string {
  const n = (value: number): string => tape.number(value, x);
  const [c, k] = [Math.sqrt(2 / Math.PI), 0.044715];
  const square = tape.mul(x, x);
  const inner = tape.mul(x, tape.add(tape.mul(square, n(c * k)), n(c)));
  const t = tape.emit("Tanh", [inner]);
  const steep = tape.mul(tape.sub(n(1), tape.mul(t, t)), tape.add(tape.mul(square, n(3 * c * k)), n(c)));
  return tape.mul(tape.add(tape.add(t, n(1)), tape.mul(x, steep)), n(0.5));
}

/** s + αx·s(1 − s), of x·s with s = σ(αx). */
export function sigmoidLinearSlope(tape: Tape, x: string, alpha: number): string {
  const s = tape.emit("Sigmoid", [tape.scale(x, alpha)]);
  const rest = tape.sub(tape.number(1, x), s);
  return tape.mul(s, tape.add(tape.mul(tape.scale(x, alpha), rest), tape.number(1, x)));
}
