/** A run whose result is known: what the model's numbers must be, on whatever device. */
import { FailureError, failure } from "../../lib/failure.ts";
import type { AnyTrace, Model, Tensor } from "../model.ts";

/** A number of a tensor. */
interface Sample {
  readonly at: readonly number[];
  readonly value: number;
}

/** What `golden.json` holds: a text (a pair, for an encoder–decoder), and samples of what a run of it leaves behind. */
interface Golden {
  readonly text: string;
  readonly target: string | null;
  readonly tolerance: number;
  /** Null for an encoder, which predicts nothing. */
  readonly loss: number | null;
  readonly samples: Readonly<Record<string, readonly Sample[]>>;
}

/** What a golden run may sample, and where a trace has it. */
const SAMPLED: Readonly<Record<string, (trace: AnyTrace) => Tensor | undefined>> = {
  lastHiddenState: ({ hidden }) => lastLayer(hidden?.encoder ?? hidden?.decoder),
  logits: ({ logits }) => logits,
  encoderAttention: ({ attention }) => attention.encoder,
  decoderAttention: ({ attention }) => attention.decoder,
  crossAttention: ({ attention }) => attention.cross,
};

/** Runs the golden text and throws "self-test" when a number is off by more than the file allows. */
export async function selfTest(model: Model, json: unknown): Promise<void> {
  const golden = readGolden(json);
  const { text: source, target } = golden;
  const trace = await model.trace({ source, target, include: ["hidden", "logits"] });
  const differences = golden.loss === null ? [] : [{ name: "loss", off: Math.abs(trace.loss - golden.loss) }];
  for (const [name, samples] of Object.entries(golden.samples)) {
    const tensor = SAMPLED[name]?.(trace);
    for (const { at, value } of samples) {
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
  const { text, target = null, tolerance, loss = null, ...rest } = Object(json);
  const samples = Object.fromEntries(
    Object.keys(SAMPLED).flatMap((name): [string, readonly Sample[]][] =>
      Array.isArray(rest[name]) && rest[name].length > 0 ? [[name, rest[name]]] : [],
    ),
  );
  const kinds = Object.keys(samples).filter((name) => name.endsWith("Attention"));
  const whole = kinds.length > 0 && samples.lastHiddenState !== undefined && (target === null || kinds.length === 3);
  if (typeof text === "string" && typeof tolerance === "number" && whole) {
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
