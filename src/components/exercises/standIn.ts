/** What settles a question where its figure cannot: a stored run. Fetched with the rules. */
import { loadStored } from "../../stored/load.ts";
import type { Evidence, StandIn } from "./evidence.ts";

/** The stored run, as a figure would publish it. */
export async function standIn({ run, numbers }: StandIn): Promise<Evidence> {
  const trace = await loadStored(run);
  return { figure: run, trace, live: false, focus: null, ...(numbers && { numbers }) };
}
