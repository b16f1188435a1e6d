import { type ReadonlySignal, signal } from "@preact/signals";

const turns = signal(0);
let watching = false;

/** Changes whenever the theme does: what is drawn on a canvas reads it to be drawn again. */
export function themeTurns(): ReadonlySignal<number> {
  if (!watching && typeof document !== "undefined") watch();
  return turns;
}

function watch(): void {
  watching = true;
  const turn = () => {
    turns.value++;
  };
  new MutationObserver(turn).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  matchMedia("(forced-colors: active)").addEventListener("change", turn);
}

/** A CSS colour as it is in the present theme, as red, green and blue from 0 to 255. */
export function readColour(element: Element): [red: number, green: number, blue: number] {
  const numbers = getComputedStyle(element).color.match(/[\d.]+/g) ?? [];
  const [red = 128, green = 128, blue = 128] = numbers.map(Number);
  return [red, green, blue];
}
