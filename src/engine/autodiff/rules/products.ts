/** Gradients of products of matrices. */
import { floatAttribute, floatOf, intAttribute, intOf } from "../../onnx/attributes.ts";
import { fitted, reshaped } from "../fit.ts";
import type { Rule, Step } from "../step.ts";

/** y = a·b:  da = dy·bᵀ,  db = aᵀ·dy, summed over the axes of the batch along which a or b was spread. */
export const matMul: Rule = (step) => {
  const { tape } = step;
  const [a, b] = [step.x(0), step.x(1)];
  if (step.wants(0) && !step.wants(1) && step.rank(b) === 2 && step.rank(a) > 1) {
    step.give(0, reshaped(tape, timesWeight(step, b, true), a));
    return;
  }
  // A vector counts as a matrix of one row on the left, of one column on the right.
  const [row, column] = [step.rank(a) === 1, step.rank(b) === 1];
  const left = row ? unsqueezed(step, a, 0) : a;
  const right = column ? unsqueezed(step, b, 1) : b;
  const inner = column ? unsqueezed(step, step.dy(), -1) : step.dy();
  const dy = row ? unsqueezed(step, inner, -2) : inner;
  if (step.wants(0)) {
    const da = tape.emit("MatMul", [dy, turned(step, right)]);
    step.give(0, reshaped(tape, fitted(tape, da, left), a));
  }
  if (step.wants(1)) {
    const db = tape.emit("MatMul", [turned(step, left), dy]);
    step.give(1, reshaped(tape, fitted(tape, db, right), b));
  }
};

/** dy·wᵀ for a weight `[K, N]`, or dy·w for one `[N, K]`; Gemm reads the weight as it lies, so that no turned copy is kept. */
export function timesWeight(step: Step, weight: string, turn: boolean): string {
  const { tape } = step;
  const dy = step.dy();
  const columns = tape.shape(weight)?.[turn ? 1 : 0];
  const width = typeof columns === "number" ? columns : -1;
  if (width === -1 && step.rank(dy) !== 2) return tape.emit("MatMul", [dy, turn ? turned(step, weight) : weight]);
  const flat = step.rank(dy) === 2 ? dy : tape.emit("Reshape", [dy, tape.wholes([-1, width])]);
  return tape.emit("Gemm", [flat, weight], intAttribute("transB", turn ? 1 : 0));
}

/** The last two axes exchanged. */
function turned(step: Step, name: string): string {
  const rank = step.rank(name);
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  return step.tape.transpose(name, [...perm.slice(0, -2), rank - 1, rank - 2]);
}

function unsqueezed(step: Step, name: string, axis: number): string {
  const { tape } = step;
  const shape = [...(tape.shape(name) ?? [])];
  shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, 1);
  const sizes = shape.map((size) => (typeof size === "number" ? size : -1));
  if (sizes.filter((size) => size === -1).length < 2) return tape.emit("Reshape", [name, tape.wholes(sizes)]);
  return tape.emit("Unsqueeze", [name, tape.wholes([axis])]);
}

/** y = α·A·B + β·C, where A = aᵀ with transA and B = bᵀ with transB:  dA = α·dy·Bᵀ,  dB = α·Aᵀ·dy,  dC = β·dy, summed. */
export const gemm: Rule = (step) => {
  const { tape, node } = step;
  const [transA, transB] = [intOf(node, "transA", 0), intOf(node, "transB", 0)];
  const [alpha, beta] = [floatOf(node, "alpha", 1), floatOf(node, "beta", 1)];
  const product = (a: string, b: string, turnA: number, turnB: number): string =>
    tape.emit(
      "Gemm",
      [a, b],
      intAttribute("transA", turnA),
      intAttribute("transB", turnB),
      floatAttribute("alpha", alpha),
    );
  const [a, b] = [step.x(0), step.x(1)];
  const dy = step.dy();
  if (step.wants(0)) step.give(0, transA ? product(b, dy, transB, 1) : product(dy, b, 0, 1 - transB));
  if (step.wants(1)) step.give(1, transB ? product(dy, a, 1, transA) : product(a, dy, 1 - transA, 0));
  if (step.wants(2)) step.giveFitted(2, tape.scale(step.thin(), beta));
};

/** FusedMatMul: y = α·A·B, where the last two axes of a or b are exchanged with transA, transB. */
export const fusedMatMul: Rule = (step) => {
  const { tape, node } = step;
  if (intOf(node, "transBatchA", 0) || intOf(node, "transBatchB", 0)) step.refuse("it turns axes of the batch");
  const [transA, transB] = [intOf(node, "transA", 0) === 1, intOf(node, "transB", 0) === 1];
  const [a, b] = [step.x(0), step.x(1)];
  const dy = tape.scale(step.dy(), floatOf(node, "alpha", 1));
  const times = (left: string, right: string): string => tape.emit("MatMul", [left, right]);
  const back = (name: string): string => turned(step, name);
  if (step.wants(0)) {
    const da = transA ? times(transB ? back(b) : b, back(dy)) : times(dy, transB ? b : back(b));
    step.give(0, fitted(tape, da, a));
  }
  if (step.wants(1)) {
    const db = transB ? times(back(dy), transA ? back(a) : a) : times(transA ? a : back(a), dy);
    step.give(1, fitted(tape, db, b));
  }
};
