/** Files over the network: streamed, watched for stalls, and checked against what the manifest says before anyone sees them. */
import { type Failure, FailureError, failure } from "../../lib/failure.ts";
import { sha256 } from "../../lib/hash.ts";
import { type RetryPlan, USUAL_PLAN, withRetry } from "../../lib/retry.ts";

/** Bytes that own their memory, as a download or a cached copy does. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A file as the manifest lists it. */
export interface FileEntry {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How to fetch. */
export interface FetchOptions {
  /** Origins that may be asked; everything else is refused before a request is made. */
  readonly origins: readonly string[];
  readonly signal?: AbortSignal;
  /** Called with the bytes of this file that have arrived so far; falls back to 0 when the file is tried again. */
  readonly onProgress?: (loaded: number) => void;
  /** A download without a new byte for this long has stalled. Milliseconds. */
  readonly stallAfter?: number;
  readonly retry?: RetryPlan;
  readonly fetch?: typeof fetch;
}

const STALL_AFTER = 30_000;

/** The most that a file may have whose size no manifest says: the manifest itself, a part of the treebank. */
const LARGEST_UNLISTED = 1_000_000;

/** A failure of the host or of the way to it. */
class HostError extends FailureError {
  /** How long the host asks to wait before another try, milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(failed: Failure, retryAfter?: number) {
    super(failed);
    this.retryAfter = retryAfter;
  }
}

/**
 * Fetches a file and checks kind, size and hash. Throws `FailureError` that names the file and what was wrong; a busy or
 * failing server is asked again within `retry`.
 */
export async function fetchVerified(url: string, file: FileEntry, options: FetchOptions): Promise<Bytes> {
  const bytes = await withRetry(
    () => download(url, file.path, options, file.bytes),
    options.retry ?? USUAL_PLAN,
    waitFor,
    options.signal,
  );
  await verify(bytes, file);
  return bytes;
}

/** Fetches a small JSON file whose size is not known beforehand. */
export async function fetchJson(url: string, path: string, options: FetchOptions): Promise<unknown> {
  const plan = options.retry ?? USUAL_PLAN;
  return parseJson(await withRetry(() => download(url, path, options), plan, waitFor, options.signal), path);
}

/** Fetches a text file whose size is not known beforehand, up to a megabyte. */
export async function fetchText(url: string, path: string, options: FetchOptions): Promise<string> {
  const plan = options.retry ?? USUAL_PLAN;
  const bytes = await withRetry(() => download(url, path, options), plan, waitFor, options.signal);
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** The value that a JSON file holds; throws "damaged" where it holds none. */
export function parseJson(bytes: Bytes, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw damaged(path, String(error));
  }
}

/** Checks size and hash of a file's bytes; throws "damaged" where they differ. */
export async function verify(bytes: Bytes, file: FileEntry): Promise<void> {
  if (bytes.length !== file.bytes) throw damaged(file.path, `${bytes.length} bytes, not ${file.bytes}`);
  const hash = await sha256(bytes);
  if (hash !== file.sha256) throw damaged(file.path, `SHA-256 ${hash}, not ${file.sha256}`);
}

function waitFor(error: unknown): number | null | undefined {
  if (!(error instanceof HostError)) return null;
  const { code } = error.failure;
  return code === "busy" || code === "server" ? error.retryAfter : null;
}

/** One try. `size` is known for the files of a manifest. */
async function download(url: string, path: string, options: FetchOptions, size?: number): Promise<Bytes> {
  refuseOtherHosts(url, options.origins);
  const watch = new StallWatch(options.stallAfter ?? STALL_AFTER, options.signal);
  options.onProgress?.(0);
  try {
    const ask = options.fetch ?? fetch;
    // Verified bytes are kept by our own cache; the browser's would only keep a second, unchecked copy.
    const response = await ask(url, { signal: watch.signal, cache: "no-store" });
    checkStatus(response, path);
    const bytes = await readBody(response, path, options, watch, size ?? LARGEST_UNLISTED);
    checkKind(bytes, path);
    if (size !== undefined) checkSize(bytes, size, path);
    return bytes;
  } catch (error) {
    throw explain(error, watch, options, path);
  } finally {
    watch.end();
  }
}

/** Reads the body to its end, or a little past `most` bytes where it does not end there. */
async function readBody(
  response: Response,
  path: string,
  options: FetchOptions,
  watch: StallWatch,
  most: number,
): Promise<Bytes> {
  if (!response.body) throw damaged(path, "an empty answer");
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  while (loaded <= most) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, loaded);
    watch.alive();
    chunks.push(value);
    loaded += value.length;
    options.onProgress?.(Math.min(loaded, most));
  }
  await reader.cancel();
  return joined(chunks, loaded);
}

function checkSize(bytes: Bytes, size: number, path: string): void {
  if (bytes.length > size) throw damaged(path, `more than the ${size} bytes that the manifest says`);
  if (bytes.length < size) {
    const detail = `${bytes.length} of ${size} bytes`;
    throw new HostError(failure("network", `The download of ${path} ended early.`, { detail }));
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Bytes {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function refuseOtherHosts(url: string, origins: readonly string[]): void {
  const { origin } = new URL(url);
  if (origins.includes(origin)) return;
  throw new FailureError(
    failure("forbidden", "A file was asked of a host that this site does not use.", { action: "none", detail: url }),
  );
}

function checkStatus(response: Response, path: string): void {
  const { status } = response;
  if (response.ok) return;
  const detail = `${path}: status ${status}`;
  if (status === 404 || status === 410) {
    throw new HostError(failure("not-found", `The host does not have ${path}.`, { detail }));
  }
  if (status === 401 || status === 403) {
    throw new HostError(failure("forbidden", `The host refuses to send ${path}.`, { detail }));
  }
  const after = askedWait(response.headers.get("retry-after"));
  if (status === 429) {
    throw new HostError(failure("busy", "The host has too many requests at the moment.", { detail }), after);
  }
  if (status >= 500) throw new HostError(failure("server", "The host has a fault at the moment.", { detail }), after);
  throw new HostError(failure("network", `The host answered in an unexpected way for ${path}.`, { detail }));
}

/** Retry-After in milliseconds: a number of seconds or a date. */
function askedWait(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Some hosts answer with a page of HTML and status 200 where they lack a file. */
function checkKind(bytes: Bytes, path: string): void {
  if (bytes.length === 0) throw damaged(path, "an empty file");
  const text = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  const fits = path.endsWith(".json")
    ? /^[{[]/.test(text)
    : path.endsWith(".onnx")
      ? bytes[0] === ONNX_FIRST_BYTE
      : true;
  if (fits) return;
  if (text.startsWith("<")) {
    throw new FailureError(
      failure("wrong-file", `The host sent the wrong file in place of ${path}.`, { detail: `it starts with ${text}` }),
    );
  }
  throw damaged(path, "it does not start as such a file does");
}

/** Tag of the first field of a model, its IR version. */
const ONNX_FIRST_BYTE = 0x08;

function damaged(path: string, detail: string): FailureError {
  return new FailureError(failure("damaged", `${path} is damaged.`, { detail }));
}

/** Turns what `fetch` and its body throw into a failure with a cause. */
function explain(error: unknown, watch: StallWatch, options: FetchOptions, path: string): FailureError {
  if (error instanceof FailureError) return error;
  if (options.signal?.aborted) {
    return new FailureError(failure("cancelled", "The download was cancelled."), error);
  }
  if (watch.stalled) {
    const seconds = Math.round((options.stallAfter ?? STALL_AFTER) / 1000);
    return new FailureError(
      failure("stalled", `The download of ${path} has stood still for ${seconds} seconds.`),
      error,
    );
  }
  const message = isOffline()
    ? "There is no connection to the network."
    : `The connection to the host broke, or the host could not be reached, while fetching ${path}.`;
  return new HostError(failure("network", message, { detail: String(error) }));
}

function isOffline(): boolean {
  return typeof navigator !== "undefined" && navigator.onLine === false;
}

/** Aborts a request that brings no byte for a while; also passes on the caller's abort. */
class StallWatch {
  stalled = false;
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly after: number;
  private readonly outer: AbortSignal | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(after: number, outer: AbortSignal | undefined) {
    this.signal = this.controller.signal;
    this.after = after;
    this.outer = outer;
    if (outer?.aborted) this.controller.abort();
    outer?.addEventListener("abort", this.pass);
    this.alive();
  }

  /** A byte came. */
  alive(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.stalled = true;
      this.controller.abort();
    }, this.after);
  }

  end(): void {
    clearTimeout(this.timer);
    this.outer?.removeEventListener("abort", this.pass);
  }

  private readonly pass = (): void => this.controller.abort();
}
