/** What a reader's function gave back, as plain data of bounded size. */
import { LIMITS, type Plain } from "../protocol.ts";
import { listOf } from "./show.ts";

/** The value as numbers, texts and lists. @throws TypeError naming what it holds instead, or that it is too large */
export function plainOf(value: unknown): Plain {
  let left: number = LIMITS.returned;

  const walk = (item: unknown, depth: number): Plain => {
    left -= 1;
    if (left < 0) throw new TypeError(`what it gives back holds more than ${LIMITS.returned} values`);
    if (depth > LIMITS.depth) throw new TypeError(`what it gives back is nested more than ${LIMITS.depth} deep`);
    if (item === undefined || item === null) return null;
    if (typeof item === "number" || typeof item === "boolean") return item;
    if (typeof item === "string") return item.slice(0, LIMITS.text);
    if (typeof item !== "object") throw new TypeError(`what it gives back holds a ${typeof item}`);
    const list = listOf(item);
    if (list) return members(list.length, (index) => walk(list[index], depth + 1));
    return Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, walk(inner, depth + 1)]));
  };
  return walk(value, 0);
}

function members(length: number, at: (index: number) => Plain): Plain[] {
  if (length > LIMITS.returned) throw new TypeError(`what it gives back holds more than ${LIMITS.returned} values`);
  return Array.from({ length }, (_, index) => at(index));
}
