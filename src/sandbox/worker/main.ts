/**
 * The worker in the closed frame. The page's port lives in a closure of this file; before the reader's code runs, every
 * name of the platform that is not plain JavaScript is taken away, so that nothing is left to send, fetch or load with.
 * The frame's policy forbids the same once more, from outside.
 */
import { LIMITS, type Order, type Reply, type Report, type Sealed } from "../protocol.ts";
import { questions } from "./ask.ts";
import { carryOut } from "./run.ts";

/** What stays of the global object: the language itself. */
const KEPT: ReadonlySet<string> = new Set(
  (
    "globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI " +
    "encodeURIComponent escape unescape Object Function Boolean Symbol Error AggregateError EvalError RangeError " +
    "ReferenceError SyntaxError TypeError URIError Number BigInt Math Date String RegExp Array Int8Array Uint8Array " +
    "Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array " +
    "BigInt64Array BigUint64Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Iterator ArrayBuffer DataView " +
    "JSON Promise Proxy Reflect Intl structuredClone"
  ).split(" "),
);

self.onmessage = ({ data, ports: [port] }: MessageEvent<Order>) => {
  if (!port) return;
  self.onmessage = null;
  // Bound before the reader's code could put another function in its place.
  const post = port.postMessage.bind(port);
  const { run } = data;
  const send = (report: Report): void => post({ run, report } satisfies Sealed);
  const { ask, reply } = questions(send);
  // Only the page holds the other end; the reader's code meets neither the port nor its events.
  port.onmessage = (message: MessageEvent<Reply>) => reply(message.data);
  closeOff(globalThis);
  send({ type: "ready" });
  void carryOut(data, send, ask);
};

/** Takes from the global object, and from what it inherits, every name but those of the language. */
function closeOff(scope: object): void {
  for (
    let holder: object | null = scope;
    holder && holder !== Object.prototype;
    holder = Object.getPrototypeOf(holder)
  ) {
    for (const name of Object.getOwnPropertyNames(holder)) {
      if (!KEPT.has(name)) Reflect.deleteProperty(holder, name);
    }
  }
  // A trace must reach down to the reader's own line through the page's functions.
  Object.assign(Error, { stackTraceLimit: LIMITS.trace });
}
