/** Gradients through weights and activations of few bits. */
import { intAttribute, intOf, stringAttribute } from "../../onnx/attributes.ts";
import { ElementType } from "../../onnx/graph.ts";
import { reshaped } from "../fit.ts";
import type { Derivative, Rule, Step } from "../step.ts";
import type { Tape } from "../tape.ts";

/**
 * DynamicQuantizeLinear: codes = round(x / s) + z. Straight through: the rounding is taken for no rounding, so that
 * dx = dcodes / s, with s held still (Bengio et al. 2013).
 */
export const quantize: Rule = (step) => {
  const { tape } = step;
  step.give(0, tape.div(step.dy(), step.y(1)));
};

/** MatMulInteger: y = (a − za)·(w − zw):  da = dy·(w − zw)ᵀ, of codes, as if they were not rounded. */
export const matMulInteger: Rule = (step) => {
  const { tape } = step;
  if (step.wants(1)) step.refuse("its second factor depends on the text");
  const sizes = tape.shape(step.x(1))?.filter((size) => typeof size === "number") ?? [];
  const w = atRunTime(tape, step.x(1), sizes);
  const wide = tape.cast(w, ElementType.float);
  const zero = step.x(3);
  const weight = zero === "" ? wide : tape.sub(wide, tape.cast(zero, ElementType.float));
  const rank = step.rank(step.x(1));
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  const turned = tape.transpose(weight, [...perm.slice(0, -2), rank - 1, rank - 2]);
  step.give(0, reshaped(tape, tape.emit("MatMul", [step.dy(), turned]), step.x()));
};

/**
 * The codes in another shape, out of reach of the runtime's habit to compute what hangs on constants alone when it loads
 * a model, and to keep it: as fp32 they would take several times the room.
 */
function atRunTime(tape: Tape, codes: string, shape: readonly number[]): string {
  const target = tape.emit("Where", [tape.running, tape.wholes(shape), tape.wholes([1])]);
  return tape.stated(tape.emit("Reshape", [codes, target]), { type: tape.typeOf(codes), shape });
}

/** How the weights of MatMulNBits lie: codes `[N, blocks, bytes]`, a scale and a zero point for each block. */
interface Packing {
  readonly bits: number;
  readonly block: number;
  readonly blocks: number;
  readonly n: number;
  readonly k: number;
}

/**
 * MatMulNBits: y = x·Wᵀ with W `[N, K]` = (codes − zero point)·scale, by blocks along K:  dx = dy·W.
 *
 * The codes are unpacked in the run and let go again. Of 4-bit codes two share a byte, the earlier in the low half;
 * they come out as all earlier ones of a block and then all later ones, and it is the small dx that is put in order.
 */
export const matMulNBits: Derivative = (step) => {
  const { tape } = step;
  const packing = packingOf(step);
  const { bits, block, blocks, n, k } = packing;
  const weight = tape.emit("Reshape", [dequantised(step, packing), tape.wholes([n, blocks * block])]);
  const product = tape.emit("MatMul", [tape.cast(step.dy(), ElementType.float), weight]);
  const ordered = bits === 8 ? product : interleaved(tape, product, packing);
  return tape.cast(
    reshaped(tape, blocks * block === k ? ordered : cut(tape, ordered, packing), step.x()),
    typeOfX(step),
  );
};

function typeOfX(step: Step): number {
  return step.tape.typeOf(step.x());
}

function packingOf(step: Step): Packing {
  const { node } = step;
  const [bits, block] = [intOf(node, "bits", 4), intOf(node, "block_size", 32)];
  const known = (bits === 4 || bits === 8) && step.x(4) === "" && step.x(5) === "";
  if (!known) step.refuse("its weights are laid out in another way");
  const [n, k] = [intOf(node, "N", 0), intOf(node, "K", 0)];
  return { bits, block, blocks: Math.ceil(k / block), n, k };
}

/** `[N · blocks, block]`. */
function dequantised(step: Step, packing: Packing): string {
  const { tape } = step;
  const { bits, block, blocks, n } = packing;
  const bytes = atRunTime(tape, step.x(1), [n * blocks, (block * bits) / 8]);
  const codes = bits === 8 ? bytes : halves(tape, bytes);
  const scales = tape.cast(tape.emit("Reshape", [step.x(2), tape.wholes([-1])]), ElementType.float);
  return tape.emit("DequantizeLinear", [codes, scales, zeroPoints(step, packing)], intAttribute("axis", 0));
}

/** Bytes with two codes each: the low halves along the last axis, then the high ones. */
function halves(tape: Tape, bytes: string): string {
  const low = shifted(tape, shifted(tape, bytes, "LEFT"), "RIGHT");
  return tape.emit("Concat", [low, shifted(tape, bytes, "RIGHT")], intAttribute("axis", -1));
}

/** Bytes shifted by four bits. */
function shifted(tape: Tape, bytes: string, direction: "LEFT" | "RIGHT"): string {
  return tape.emit("BitShift", [bytes, byte(tape, 4)], stringAttribute("direction", direction));
}

function byte(tape: Tape, value: number): string {
  return tape.cast(tape.wholes([value]), ElementType.uint8);
}

/** One zero point a block, `[N · blocks]`: the middle code where none are given; packed like the codes, each row by itself. */
function zeroPoints(step: Step, { bits, blocks, n }: Packing): string {
  const { tape } = step;
  const given = step.x(3);
  const column = tape.wholes([-1]);
  if (given === "") return tape.emit("Expand", [byte(tape, 2 ** (bits - 1)), tape.wholes([n * blocks])]);
  if (tape.typeOf(given) !== ElementType.uint8) step.refuse("its zero points are no whole numbers");
  if (bits === 8) return tape.emit("Reshape", [given, column]);
  const pairs = tape.emit("Reshape", [given, tape.wholes([n, -1, 1])]);
  const rows = tape.emit("Reshape", [halves(tape, pairs), tape.wholes([n, -1])]);
  const ends = [tape.wholes([0]), tape.wholes([blocks]), tape.wholes([1])];
  const own = blocks % 2 === 0 ? rows : tape.emit("Slice", [rows, ...ends]);
  return tape.emit("Reshape", [own, column]);
}

/** dx with its columns in order, `[rows, blocks, block / 2, 2]`: of each block earlier and later halves by turns. */
function interleaved(tape: Tape, product: string, { blocks, block }: Packing): string {
  const parted = tape.emit("Reshape", [product, tape.wholes([-1, blocks, 2, block / 2])]);
  return tape.transpose(parted, [0, 1, 3, 2]);
}

/** dx without the columns that only fill the last block. */
function cut(tape: Tape, ordered: string, { blocks, block, k }: Packing): string {
  const flat = tape.emit("Reshape", [ordered, tape.wholes([-1, blocks * block])]);
  return tape.emit("Slice", [flat, tape.wholes([0]), tape.wholes([k]), tape.wholes([1])]);
}
