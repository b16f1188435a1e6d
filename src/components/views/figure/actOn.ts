import type { FailureAction } from "../../../lib/failure.ts";
import type { LiveClient } from "./liveClient.ts";

/** Does what the one button of a failure offers; `again` runs what failed once more. "shorten" is the figure's own. */
export function actOn(action: FailureAction, client: Pick<LiveClient, "devicePreference">, again: () => void): void {
  if (action === "reload") location.reload();
  if (action === "use-wasm") client.devicePreference.value = "wasm";
  if (action === "retry" || action === "use-wasm") again();
}
