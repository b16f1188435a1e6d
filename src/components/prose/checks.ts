/** What the checks found over many texts, as the tables of the page read it: one summary and one agreement a model. */
import type { Measured } from "../../stored/checkSummary.ts";
import { expectSummary } from "../../stored/checkSummary.ts";
import agreementDecoder from "../../stored/checks/agreement-decoder-small.json";
import agreementTranslator from "../../stored/checks/agreement-translator-en-fr.json";
import summaryDecoder from "../../stored/checks/summary-decoder-small.json";
import summaryTranslator from "../../stored/checks/summary-translator-en-fr.json";
import { decodeChecks } from "../../stored/checks.ts";

/** Names of the methods in tables. */
const NAMES: Readonly<Record<string, string>> = {
  saliency: "saliency",
  "input-x-gradient": "input × gradient",
  "attention-x-gradient": "attention × gradient",
  rollout: "attention rollout",
  "integrated-gradients": "integrated gradients",
  occlusion: "occlusion",
  shapley: "Shapley values",
};

/** The models that were checked over many texts. */
export const CHECKED = [
  { name: "Small decoder", summary: expectSummary(summaryDecoder), agreement: agreementDecoder },
  { name: "Translator", summary: expectSummary(summaryTranslator), agreement: agreementTranslator },
] as const;

/** A method's name for readers. */
export function methodName(method: string): string {
  return NAMES[method] ?? method;
}

/** Two decimals, with a true minus sign. */
export function decimal(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-0\.00$/, "0.00")
    .replace("-", "−");
}

/** The 95 % interval in words that fit a cell. */
export function interval({ low, high }: Measured): string {
  return `${decimal(low)} to ${decimal(high)}`;
}

/** Mean rank correlations between methods over texts: names, and rows of numbers. */
export function agreementOf(model: (typeof CHECKED)[number]) {
  const [study] = decodeChecks("agreement", model.agreement);
  if (!study) throw new RangeError("no study of agreement is stored");
  const { methods, mean, texts } = study;
  const rows = methods.map((_, row) => Array.from(mean.data.slice(row * methods.length, (row + 1) * methods.length)));
  return { methods, rows, texts };
}
