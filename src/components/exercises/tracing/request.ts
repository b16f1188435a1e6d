/** What code asks of the model, read like a form that a stranger filled in: known names, values within bounds. */
import type { MethodId } from "../../../engine/attribute.ts";
import type { TokenTarget } from "../../../engine/gradient.ts";
import type { Asked } from "../../../sandbox/protocol.ts";
import type { MethodRequest } from "../evidence.ts";
import type { Named } from "./followed.ts";

/** A question that can be put to the model. */
export interface Question {
  readonly request: MethodRequest;
  /** The output that is meant, where it is another than the figure's. */
  readonly named: Named;
}

/** What cannot be asked; the message is for the reader. */
export class Unaskable extends Error {}

type Value = Asked["options"][string];

/** Typed so that a method without a row does not compile. */
const ASKABLE: Readonly<Record<MethodId, true>> = {
  saliency: true,
  "input-x-gradient": true,
  "integrated-gradients": true,
  "layer-input-x-gradient": true,
  "attention-x-gradient": true,
  rollout: true,
  occlusion: true,
  shapley: true,
  "head-gates": true,
};
const METHODS = Object.keys(ASKABLE) as MethodId[];

const BASELINES = ["pad", "mean", "zero"] as const;
const RULES = ["riemann", "gauss-legendre"] as const;
const SCALES: readonly TokenTarget["scale"][] = ["logit", "log-probability", "probability"];

/** What each option asks of the method; `text` is a baseline of the reader's own words. */
const OPTIONS: Readonly<Record<string, (value: Value) => Partial<MethodRequest>>> = {
  norm: (value) => ({ norm: whole(value, "norm", 1, 2) === 1 ? 1 : 2 }),
  baseline: (value) => ({ baseline: { kind: oneOf(BASELINES, value, "baseline") } }),
  text: (value) => ({ baseline: { kind: "text", text: String(value) } }),
  steps: (value) => ({ steps: value === "adaptive" ? value : whole(value, "steps", 1, 256) }),
  rule: (value) => ({ rule: oneOf(RULES, value, "rule") }),
  samples: (value) => ({ samples: whole(value, "samples", 1, 200) }),
  seed: (value) => ({ seed: whole(value, "seed", 0, 1e9) }),
};

/** What each option says of the output that is meant. */
const WORDS: Readonly<Record<string, (value: Value) => Named>> = {
  target: (value) => ({ target: String(value) }),
  against: (value) => ({ against: String(value) }),
  scale: (value) => ({ scale: oneOf(SCALES, value, "scale") }),
};

/** @throws Unaskable with what was found, and what can be asked */
export function questionOf({ method, options }: Asked): Question {
  const known = METHODS.find((name) => name === method);
  if (known === undefined) throw new Unaskable(`no method is named ${method}: ${METHODS.join(", ")}`);
  const names = [...Object.keys(OPTIONS), ...Object.keys(WORDS)];
  const strange = Object.keys(options).find((name) => !names.includes(name));
  if (strange !== undefined) throw new Unaskable(`no option is named ${strange}: ${names.join(", ")}`);
  return { request: { method: known, ...read(OPTIONS, options) }, named: read(WORDS, options) };
}

function read<T extends object>(table: Readonly<Record<string, (value: Value) => T>>, options: Asked["options"]): T {
  const parts = Object.entries(table).map(([name, of]) => {
    const value = Object.hasOwn(options, name) ? options[name] : undefined;
    return value === undefined ? {} : of(value);
  });
  return Object.assign({}, ...parts);
}

function whole(value: Value, name: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Unaskable(`${name} is a whole number from ${least} to ${most}`);
}

function oneOf<T extends string>(names: readonly T[], value: Value, option: string): T {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Unaskable(`${option} is one of ${names.join(", ")}`);
  return found;
}
