/** A run whose result is known: what the model's numbers must be, on whatever device. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { Tensor } from "../model.ts";
import type { Translator } from "./translator.ts";

/** A number of a tensor. */
interface Sample {
  readonly at: readonly number[];
  readonly value: number;
}

/** What `golden.json` holds: a text pair, and samples of what a run of it leaves behind. */
interface Golden {
  readonly text: string;
  readonly target: string;
  readonly tolerance: number;
  readonly loss: number;
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}

const SAMPLED = ["lastHiddenState", "logits", "encoderAttention", "decoderAttention", "crossAttention"] as const;

/** Runs the golden text and throws "self-test" when a number is off by more than the file allows. */
export async function selfTest(translator: Translator, json: unknown): Promise<void> {
  const golden = readGolden(json);
  const { text: source, target } = golden;
  const trace = await translator.trace({ source, target, include: ["hidden", "logits"] });
  const tensors: Record<string, Tensor | undefined> = {
    lastHiddenState: lastLayer(trace.hidden?.encoder),
    logits: trace.logits,
    encoderAttention: trace.attention.encoder,
    decoderAttention: trace.attention.decoder,
    crossAttention: trace.attention.cross,
  };
  const differences = [{ name: "loss", off: Math.abs(trace.loss - golden.loss) }];
  for (const name of SAMPLED) {
    const tensor = tensors[name];
    for (const { at, value } of golden.samples[name] ?? []) {
      differences.push({ name, off: Math.abs((tensor ? numberAt(tensor, at) : Number.NaN) - value) });
    }
  }
  // Written so that a NaN counts as wrong.
  const wrong = differences.find(({ off }) => !(off <= golden.tolerance));
  if (!wrong) return;
  throw new FailureError(
    failure("self-test", "The model computes wrong numbers on this device.", {
      detail: `${wrong.name} is off by ${wrong.off}; ${golden.tolerance} is allowed`,
    }),
  );
}

function readGolden(json: unknown): Golden {
  const { text, target, tolerance, loss, ...samples } = Object(json);
  const named = SAMPLED.every((name) => Array.isArray(samples[name]));
  if (typeof text === "string" && typeof target === "string" && typeof tolerance === "number" && named) {
    return { text, target, tolerance, loss, samples };
  }
  throw new FailureError(failure("damaged", "The model's golden.json is damaged.", { detail: "not a golden run" }));
}

function numberAt({ data, shape }: Tensor, at: readonly number[]): number {
  const index = at.reduce((sum, position, axis) => sum * (shape[axis] ?? Number.NaN) + position, 0);
  return data[index] ?? Number.NaN;
}

/** The last of `[layer, token, width]`. */
function lastLayer(states: Tensor | undefined): Tensor | undefined {
  if (!states) return undefined;
  const size = states.data.length / (states.shape[0] ?? 1);
  return { data: states.data.subarray(states.data.length - size), shape: states.shape.slice(1) };
}
