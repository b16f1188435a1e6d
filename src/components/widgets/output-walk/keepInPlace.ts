/** Frames after which nothing moves any more: the first draws the change, in the next the browser may have scrolled. */
const FRAMES = 2;

/** Scrolls so that an element stays where it is on the screen, whatever opens or closes above it by this event. */
export function keepInPlace(element: Element): void {
  const before = element.getBoundingClientRect().top;
  const follow = (left: number) => {
    window.scrollBy({ top: element.getBoundingClientRect().top - before, behavior: "instant" });
    if (left > 1) requestAnimationFrame(() => follow(left - 1));
  };
  requestAnimationFrame(() => follow(FRAMES));
}
