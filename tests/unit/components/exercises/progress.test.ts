import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Entry, freshEntry } from "../../../../src/components/exercises/progress/record.ts";
import { createProgress } from "../../../../src/components/exercises/progress/store.ts";
import { readProgress } from "../../../../src/components/exercises/progress/validate.ts";
import { type Shelf, shelfOf } from "../../../../src/lib/storage.ts";

const NAME = "progress";
const COURSE = "Underhood";

function memoryShelf(): Shelf & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    read: (name) => texts.get(name) ?? null,
    write: (name, text) => {
      texts.set(name, text);
      return true;
    },
  };
}

const done: Entry = {
  ...freshEntry("numeric", "abc"),
  answer: 3,
  verdict: { state: "right", why: "right", facts: { answer: 3, token: "</s>" }, source: "live" },
  tries: 2,
  done: true,
  at: 5,
};

function opened(shelf: Shelf | null) {
  const store = createProgress(NAME, () => shelf, undefined, readProgress);
  store.open();
  return store;
}

function file(exercises: unknown, rest: Record<string, unknown> = {}): string {
  return JSON.stringify({ format: "underhood-progress", version: 1, course: COURSE, exercises, ...rest });
}

describe("the progress store", () => {
  it("gives back after a reload what was kept", () => {
    const shelf = memoryShelf();
    opened(shelf).put("a", done);
    expect(opened(shelf).entries.value).toEqual({ a: done });
  });

  it("takes back a reset, and keeps what was done since", () => {
    const store = opened(memoryShelf());
    store.put("a", done);
    store.put("b", done);
    store.remove(["a", "b", "constructor"]);
    expect(store.entries.value).toEqual({});
    store.put("c", done);
    store.undo();
    expect(Object.keys(store.entries.value).sort()).toEqual(["a", "b", "c"]);
    expect(store.undoable.value).toBeNull();
  });

  it("writes beside another tab, not over it, and follows it", () => {
    const shelf = memoryShelf();
    let changed: (key: string | null) => void = () => {};
    const first = createProgress(
      NAME,
      () => shelf,
      (onChange) => {
        changed = onChange;
      },
      readProgress,
    );
    first.open();
    const second = opened(shelf);
    second.put("b", done);
    first.put("a", done);
    expect(Object.keys(first.entries.value).sort()).toEqual(["a", "b"]);
    second.remove(["b"]);
    changed(NAME);
    expect(Object.keys(first.entries.value)).toEqual(["a"]);
  });

  it("works from memory where storage is missing, full or throws", () => {
    const full = shelfOf({
      getItem: () => null,
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    });
    for (const shelf of [null, full]) {
      const store = opened(shelf);
      store.put("a", done);
      store.put("b", done);
      expect(Object.keys(store.entries.value)).toEqual(["a", "b"]);
      expect(store.keeping.value).toBe("memory");
      expect(readProgress(store.exportText(COURSE), COURSE).ok).toBe(true);
    }
  });

  it("never writes over a later version's record", () => {
    const shelf = memoryShelf();
    const later = file({}, { version: 2 });
    shelf.write(NAME, later);
    const store = opened(shelf);
    store.put("a", done);
    expect(store.keeping.value).toBe("memory");
    expect(shelf.read(NAME)).toBe(later);
  });

  it("fetches what reads only where there is something to read, and lets changes wait for it", async () => {
    const shelf = memoryShelf();
    opened(shelf).put("a", done);
    const late = createProgress(NAME, () => shelf);
    late.open();
    late.put("b", done);
    // Seen at once, but not yet written: what is there has not been read.
    expect(Object.keys(late.entries.value)).toEqual(["b"]);
    expect(Object.keys(opened(shelf).entries.value)).toEqual(["a"]);
    await vi.waitFor(() => expect(Object.keys(late.entries.value).sort()).toEqual(["a", "b"]));
    expect(Object.keys(opened(shelf).entries.value).sort()).toEqual(["a", "b"]);

    opened(shelf).put("c", done);
    late.remove(["a"]);
    expect(Object.keys(opened(shelf).entries.value).sort()).toEqual(["b", "c"]);
  });

  it("leaves a later version's record alone also when it is read late", async () => {
    const shelf = memoryShelf();
    const later = file({}, { version: 2 });
    shelf.write(NAME, later);
    const store = createProgress(NAME, () => shelf);
    store.open();
    store.put("a", done);
    await vi.waitFor(() => expect(store.keeping.value).toBe("memory"));
    store.put("b", done);
    expect(shelf.read(NAME)).toBe(later);
    expect(Object.keys(store.entries.value).sort()).toEqual(["a", "b"]);
  });

  it("puts aside a record that cannot be read", () => {
    const shelf = memoryShelf();
    shelf.write(NAME, "{broken");
    const store = opened(shelf);
    store.put("a", done);
    expect(shelf.read(`${NAME}:unreadable`)).toBe("{broken");
    expect(opened(shelf).entries.value).toEqual({ a: done });
  });
});

describe("importing", () => {
  it("takes over what was exported, with undo", async () => {
    const store = opened(memoryShelf());
    store.put("a", done);
    const text = store.exportText(COURSE);
    const other = opened(memoryShelf());
    other.put("a", { ...done, answer: 9 });
    expect(await other.importText(text, COURSE)).toBeNull();
    expect(other.entries.value.a).toEqual(done);
    other.undo();
    expect(other.entries.value.a?.answer).toBe(9);
  });

  it.each([
    ["not JSON", "hello", /not JSON/],
    ["an empty file", "", /not JSON/],
    ["another thing", "[1,2]", /not progress/],
    ["50 MB", " ".repeat(50_000_000), /larger/],
    ["another course", file({}, { course: "Other" }), /another course, “Other”/],
    ["a future version", file({}, { version: 99 }), /later version/],
    ["a version that is none", file({}, { version: "1" }), /which version/],
    ["__proto__ at the top", '{"format":"underhood-progress","__proto__":{"version":1}}', /not progress/],
    ["__proto__ as an exercise", file(JSON.parse('{"__proto__":{}}')), /not the name/],
    [
      "__proto__ in an answer",
      file(JSON.parse(JSON.stringify({ a: done }).replace('"facts":{', '"facts":{"__proto__":1,'))),
      /forbidden name/,
    ],
    [
      "HTML in an answer",
      file({ a: { ...done, kind: "choice", answer: "<img src=x onerror=alert(1)>" } }),
      /as expected/,
    ],
    ["HTML in a fact", file({ a: { ...done, verdict: { ...done.verdict, facts: { t: "<b>x</b>" } } } }), /HTML/],
    ["HTML as an id", file({ "<b>": done }), /not the name/],
    ["a list of exercises", file([done]), /no exercises/],
    ["an unknown kind", file({ a: { ...done, kind: "toString" } }), /unknown/],
    ["a negative count", file({ a: { ...done, tries: -1 } }), /count/],
    [
      "cells of another shape",
      file({ a: { ...done, kind: "cells", answer: { cells: [{}], rows: 1, columns: 1 } } }),
      /number/,
    ],
  ])("refuses %s with the reason, and changes nothing", async (_, text, reason) => {
    const store = opened(memoryShelf());
    store.put("a", done);
    const before = store.entries.value;
    expect(await store.importText(text, COURSE)).toMatch(reason);
    expect(store.entries.value).toBe(before);
    expect(store.undoable.value).toBeNull();
  });

  it("drops what it does not know, and never throws", () => {
    const reading = readProgress(file({ a: { ...done, extra: "<script>" } }), COURSE);
    expect(reading.ok && reading.progress.exercises.a).toEqual(done);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readProgress(file({ a: value }), COURSE);
        readProgress(JSON.stringify(value), COURSE);
      }),
    );
  });
});
