/** A place for a label, in pixels: its centre and its width. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Height of a label, in pixels. */
const HEIGHT = 12;

/** Which labels can stand without touching another one; those furthest from the middle of all come first. */
export function freeLabels(places: readonly LabelPlace[]): boolean[] {
  const middle = { x: meanOf(places.map(({ x }) => x)), y: meanOf(places.map(({ y }) => y)) };
  const far = ({ x, y }: LabelPlace): number => Math.hypot(x - middle.x, y - middle.y);
  const order = [...places.entries()].sort(([, a], [, b]) => far(b) - far(a));
  const free = places.map(() => false);
  const taken: LabelPlace[] = [];
  for (const [index, place] of order) {
    if (taken.some((other) => touches(place, other))) continue;
    taken.push(place);
    free[index] = true;
  }
  return free;
}

function touches(one: LabelPlace, other: LabelPlace): boolean {
  return Math.abs(one.y - other.y) < HEIGHT && Math.abs(one.x - other.x) < (one.width + other.width) / 2;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
