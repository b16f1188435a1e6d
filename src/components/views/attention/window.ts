/** What of a long column of tokens is in view. All lengths in CSS pixels. */
export interface View {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
}

/** Items drawn beyond either end of the view. The window moves in steps of as many, so that it seldom moves. */
const BEYOND = 12;

/** Columns up to this length are drawn whole. */
const WHOLE = 96;

/** The view of a box that scrolls over `length` rows; the same object while nothing changed. */
export function viewOf(box: HTMLElement, length: number, before: View): View {
  const item = box.querySelector(".uh-column-item");
  const lead = box.querySelector<HTMLElement>(".uh-lines-cell")?.offsetTop ?? 0;
  const rowHeight = item?.getBoundingClientRect().height || before.rowHeight;
  const height = Math.min(box.clientHeight, length * rowHeight);
  const top = Math.max(0, Math.min(box.scrollTop - lead, length * rowHeight - height));
  const same = before.top === top && before.height === height && before.rowHeight === rowHeight;
  return same ? before : { top, height, rowHeight };
}

/** The items to draw: a few more than are in view; null for all. */
export function windowOf(view: View | null, length: number): { from: number; to: number; rowHeight: number } | null {
  if (view === null || length <= WHOLE) return null;
  const first = Math.floor(view.top / view.rowHeight / BEYOND) - 1;
  const last = Math.ceil((view.top + view.height) / view.rowHeight / BEYOND) + 1;
  const from = Math.min(length, Math.max(0, first * BEYOND));
  return { from, to: Math.max(from, Math.min(length, last * BEYOND)), rowHeight: view.rowHeight };
}
