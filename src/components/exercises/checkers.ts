/** The rules of all kinds in one table: a kind without a row does not compile. */
import { bet } from "./checks/bet.ts";
import { cells } from "./checks/cells.ts";
import { choice } from "./checks/choice.ts";
import { code } from "./checks/code.ts";
import { disagree } from "./checks/disagree.ts";
import { flip } from "./checks/flip.ts";
import { head } from "./checks/head.ts";
import { numeric } from "./checks/numeric.ts";
import { off } from "./checks/off.ts";
import { order } from "./checks/order.ts";
import { predict } from "./checks/predict.ts";
import { reach } from "./checks/reach.ts";
import { several } from "./checks/several.ts";
import { show } from "./checks/show.ts";
import { steps } from "./checks/steps.ts";
import { tokens } from "./checks/tokens.ts";
import type { Checker, Kind } from "./types.ts";

export const checkers: { readonly [K in Kind]: Checker<K> } = {
  numeric,
  choice,
  head,
  show,
  predict,
  cells,
  order,
  tokens,
  several,
  off,
  reach,
  bet,
  disagree,
  steps,
  flip,
  code,
};
