import { clientOf } from "../../../workers/client.ts";
import type { RemovalClient } from "./ownText.ts";

/** A model's client, as these figures ask it. */
export function removalClient(model: string): RemovalClient {
  const client = clientOf(model);
  return {
    ...client,
    remove: (prompts, channel, tell) => client.study({ job: "removal", prompts }, channel, tell),
    sweep: (prompts, channel, tell) => client.study({ job: "sweep", prompts, fill: "zero" }, channel, tell),
  };
}
