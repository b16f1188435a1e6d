/** Where verified files are kept between visits. */
import type { Bytes } from "./fetch.ts";

/** Keeps bytes under an address; nothing here throws. */
export interface FileCache {
  /** The bytes kept under a key, or null. */
  get(key: string): Promise<Bytes | null>;
  /** Keeps bytes; false when there is no room or no place for them. */
  put(key: string, bytes: Bytes): Promise<boolean>;
  delete(key: string): Promise<void>;
}

const NAME = "underhood-models";

/** The key of a file: its address and the hash of its bytes, so that another version is another entry. */
export function cacheKey(url: string, sha256: string): string {
  return `${url}?sha256=${sha256}`;
}

/** The browser's cache, or one that keeps nothing where there is none. */
export function browserCache(storage: CacheStorage | undefined = ownCaches()): FileCache {
  return storage ? new StorageCache(storage) : NO_CACHE;
}

/** Reading `caches` throws where a browser forbids storage. */
function ownCaches(): CacheStorage | undefined {
  try {
    return globalThis.caches;
  } catch {
    return undefined;
  }
}

/** Keeps nothing. */
export const NO_CACHE: FileCache = {
  get: async () => null,
  put: async () => false,
  delete: async () => {},
};

class StorageCache implements FileCache {
  private readonly storage: CacheStorage;

  constructor(storage: CacheStorage) {
    this.storage = storage;
  }

  async get(key: string): Promise<Bytes | null> {
    try {
      const response = await (await this.storage.open(NAME)).match(key);
      return response ? new Uint8Array(await response.arrayBuffer()) : null;
    } catch {
      return null;
    }
  }

  async put(key: string, bytes: Bytes): Promise<boolean> {
    try {
      const cache = await this.storage.open(NAME);
      await cache.put(key, new Response(bytes, { headers: { "content-length": String(bytes.length) } }));
      await deleteOtherVersions(cache, key);
      return true;
    } catch {
      return false;
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await (await this.storage.open(NAME)).delete(key);
    } catch {
      // What cannot be deleted is verified again when it is read.
    }
  }
}

/** A newer version of a file takes the place of the ones before. */
async function deleteOtherVersions(cache: Cache, key: string): Promise<void> {
  const { href, pathname } = new URL(key);
  for (const { url } of await cache.keys()) {
    if (url !== href && new URL(url).pathname === pathname) await cache.delete(url);
  }
}
