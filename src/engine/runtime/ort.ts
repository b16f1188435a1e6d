/** onnxruntime-web: which of its builds to start, from which addresses, and whether this browser can run it at all. */
import * as ort from "onnxruntime-web/webgpu";
import { FailureError, failure } from "../../lib/failure.ts";
import { ElementType, makeNode, makeValue } from "../onnx/graph.ts";
import { writeOnnx } from "../onnx/write.ts";

/** Where a session runs. */
export type SessionDevice = "wasm" | "webgpu";

/** Addresses of one build's two files. */
export interface RuntimeFiles {
  readonly mjs: string;
  readonly wasm: string;
}

/** The builds that the site serves itself; the default addresses of onnxruntime-web point to another host. */
export interface RuntimeBuilds {
  /** WASM alone, the smallest. */
  readonly plain: RuntimeFiles;
  /** With WebGPU, for browsers whose WebAssembly can wait for promises. */
  readonly jspi: RuntimeFiles;
  /** With WebGPU, for the others; the largest. */
  readonly asyncify: RuntimeFiles;
}

/** Longest wait for the runtime's own files, which it fetches out of our sight. Milliseconds. */
const START_LIMIT = 120_000;

/** Starts the runtime for a device with one thread (more would need headers that static hosts do not send). */
export async function startRuntime(builds: RuntimeBuilds, device: SessionDevice): Promise<void> {
  requireWebAssembly();
  const build = device === "wasm" ? "plain" : "Suspending" in WebAssembly ? "jspi" : "asyncify";
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = builds[build];
  ort.env.wasm.initTimeout = START_LIMIT;
  try {
    // A session of one node makes the runtime compile now, while the weights are still on their way.
    const session = await ort.InferenceSession.create(oneNode(), { executionProviders: ["wasm"] });
    await session.release();
  } catch (error) {
    throw new FailureError(
      failure("network", "The program that runs the model could not be fetched or started.", { detail: String(error) }),
      error,
    );
  }
}

/** Does work during which no session may be open on a device; a graphics card is let go with its last session, for good. */
export async function holdingDevice(device: SessionDevice, work: () => Promise<void>): Promise<void> {
  const held = await ort.InferenceSession.create(oneNode(), { executionProviders: [device] });
  try {
    await work();
  } finally {
    await held.release();
  }
}

/** The smallest model there is: one number goes through. */
function oneNode(): Uint8Array {
  return writeOnnx({
    irVersion: 8,
    opsets: new Map([["", 13]]),
    graph: {
      name: "one",
      nodes: [makeNode("Identity", ["x"], ["y"])],
      initializers: new Map(),
      inputs: [makeValue("x", ElementType.float, [])],
      outputs: [makeValue("y", ElementType.float, [])],
      values: [],
      other: [],
    },
    other: [],
  });
}

/** A function that returns `i8x16.popcnt` of a constant: valid only where there is SIMD. */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

function requireWebAssembly(): void {
  if (typeof WebAssembly === "object" && WebAssembly.validate(SIMD)) return;
  throw new FailureError(
    failure("no-webassembly", "This browser cannot run the model: it lacks WebAssembly with SIMD.", { action: "none" }),
  );
}

/** The graphics card that this browser offers to web pages. `software` is one that the processor imitates: slower than WASM. */
export async function findGpu(): Promise<"hardware" | "software" | "none"> {
  try {
    const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } };
    const adapter = (await gpu?.requestAdapter()) ?? null;
    if (!adapter) return "none";
    return adapter.info?.isFallbackAdapter ? "software" : "hardware";
  } catch {
    return "none";
  }
}

interface Adapter {
  readonly info?: { readonly isFallbackAdapter?: boolean };
}
