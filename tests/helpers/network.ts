import type { FileCache } from "../../src/engine/runtime/cache.ts";
import type { Bytes } from "../../src/engine/runtime/fetch.ts";

/** What a pretended server answers: a whole body, or its parts with what happens after them. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly parts: readonly (string | Uint8Array)[];
  /** After the parts: the body ends, the connection breaks, or nothing more comes. */
  readonly after?: "end" | "break" | "silence";
}

/** Takes the place of `fetch`: answers from a list by address, the last reply of each again and again. */
export class FakeNetwork {
  /** Every address that was asked, in order. */
  readonly asked: string[] = [];
  private readonly replies: Map<string, (Reply | Error)[]>;

  constructor(replies: Readonly<Record<string, readonly (Reply | Error)[]>>) {
    this.replies = new Map(Object.entries(replies).map(([url, list]) => [url, [...list]]));
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = String(input);
    this.asked.push(url);
    init?.signal?.throwIfAborted();
    const list = this.replies.get(url) ?? [];
    const reply = list.length > 1 ? list.shift() : list[0];
    if (!reply) throw new TypeError(`no such host: ${url}`);
    if (reply instanceof Error) throw reply;
    return new Response(bodyOf(reply, init?.signal ?? undefined), { status: reply.status, headers: reply.headers });
  };
}

function bodyOf({ parts, after }: Reply, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const left = parts.map((part) => (typeof part === "string" ? new TextEncoder().encode(part) : part));
  return new ReadableStream({
    start(controller) {
      signal?.addEventListener("abort", () => controller.error(new DOMException("aborted", "AbortError")));
    },
    pull(controller) {
      const part = left.shift();
      if (part) controller.enqueue(part);
      else if (after === "break") controller.error(new TypeError("network error"));
      else if (after !== "silence") controller.close();
      else return new Promise(() => {});
      return undefined;
    },
  });
}

/** A cache in memory that can be made to fail. */
export class FakeCache implements FileCache {
  readonly kept = new Map<string, Bytes>();
  /** No room: nothing is kept any more. */
  full = false;

  async get(key: string): Promise<Bytes | null> {
    return this.kept.get(key) ?? null;
  }

  async put(key: string, bytes: Bytes): Promise<boolean> {
    if (!this.full) this.kept.set(key, bytes);
    return !this.full;
  }

  async delete(key: string): Promise<void> {
    this.kept.delete(key);
  }
}
