/**
 * Arithmetic on sizes of which some are only names: equal names are equal sizes, whatever they are in a run.
 *
 * A sum or a product of names is a name of its own, written so that the same one is written alike wherever it comes up.
 */

/** The size of an axis: a number, or the name of one that only a run tells. */
export type Size = number | string;
export type Shape = readonly Size[];

/** A name that begins so belongs to an axis that is 1, or as long as what it meets; see `broadcast`. */
const SPREADS = "1 or ";

/** a + b. */
export function plus(a: Size, b: Size): Size {
  const terms = [...termsOf(a), ...termsOf(b)];
  return joined(terms, " + ", 0, (sum, number) => sum + number, true);
}

/** a − b where b's terms are among those of a; undefined where they are not. */
export function difference(a: Size, b: Size): Size | undefined {
  const rest = termsOf(a);
  let number = 0;
  for (const term of termsOf(b)) {
    const at = rest.indexOf(term);
    if (typeof term === "number") number += term;
    else if (at < 0) return undefined;
    else rest.splice(at, 1);
  }
  const left = rest.reduce<number>((sum, term) => (typeof term === "number" ? sum + term : sum), -number);
  if (left < 0) return rest.every((term) => typeof term === "number") ? left : undefined;
  return plus(left, rest.filter((term) => typeof term === "string").reduce<Size>(plus, 0));
}

/** a × b. */
export function times(a: Size, b: Size): Size {
  if (a === 0 || b === 0) return 0;
  return joined([...factorsOf(a), ...factorsOf(b)], "*", 1, (product, number) => product * number, false);
}

/** The product of all sizes. */
export function product(sizes: Shape): Size {
  return sizes.reduce(times, 1);
}

/** a ÷ b where b's factors are among those of a; undefined where they are not. */
export function quotient(a: Size, b: Size): Size | undefined {
  const rest = factorsOf(a);
  let [above, below] = [1, 1];
  for (const factor of factorsOf(b)) {
    const at = rest.indexOf(factor);
    if (typeof factor === "number") below *= factor;
    else if (at < 0) return undefined;
    else rest.splice(at, 1);
  }
  for (const factor of rest) if (typeof factor === "number") above *= factor;
  if (below === 0 || above % below !== 0) return undefined;
  return times(above / below, product(rest.filter((factor) => typeof factor === "string")));
}

/** A name for the outcome of any other operation: the same operation on the same sizes gives the same one. */
export function outcome(operation: string, ...sizes: Shape): Size {
  return `{${operation}(${sizes.join(",")})}`;
}

/** The size of what is left of an axis when it is cut at a. */
export function atMost(a: Size): Size {
  return outcome("up to", a);
}

/** Whether a size is surely no less than 0: what is read off a shape is, a difference of sizes need not be. */
export function isCount(size: Size): boolean {
  return typeof size === "number" ? size >= 0 : !size.includes("{");
}

/**
 * The size at which two axes meet when one is spread over the other; undefined where it depends on the run.
 * An axis that is surely 1 or as long as the other gives way to it, and so does one that was cut to the other's length:
 * it is shorter only where the two cannot meet at all.
 */
export function broadcast(a: Size, b: Size): Size | undefined {
  if (a === b || b === 1) return a;
  if (a === 1) return b;
  if (typeof a === "number") return a;
  if (typeof b === "number") return b;
  if (b.startsWith(SPREADS) || b === atMost(a)) return a;
  if (a.startsWith(SPREADS) || a === atMost(b)) return b;
  return undefined;
}

/** Canonical writing: numbers first, then names in order. */
function joined(
  parts: readonly Size[],
  sign: string,
  neutral: number,
  combine: (a: number, b: number) => number,
  brackets: boolean,
): Size {
  const number = parts.filter((part) => typeof part === "number").reduce(combine, neutral);
  const names = parts.filter((part) => typeof part === "string").sort();
  if (names.length === 0) return number;
  const all = number === neutral ? names : [String(number), ...names];
  if (all.length === 1) return names[0] ?? number;
  return brackets ? `[${all.join(sign)}]` : all.join(sign);
}

function termsOf(size: Size): Size[] {
  if (typeof size === "number") return [size];
  const inner = /^\[([^[\]{}]*)\]$/.exec(size)?.[1] ?? size;
  return /[[\]{}]/.test(inner) ? [size] : inner.split(" + ").map(read);
}

function factorsOf(size: Size): Size[] {
  if (typeof size === "number") return [size];
  return /[[\]{}]/.test(size) ? [size] : size.split("*").map(read);
}

function read(text: string): Size {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** A size as a file names it; a sum is brought into the order that `plus` gives it. */
export function sizeNamed(text: string): Size {
  return text.split(" + ").map(read).reduce(plus, 0);
}
