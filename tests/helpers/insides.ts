import { readdirSync, readFileSync } from "node:fs";
import type { HeadInside, Token } from "../../src/engine/model.ts";
import { decodeInside, type StoredInside } from "../../src/stored/inside.ts";

const FOLDER = "src/stored/inside";

/** Every stored inside, by name. */
export function storedInsides(): ReadonlyMap<string, StoredInside> {
  const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));
  return new Map(names.map((name) => [name, JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8"))]));
}

/** One of them, ready to be drawn. */
export function storedHead(name: string): HeadInside {
  const stored = storedInsides().get(name);
  if (!stored) throw new Error(`no inside is stored under ${name}`);
  return decodeInside(stored);
}

/** A head of two queries, three keys and two dimensions that can be worked out by hand; the last key may be forbidden. */
export function smallHead(change: Partial<HeadInside> = {}): HeadInside {
  const tensor = (shape: number[], data: number[]) => ({ shape, data: Float32Array.from(data) });
  return {
    model: "decoder-small",
    head: { kind: "decoder", layer: 0, head: 1 },
    queries: ["a", "b"].map(token),
    keys: ["a", "b", "c"].map(token),
    query: tensor([2, 2], [1, 2, 3, -1]),
    key: tensor([3, 2], [1, 0, 0, 1, 2, -1]),
    value: tensor([3, 2], [10, 0, 0, 10, 5, 5]),
    scale: 0.5,
    bias: tensor([2, 3], [0, 0, -Infinity, 0, 0, 0]),
    attention: tensor([2, 3], [0.3775407, 0.6224593, 0, 0.1173104, 0.0158762, 0.8668133]),
    output: tensor([2, 2], [3.775407, 6.224593, 5.5071705, 4.4928285]),
    ...change,
  };
}

function token(piece: string, place: number): Token {
  return {
    id: place,
    piece,
    text: piece,
    start: place,
    end: place + 1,
    word: place,
    special: false,
    instruction: false,
  };
}
