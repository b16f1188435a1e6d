import { signal } from "@preact/signals";
import { afterEach, expect, it, vi } from "vitest";
import { actOn } from "../../../../src/components/views/figure/actOn.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([
  ["retry", { again: 1, reload: 0, preference: "auto" }],
  ["use-wasm", { again: 1, reload: 0, preference: "wasm" }],
  ["reload", { again: 0, reload: 1, preference: "auto" }],
  ["none", { again: 0, reload: 0, preference: "auto" }],
] as const)("%s does what its button says", (action, expected) => {
  const reload = vi.fn();
  const again = vi.fn();
  vi.stubGlobal("location", { reload });
  const devicePreference = signal<"auto" | "wasm" | "webgpu">("auto");
  actOn(action, { devicePreference }, again);
  expect({
    again: again.mock.calls.length,
    reload: reload.mock.calls.length,
    preference: devicePreference.value,
  }).toEqual(expected);
});
