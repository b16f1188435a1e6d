/** The files of one model: its manifest, then each file from the cache or the network, verified either way. */
import { FailureError, failure } from "../../lib/failure.ts";
import { cacheKey, type FileCache } from "./cache.ts";
import { type Bytes, type FetchOptions, type FileEntry, fetchJson, fetchVerified, parseJson, verify } from "./fetch.ts";

/** What a model's `manifest.json` says. */
export interface Manifest {
  readonly name: string;
  readonly revision: string;
  readonly files: readonly FileEntry[];
  /** Numbers that the model has learned, where the file's own count would be another: weights in 8 bits and fewer. */
  readonly parameters?: number;
}

/** Gives the files of a model by their path in its folder. */
export interface ModelFiles {
  readonly manifest: Manifest;
  /** Bytes of all files together. */
  readonly bytes: number;
  /** Whether the manifest names a file. */
  has(path: string): boolean;
  read(path: string): Promise<Bytes>;
  readJson(path: string): Promise<unknown>;
}

/** Fetches a model's files, each once, however often it is asked for. */
export class RemoteFiles implements ModelFiles {
  readonly manifest: Manifest;
  readonly bytes: number;
  /** True once a file could not be kept for the next visit. */
  unsaved = false;
  private readonly folder: string;
  private readonly cache: FileCache;
  private readonly options: FetchOptions;
  private readonly reading = new Map<string, Promise<Bytes>>();
  private readonly loaded = new Map<string, number>();

  private constructor(folder: string, manifest: Manifest, cache: FileCache, options: FetchOptions) {
    this.folder = folder;
    this.manifest = manifest;
    this.bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    this.cache = cache;
    this.options = options;
  }

  /**
   * Reads the manifest of the model in `folder` (an absolute address that ends with "/").
   *
   * @param options `onProgress` hears of the bytes of all files together
   */
  static async open(folder: string, cache: FileCache, options: FetchOptions): Promise<RemoteFiles> {
    return new RemoteFiles(folder, await openManifest(folder, cache, options), cache, options);
  }

  has(path: string): boolean {
    return this.manifest.files.some((file) => file.path === path);
  }

  read(path: string): Promise<Bytes> {
    const known = this.reading.get(path);
    if (known) return known;
    const started = this.readOnce(path);
    this.reading.set(path, started);
    started.catch(() => this.reading.delete(path));
    return started;
  }

  async readJson(path: string): Promise<unknown> {
    return parseJson(await this.read(path), path);
  }

  private async readOnce(path: string): Promise<Bytes> {
    const file = this.manifest.files.find((entry) => entry.path === path);
    if (!file) {
      throw new FailureError(failure("not-found", `The model has no file ${path}.`, { action: "none" }));
    }
    const url = this.folder + path;
    const key = cacheKey(url, file.sha256);
    const kept = await this.readKept(key, file);
    if (kept) {
      this.progress(path, kept.length);
      return kept;
    }
    const onProgress = (loaded: number) => this.progress(path, loaded);
    const bytes = await fetchVerified(url, file, { ...this.options, onProgress });
    if (!(await this.cache.put(key, bytes))) this.unsaved = true;
    return bytes;
  }

  /** A copy that was damaged since it was kept is deleted and counts as none. */
  private async readKept(key: string, file: FileEntry): Promise<Bytes | null> {
    const kept = await this.cache.get(key);
    if (!kept) return null;
    try {
      await verify(kept, file);
      return kept;
    } catch {
      await this.cache.delete(key);
      return null;
    }
  }

  private progress(path: string, loaded: number): void {
    this.loaded.set(path, loaded);
    this.options.onProgress?.([...this.loaded.values()].reduce((sum, bytes) => sum + bytes, 0));
  }
}

/** The manifest from the network; without one, from the last visit, so that a cached model works offline. */
async function openManifest(folder: string, cache: FileCache, options: FetchOptions): Promise<Manifest> {
  const url = `${folder}manifest.json`;
  try {
    const manifest = asManifest(await fetchJson(url, "manifest.json", { ...options, onProgress: undefined }));
    await cache.put(url, new TextEncoder().encode(JSON.stringify(manifest)));
    return manifest;
  } catch (error) {
    const unreachable = error instanceof FailureError && error.failure.code === "network";
    const kept = unreachable ? await cache.get(url) : null;
    if (!kept) throw error;
    return asManifest(parseJson(kept, "manifest.json"));
  }
}

/** Checks that a value is a manifest. */
export function asManifest(value: unknown): Manifest {
  const { name, revision, files, parameters } = Object(value) as Partial<Manifest>;
  if (typeof name === "string" && typeof revision === "string" && Array.isArray(files) && files.every(isEntry)) {
    return { name, revision, files, ...(Number.isSafeInteger(parameters) && { parameters }) };
  }
  throw new FailureError(failure("damaged", "The model's manifest.json is damaged.", { detail: "not a manifest" }));
}

function isEntry(value: unknown): value is FileEntry {
  const { path, bytes, sha256 } = Object(value) as Partial<FileEntry>;
  return typeof path === "string" && Number.isSafeInteger(bytes) && /^[0-9a-f]{64}$/.test(String(sha256));
}
