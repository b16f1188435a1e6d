import { describe, expect, it } from "vitest";
import { cacheKey } from "../../../../src/engine/runtime/cache.ts";
import { RemoteFiles } from "../../../../src/engine/runtime/files.ts";
import { sha256 } from "../../../../src/lib/hash.ts";
import { FakeCache, FakeNetwork, type Reply } from "../../../helpers/network.ts";

const FOLDER = "https://here.example/models/m/";
const URL_OF_MANIFEST = `${FOLDER}manifest.json`;
const URL_OF_FILE = `${FOLDER}a.onnx`;
const BYTES = Uint8Array.from({ length: 1000 }, (_, i) => (i === 0 ? 8 : i % 256));
const HASH = await sha256(BYTES);
const MANIFEST = JSON.stringify({
  name: "m",
  revision: "1",
  files: [{ path: "a.onnx", bytes: BYTES.length, sha256: HASH }],
});
const KEY = cacheKey(URL_OF_FILE, HASH);

async function open(
  replies: readonly (Reply | Error)[],
  cache = new FakeCache(),
  manifest: Reply | Error = { parts: [MANIFEST] },
) {
  const network = new FakeNetwork({ [URL_OF_MANIFEST]: [manifest], [URL_OF_FILE]: replies });
  const seen: number[] = [];
  const files = await RemoteFiles.open(FOLDER, cache, {
    origins: ["https://here.example"],
    fetch: network.fetch,
    onProgress: (loaded) => seen.push(loaded),
  });
  const asked = () => network.asked.filter((url) => url === URL_OF_FILE).length;
  return { files, cache, asked, seen };
}

describe("the files of a model", () => {
  it("are fetched once, kept under their hash, and counted", async () => {
    const { files, cache, asked, seen } = await open([{ parts: [BYTES.slice(0, 400), BYTES.slice(400)] }]);
    const [first, second] = await Promise.all([files.read("a.onnx"), files.read("a.onnx")]);
    expect(first).toEqual(BYTES);
    expect(second).toBe(first);
    expect(asked()).toBe(1);
    expect(cache.kept.get(KEY)).toEqual(BYTES);
    expect(seen).toEqual([0, 400, 1000]);
    expect(files.bytes).toBe(1000);
    expect(files.unsaved).toBe(false);
  });

  it("are taken from the cache", async () => {
    const cache = new FakeCache();
    cache.kept.set(KEY, BYTES);
    const { files, asked, seen } = await open([], cache);
    expect(await files.read("a.onnx")).toEqual(BYTES);
    expect(asked()).toBe(0);
    expect(seen).toEqual([1000]);
  });

  it("are fetched once more when the cached copy is damaged", async () => {
    const cache = new FakeCache();
    cache.kept.set(
      KEY,
      BYTES.map((byte, i) => (i === 500 ? byte ^ 1 : byte)),
    );
    const { files, asked } = await open([{ parts: [BYTES] }], cache);
    expect(await files.read("a.onnx")).toEqual(BYTES);
    expect(asked()).toBe(1);
    expect(cache.kept.get(KEY)).toEqual(BYTES);
  });

  it("are not kept when they are damaged or cut off", async () => {
    for (const reply of [{ parts: [BYTES.slice(0, 500)] }, { parts: [BYTES.map((byte) => byte & 0xfe)] }]) {
      const { files, cache } = await open([reply]);
      await expect(files.read("a.onnx")).rejects.toThrow();
      expect(cache.kept.has(KEY)).toBe(false);
    }
  });

  it("can be asked for again after a failure", async () => {
    const { files, asked } = await open([new TypeError("offline"), { parts: [BYTES] }]);
    await expect(files.read("a.onnx")).rejects.toThrow();
    expect(await files.read("a.onnx")).toEqual(BYTES);
    expect(asked()).toBe(2);
  });

  it("run from memory when there is no room, and say so", async () => {
    const cache = new FakeCache();
    cache.full = true;
    const { files } = await open([{ parts: [BYTES] }], cache);
    expect(await files.read("a.onnx")).toEqual(BYTES);
    expect(files.unsaved).toBe(true);
  });

  it("that the manifest does not list are refused", async () => {
    const { files } = await open([]);
    await expect(files.read("b.onnx")).rejects.toThrow("b.onnx");
  });
});

describe("the manifest", () => {
  it("of the last visit serves when the host cannot be reached", async () => {
    const { cache } = await open([{ parts: [BYTES] }]);
    const { files } = await open([], cache, new TypeError("offline"));
    expect(files.manifest.revision).toBe("1");
  });

  it.each(['{"name":"m"}', '{"name":"m","revision":"1","files":[{"path":"a"}]}', "[", "<html>"])(
    "%s is refused",
    async (text) => {
      await expect(open([], new FakeCache(), { parts: [text] })).rejects.toThrow("manifest.json");
    },
  );
});
