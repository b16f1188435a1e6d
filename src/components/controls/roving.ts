/** Arrow keys within a group of buttons of which only one is reached by Tab. */

const MOVES: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where a key leads from `index` in a grid read row by row; null where it leads nowhere. */
export function rove(key: string, index: number, count: number, columns: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const move = MOVES[key];
  if (move === undefined) return null;
  const column = (index % columns) + move[0];
  const next = index + move[0] + move[1] * columns;
  const inside = column >= 0 && column < columns && next >= 0 && next < count;
  return inside ? next : null;
}

/** Handles a key in such a group: moves the focus to the sibling marked `data-rove`, and says where it went. */
export function roveFocus(event: KeyboardEvent, columns: number): number | null {
  const group = event.currentTarget as HTMLElement;
  const members = [...group.querySelectorAll<HTMLElement>("[data-rove]")];
  const index = members.indexOf(document.activeElement as HTMLElement);
  const next = index < 0 ? null : rove(event.key, index, members.length, columns);
  if (next === null) return null;
  event.preventDefault();
  members[next]?.focus();
  return next;
}
