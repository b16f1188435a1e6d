/** Steps that are put in order. */

/** The list with two places changed about; unchanged where one of them is not there. */
export function swapped(list: readonly string[], a: number, b: number): readonly string[] {
  const [one, other] = [list[a], list[b]];
  if (one === undefined || other === undefined) return list;
  return list.map((item, place) => (place === a ? other : place === b ? one : item));
}

/** A fixed order that depends on the seed's letters and is never the one given, where there are two steps at least. */
export function shuffled(steps: readonly string[], seed: string): readonly string[] {
  let state = [...seed].reduce((sum, letter) => Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0), 7) >>> 0;
  const next = (most: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const list = [...steps];
  for (let place = list.length - 1; place > 0; place -= 1) {
    const other = next(place + 1);
    [list[place], list[other]] = [list[other] ?? "", list[place] ?? ""];
  }
  return list.every((step, place) => step === steps[place]) ? [...list.slice(1), ...list.slice(0, 1)] : list;
}
