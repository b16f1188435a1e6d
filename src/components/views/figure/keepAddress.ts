import { effect } from "@preact/signals";
import { withState } from "../../../lib/urlState.ts";

/** How long the state must rest before it is written into the address, in milliseconds. */
const REST = 400;

/**
 * Keeps the page's address in step with a figure's state, once that rests. Called in the browser; answers with a function
 * that stops.
 *
 * @param id the figure's name in the address
 * @param fields its state, read from signals; null while nothing differs from the defaults
 */
export function keepAddress(id: string, fields: () => Readonly<Record<string, unknown>> | null): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = JSON.stringify(fields());
  const stop = effect(() => {
    const now = fields();
    clearTimeout(timer);
    if (JSON.stringify(now) === written) return;
    timer = setTimeout(() => {
      written = JSON.stringify(now);
      writeAddress(withState(location.href, id, now));
    }, REST);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Some browsers refuse many changes in a short time: the state then simply stays out of the address. */
function writeAddress(address: string): void {
  try {
    history.replaceState(history.state, "", address);
  } catch {
    // "Copy link" still works.
  }
}
