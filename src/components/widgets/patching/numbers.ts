/** Numbers of a study, as exercises ask for them. */
import type { Patched } from "./askPatching.ts";
import { mapsOf, recoveredAt } from "./maps.ts";

/** By name: `recovered.<layer>.<place>` of a source token, `recovered.target.<layer>.<place>` of a target token, in percent. */
export function numbersOf(patched: Patched): Readonly<Record<string, number>> {
  const numbers: Record<string, number> = {};
  for (const { side, grid } of mapsOf(patched)) {
    const name = side === "source" ? "recovered" : "recovered.target";
    for (let layer = 0; layer < grid.rows.length; layer++) {
      for (let token = 0; token < grid.columns.length; token++)
        numbers[`${name}.${layer}.${token}`] = 100 * recoveredAt(patched.study, { side, layer, token });
    }
  }
  return numbers;
}
