import { describe, expect, it } from "vitest";
import { type FetchOptions, fetchVerified } from "../../../../src/engine/runtime/fetch.ts";
import { FailureError } from "../../../../src/lib/failure.ts";
import { sha256 } from "../../../../src/lib/hash.ts";
import { FakeNetwork, type Reply } from "../../../helpers/network.ts";

const ORIGIN = "https://here.example";
const URL_OF_MODEL = `${ORIGIN}/models/m/onnx/model.onnx`;
const MODEL = Uint8Array.from({ length: 3000 }, (_, i) => (i === 0 ? 8 : (i * 37) % 251));
const FILE = { path: "onnx/model.onnx", bytes: MODEL.length, sha256: await sha256(MODEL) };
const HALVES = [MODEL.slice(0, 1500), MODEL.slice(1500)];
const HTML = "<!doctype html><title>Not here</title>";

function get(replies: readonly (Reply | Error)[], options: Partial<FetchOptions> = {}) {
  const network = new FakeNetwork({ [URL_OF_MODEL]: replies });
  const retry = { tries: 3, firstWait: 1, longestWait: 20 };
  const bytes = fetchVerified(URL_OF_MODEL, FILE, { origins: [ORIGIN], fetch: network.fetch, retry, ...options });
  return { network, bytes };
}

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FailureError)) throw new Error(`no failure but ${String(error)}`);
  return error.failure;
}

describe("a fetched file", () => {
  it("comes whole, with its progress", async () => {
    const seen: number[] = [];
    const { bytes } = get([{ parts: HALVES }], { onProgress: (loaded) => seen.push(loaded) });
    expect(await bytes).toEqual(MODEL);
    expect(seen).toEqual([0, 1500, 3000]);
  });

  it.each<[string, Reply | Error, string]>([
    ["a connection that is cut", { parts: [MODEL.slice(0, 1000)], after: "break" }, "network"],
    ["a body that ends early", { parts: [MODEL.slice(0, 1000)] }, "network"],
    ["a body that is longer", { parts: [MODEL, "more"] }, "damaged"],
    ["a flipped bit", { parts: [MODEL.map((byte, i) => (i === 2000 ? byte ^ 1 : byte))] }, "damaged"],
    ["zeros at the end", { parts: [MODEL.map((byte, i) => (i > 1000 ? 0 : byte))] }, "damaged"],
    ["an empty file", { parts: [] }, "damaged"],
    ["HTML in its place", { parts: [HTML] }, "wrong-file"],
    ["long HTML in its place", { parts: [HTML, "x".repeat(9000)] }, "wrong-file"],
    ["status 404", { status: 404, parts: [HTML] }, "not-found"],
    ["status 403", { status: 403, parts: [] }, "forbidden"],
    ["an unknown host", new TypeError("Failed to fetch"), "network"],
  ])("with %s is refused after one try", async (_, reply, code) => {
    const { network, bytes } = get([reply]);
    expect((await failureOf(bytes)).code).toBe(code);
    expect(network.asked.length).toBe(1);
  });

  it.each<[string, number, string]>([
    ["busy", 429, "busy"],
    ["failing", 503, "server"],
  ])("is asked for three times of a %s host, and no more", async (_, status, code) => {
    const { network, bytes } = get([{ status, parts: [] }]);
    expect((await failureOf(bytes)).code).toBe(code);
    expect(network.asked.length).toBe(3);
  });

  it("comes when the host recovers", async () => {
    const { bytes } = get([{ status: 503, parts: [] }, { parts: [MODEL] }]);
    expect(await bytes).toEqual(MODEL);
  });

  it("is asked for again when the host said, up to the longest wait", async () => {
    const started = performance.now();
    const { bytes } = get([{ status: 429, headers: { "retry-after": "3600" }, parts: [] }, { parts: [MODEL] }], {
      retry: { tries: 2, firstWait: 1, longestWait: 50 },
    });
    await bytes;
    expect(performance.now() - started).toBeGreaterThan(45);
  });

  it("that stands still is given up, and it says so", async () => {
    const { bytes } = get([{ parts: [MODEL.slice(0, 1000)], after: "silence" }], { stallAfter: 30 });
    expect((await failureOf(bytes)).code).toBe("stalled");
  });

  it("that moves, however slowly, is no stall", async () => {
    const slow: typeof fetch = async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          async start(controller) {
            for (let at = 0; at < MODEL.length; at += 500) {
              await new Promise((resolve) => setTimeout(resolve, 20));
              controller.enqueue(MODEL.slice(at, at + 500));
            }
            controller.close();
          },
        }),
      );
    expect(await get([], { fetch: slow, stallAfter: 60 }).bytes).toEqual(MODEL);
  });

  it("can be cancelled in the middle", async () => {
    const stop = new AbortController();
    const { bytes } = get([{ parts: [MODEL.slice(0, 1500)], after: "silence" }], {
      signal: stop.signal,
      onProgress: (loaded) => loaded === 1500 && stop.abort(),
    });
    expect((await failureOf(bytes)).code).toBe("cancelled");
  });

  it("is not waited for while a cancelled retry waits", async () => {
    const stop = new AbortController();
    const { network, bytes } = get([{ status: 503, parts: [] }], {
      signal: stop.signal,
      retry: { tries: 3, firstWait: 60_000, longestWait: 60_000 },
    });
    setTimeout(() => stop.abort(), 5);
    expect((await failureOf(bytes)).code).toBe("cancelled");
    expect(network.asked.length).toBeLessThanOrEqual(2);
  });

  it("of another host is never asked for", async () => {
    const { network, bytes } = get([{ parts: [MODEL] }], { origins: ["https://elsewhere.example"] });
    expect((await failureOf(bytes)).code).toBe("forbidden");
    expect(network.asked).toEqual([]);
  });
});
