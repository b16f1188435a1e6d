/** What the figure of heads says of its state. */
import type { Removal } from "../../../stored/removal.ts";
import { topOf } from "../../../stored/removalRows.ts";
import type { Level } from "./headRuns.ts";
import { headName } from "./ranks.ts";

/** The head that looks most against the one that costs most; or the head that is pointed at. */
export function headReading({ shape, kind }: Removal, heads: Level["heads"], head: number | null): string {
  const unit = kind === "cross" ? " nats a token" : " of logit difference";
  const told = (at: number): string =>
    `puts ${(heads.weight[at] ?? 0).toFixed(2)} on the token that matters most, and switching it off costs ${signed(heads.fall[at] ?? 0)}${unit}`;
  if (head !== null) return `${upper(headName(head, shape))} ${told(head)}.`;
  return heads.rho === null
    ? ends(heads, shape, told)
    : `${ends(heads, shape, told)} Over all ${heads.weight.length} heads: ρ = ${signed(heads.rho)}.`;
}

function ends({ weight, fall }: Level["heads"], shape: readonly number[], told: (at: number) => string): string {
  const [most, costliest] = [topOf(weight), topOf(fall)];
  const first = `${upper(headName(most, shape))} ${told(most)}.`;
  return most === costliest
    ? `${first} No head looks more, and none costs more.`
    : `${first} ${upper(headName(costliest, shape))} ${told(costliest)}.`;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function signed(value: number): string {
  return value.toFixed(2).replace("-", "−");
}
