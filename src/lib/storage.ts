/** The browser's storage behind a guard: it may be missing, forbidden or full, and none of that may break a page. */

/** The part of `Storage` that the site uses. */
export interface Shelf {
  /** The text under a name, or null. Never throws. */
  read(name: string): string | null;
  /** Whether the text was kept. Never throws. */
  write(name: string, text: string): boolean;
}

/** The browser's local storage, or null where it is absent or throws. */
export function localShelf(): Shelf | null {
  try {
    const storage = globalThis.localStorage;
    const probe = "underhood:probe";
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return shelfOf(storage);
  } catch {
    return null;
  }
}

/** A shelf on any storage. */
export function shelfOf(storage: Pick<Storage, "getItem" | "setItem">): Shelf {
  return {
    read(name) {
      try {
        return storage.getItem(name);
      } catch {
        return null;
      }
    },
    write(name, text) {
      try {
        storage.setItem(name, text);
        return true;
      } catch {
        return false;
      }
    },
  };
}
