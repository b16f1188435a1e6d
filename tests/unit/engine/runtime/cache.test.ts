import { describe, expect, it } from "vitest";
import { browserCache, cacheKey } from "../../../../src/engine/runtime/cache.ts";

const URL_OF_FILE = "https://here.example/models/m/a.onnx";
const BYTES = Uint8Array.of(8, 1, 2, 3);

/** The browser's Cache API in memory. */
function storage(fault?: "open" | "put"): CacheStorage {
  const entries = new Map<string, Uint8Array<ArrayBuffer>>();
  const cache = {
    match: async (key: string) => (entries.has(key) ? new Response(entries.get(key)) : undefined),
    put: async (key: string, response: Response) => {
      if (fault === "put") throw new DOMException("no room", "QuotaExceededError");
      entries.set(key, new Uint8Array(await response.arrayBuffer()));
    },
    keys: async () => Array.from(entries.keys(), (url) => ({ url })),
    delete: async (key: string) => entries.delete(key),
  };
  const open = async () => {
    if (fault === "open") throw new DOMException("forbidden", "SecurityError");
    return cache;
  };
  return { open } as unknown as CacheStorage;
}

describe("the cache", () => {
  it("gives back what was put, until it is deleted", async () => {
    const cache = browserCache(storage());
    const key = cacheKey(URL_OF_FILE, "aa");
    expect(await cache.get(key)).toBeNull();
    expect(await cache.put(key, BYTES)).toBe(true);
    expect(await cache.get(key)).toEqual(BYTES);
    await cache.delete(key);
    expect(await cache.get(key)).toBeNull();
  });

  it("keeps one version of a file, and other files", async () => {
    const cache = browserCache(storage());
    const other = cacheKey("https://here.example/models/m/b.onnx", "bb");
    await cache.put(other, BYTES);
    await cache.put(cacheKey(URL_OF_FILE, "aa"), BYTES);
    await cache.put(cacheKey(URL_OF_FILE, "cc"), BYTES);
    expect(await cache.get(cacheKey(URL_OF_FILE, "aa"))).toBeNull();
    expect(await cache.get(cacheKey(URL_OF_FILE, "cc"))).toEqual(BYTES);
    expect(await cache.get(other)).toEqual(BYTES);
  });

  it.each(["open", "put"] as const)("never throws when the browser's %s does", async (fault) => {
    const cache = browserCache(storage(fault));
    const key = cacheKey(URL_OF_FILE, "aa");
    expect(await cache.put(key, BYTES)).toBe(false);
    expect(await cache.get(key)).toBeNull();
    await cache.delete(key);
  });

  it("keeps nothing where the browser has none", async () => {
    const cache = browserCache(undefined);
    expect(await cache.put("k", BYTES)).toBe(false);
    expect(await cache.get("k")).toBeNull();
  });
});
