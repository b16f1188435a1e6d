import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AnyTrace } from "../../../src/engine/model.ts";
import { type FailureCode, failure } from "../../../src/lib/failure.ts";
import type { Answer, DevicePreference, Loaded, Refusal } from "../../../src/workers/api.ts";
import type { ModelStatus } from "../../../src/workers/status.ts";
import { Supervisor } from "../../../src/workers/supervisor.ts";
import { type Behaviour, FakeWorkers, later, loadedOn, never, traceOf } from "../../helpers/workers.ts";

const PATIENCE = { hello: 5000, load: 60_000, run: 60_000 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function supervise(...behaviours: readonly Behaviour[]) {
  const workers = new FakeWorkers(...behaviours);
  const seen: ModelStatus[] = [];
  const wish: { preference: DevicePreference } = { preference: "auto" };
  const supervisor = new Supervisor({
    model: () => ({ id: "m", folder: "https://here.example/m/" }),
    start: workers.start,
    preference: () => wish.preference,
    onStatus: (status) => seen.push(status),
    patience: PATIENCE,
  });
  const ask = (source: string, channel = "page") => supervisor.trace({ source, target: null }, channel);
  const status = () => seen.at(-1);
  return { supervisor, workers, ask, seen, status, wish };
}

const refused = (code: FailureCode): Refusal => ({ ok: false, failure: failure(code, code) });
const refusedOnGpu = (code: FailureCode): Refusal => ({ ...refused(code), device: "webgpu" });

/** What an answer came to: the text that was run, or the failure's code. */
async function outcome(answer: Promise<Answer<AnyTrace>>, wait = 100_000): Promise<string> {
  await vi.advanceTimersByTimeAsync(wait);
  const settled = await Promise.race([answer, Promise.resolve(null)]);
  if (!settled) return "pending";
  return settled.ok ? settled.value.source.text : settled.failure.code;
}

describe("loading", () => {
  it("starts nothing before it is asked for", () => {
    const { workers, seen } = supervise({});
    expect(workers.started).toEqual([]);
    expect(seen).toEqual([]);
  });

  it("happens once for many callers, and reports its steps", async () => {
    const { supervisor, workers, seen } = supervise({
      load: async (_, onProgress) => {
        onProgress({ stage: "weights", loaded: 5, total: 10 });
        return later(10, loadedOn("wasm", ["note"]));
      },
    });
    const both = [supervisor.load(), supervisor.load()];
    await vi.advanceTimersByTimeAsync(100);
    expect((await Promise.all(both)).every(({ ok }) => ok)).toBe(true);
    expect(workers.started.length).toBe(1);
    expect(seen.map(({ phase }) => phase)).toEqual(["loading", "loading", "live"]);
    expect(seen[1]?.progress?.loaded).toBe(5);
    expect(seen[2]).toMatchObject({ device: "wasm", notices: ["note"] });
  });

  it("gives up a worker that says nothing within five seconds", async () => {
    const { ask, status } = supervise({ hello: never });
    expect(await outcome(ask("a"), 5001)).toBe("worker-missing");
    expect(status()?.failure?.action).toBe("reload");
  });

  it("says so at once when the worker's script is missing or forbidden", async () => {
    const { ask, workers } = supervise({ hello: never });
    const answer = ask("a");
    workers.started[0]?.die("404");
    expect(await outcome(answer, 0)).toBe("worker-missing");
    const forbidden = new Supervisor({
      model: () => ({ id: "m", folder: "" }),
      start: () => {
        throw new Error("SecurityError");
      },
      preference: () => "auto",
      onStatus: () => {},
    });
    expect(await outcome(forbidden.trace({ source: "a", target: null }, "page"), 0)).toBe("worker-missing");
  });

  it("may take long as long as it shows signs of life", async () => {
    const { ask, workers } = supervise({
      load: async (_, onProgress) => {
        const timer = setInterval(() => onProgress({ stage: "weights", loaded: 1, total: 2 }), 5000);
        const answer = await later(200_000, loadedOn("wasm"));
        clearInterval(timer);
        return answer;
      },
    });
    expect(await outcome(ask("a"), 201_000)).toBe("a");
    expect(workers.started.length).toBe(1);
  });

  it("that hangs is ended and reported", async () => {
    const { ask, workers, status, wish } = supervise({ load: never });
    wish.preference = "wasm";
    expect(await outcome(ask("a"), 61_000)).toBe("worker-silent");
    expect(workers.alive()).toBe(0);
    expect(status()?.phase).toBe("failed");
  });

  it("that failed is not repeated for every edit, but on request, with a fresh worker", async () => {
    const { supervisor, ask, workers } = supervise({ load: async () => refused("network") }, {});
    expect(await outcome(ask("a"))).toBe("network");
    expect(await outcome(ask("b"))).toBe("network");
    expect(workers.started.length).toBe(1);
    const again = supervisor.retry();
    await vi.advanceTimersByTimeAsync(100);
    expect((await again).ok).toBe(true);
    expect(await outcome(ask("c"))).toBe("c");
    expect(workers.started.length).toBe(2);
  });

  it("can be cancelled and started again", async () => {
    const { supervisor, ask, workers, status, seen } = supervise({ load: never }, {});
    const first = supervisor.load();
    const waiting = ask("a");
    await vi.advanceTimersByTimeAsync(10);
    supervisor.cancelLoad();
    expect(status()?.phase).toBe("stored");
    const second = supervisor.load();
    expect(await outcome(waiting, 1000)).toBe("cancelled");
    const [one, two] = (await Promise.all([first, second])) as [Refusal, Answer<Loaded>];
    expect(one.failure.code).toBe("cancelled");
    expect(two.ok).toBe(true);
    expect(workers.alive()).toBe(1);
    expect(seen.map(({ phase }) => phase)).toEqual(["loading", "stored", "loading", "live"]);
  });
});

describe("requests", () => {
  it("run one at a time, and the newest takes the place of the waiting one", async () => {
    const { ask, workers } = supervise({});
    await outcome(ask("warm"));
    const first = ask("a");
    await vi.advanceTimersByTimeAsync(1);
    const answers = [first, ...["b", "c", "d"].map((text) => ask(text))];
    await vi.advanceTimersByTimeAsync(1000);
    const outcomes = await Promise.all(answers.map((answer) => outcome(answer, 0)));
    expect(outcomes).toEqual(["superseded", "superseded", "superseded", "d"]);
    expect(workers.traced()).toEqual(["warm", "a", "d"]);
    expect(workers.mostRunning).toBe(1);
  });

  it("at a hundred edits a second for ten seconds: one runs, one waits, the last one wins", async () => {
    const { ask, workers } = supervise({ trace: ({ source }) => later(35, traceOf(source)) });
    const answers: Promise<Answer<AnyTrace>>[] = [];
    for (let edit = 0; edit < 1000; edit += 1) {
      answers.push(ask(`edit ${edit}`));
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(200);
    const outcomes = await Promise.all(answers.map((answer) => outcome(answer, 0)));
    expect(outcomes.at(-1)).toBe("edit 999");
    expect(outcomes).not.toContain("pending");
    expect(workers.mostRunning).toBe(1);
    expect(workers.traced().length).toBeLessThan(300);
  });

  it("of different channels do not cancel each other; equal ones share a run", async () => {
    const { ask, workers } = supervise({});
    await outcome(ask("warm"));
    const answers = [ask("a", "one"), ask("b", "two"), ask("b", "three"), ask("b", "three")];
    await vi.advanceTimersByTimeAsync(1000);
    expect(await Promise.all(answers.map((answer) => outcome(answer, 0)))).toEqual(["a", "b", "b", "b"]);
    expect(workers.traced()).toEqual(["warm", "a", "b"]);
  });

  it("that came back lately are not run again, and one of them ends the channel's older request", async () => {
    const { ask, workers } = supervise({});
    await outcome(ask("a"));
    const older = ask("b");
    expect(await outcome(ask("a"), 0)).toBe("a");
    expect(await outcome(older, 1000)).toBe("superseded");
    expect(workers.traced().filter((text) => text === "a").length).toBe(1);
  });

  it("that fail end the worker; the next one works", async () => {
    const { ask, workers, status } = supervise({ trace: async () => refused("runtime") }, {});
    expect(await outcome(ask("a"))).toBe("runtime");
    expect(status()?.phase).toBe("live");
    expect(await outcome(ask("b"))).toBe("b");
    expect(workers.started.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it("that were badly put do not cost the worker", async () => {
    const { ask, workers } = supervise({ trace: async () => refused("bad-input") });
    expect(await outcome(ask("a"))).toBe("bad-input");
    expect(workers.started.length).toBe(1);
    expect(workers.alive()).toBe(1);
  });

  it("are refused when the worker is killed, and the next one works", async () => {
    const { ask, workers, status } = supervise({ trace: never }, {});
    const answer = ask("a");
    await vi.advanceTimersByTimeAsync(100);
    workers.started[0]?.die("killed");
    expect(await outcome(answer, 0)).toBe("worker-died");
    await vi.advanceTimersByTimeAsync(100);
    expect(status()?.phase).toBe("live");
    expect(await outcome(ask("b"))).toBe("b");
    expect(workers.started.length).toBe(2);
  });

  it("time out when the worker never answers, and the next one works", async () => {
    const { ask, workers } = supervise({ trace: never }, {});
    expect(await outcome(ask("a"), 61_000)).toBe("worker-silent");
    expect(await outcome(ask("b"))).toBe("b");
    expect(workers.alive()).toBe(1);
  });

  it("may take long as long as the worker shows signs of life", async () => {
    const { ask } = supervise({
      trace: async ({ source }, onAlive) => {
        const timer = setInterval(onAlive, 5000);
        const answer = await later(200_000, traceOf(source));
        clearInterval(timer);
        return answer;
      },
    });
    expect(await outcome(ask("a"), 201_000)).toBe("a");
  });

  it("do not restart a worker for ever that dies each time", async () => {
    const { ask, workers, status } = supervise({});
    await outcome(ask("a"));
    for (let i = 0; i < 5; i += 1) {
      workers.started.at(-1)?.die("again");
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(workers.started.length).toBe(2);
    expect(status()).toMatchObject({ phase: "failed", failure: { code: "worker-died" } });
  });
});

describe("devices", () => {
  it.each<[string, FailureCode, string]>([
    ["the self-test fails", "self-test", "wrong numbers"],
    ["the session cannot be made", "runtime", "could not be started"],
    ["the GPU is lost while loading", "device-lost", "could not be started"],
  ])("fall back to WASM with a notice when %s", async (_, code, words) => {
    const { ask, workers, status } = supervise(
      { load: async () => refusedOnGpu(code) },
      { load: async (device) => loadedOn(device === "wasm" ? "wasm" : "webgpu") },
    );
    expect(await outcome(ask("a"))).toBe("a");
    expect(workers.started.map(({ devices }) => devices)).toEqual([["auto"], ["wasm"]]);
    expect(status()?.device).toBe("wasm");
    expect(status()?.notices[0]).toContain(words);
  });

  it("do not fall back for a fault of the network", async () => {
    const { ask, workers } = supervise({ load: async () => refusedOnGpu("network") });
    expect(await outcome(ask("a"))).toBe("network");
    expect(workers.started.length).toBe(1);
  });

  it("that are lost in a run are tried once more, then WASM runs the same request", async () => {
    const onGpu: Behaviour = { load: async () => loadedOn("webgpu"), trace: async () => refusedOnGpu("device-lost") };
    const { ask, workers, status } = supervise(onGpu, onGpu, {});
    expect(await outcome(ask("a"))).toBe("a");
    expect(workers.started.map(({ devices }) => devices)).toEqual([["auto"], ["auto"], ["wasm"]]);
    expect(status()?.notices[0]).toContain("stopped working");
    expect(workers.alive()).toBe(1);
  });

  it("change on request, with the run in flight", async () => {
    const { supervisor, ask, wish, workers, status } = supervise(
      { trace: never },
      { load: async () => loadedOn("webgpu") },
    );
    const answer = ask("a");
    await vi.advanceTimersByTimeAsync(100);
    wish.preference = "webgpu";
    supervisor.moveTo("webgpu");
    expect(await outcome(answer)).toBe("a");
    expect(status()?.device).toBe("webgpu");
    expect(workers.alive()).toBe(1);
  });

  it("change on request while loading, and the caller gets the new one", async () => {
    const { supervisor, wish, workers, seen } = supervise({ load: never }, { load: async () => loadedOn("webgpu") });
    const loading = supervisor.load();
    await vi.advanceTimersByTimeAsync(10);
    wish.preference = "webgpu";
    supervisor.moveTo("webgpu");
    await vi.advanceTimersByTimeAsync(100);
    expect(await loading).toMatchObject({ ok: true, value: { device: "webgpu" } });
    expect(workers.alive()).toBe(1);
    expect(seen.map(({ phase }) => phase)).toEqual(["loading", "loading", "live"]);
  });

  it("do not change where nothing runs or where it runs already", async () => {
    const { supervisor, workers, ask } = supervise({});
    supervisor.moveTo("webgpu");
    expect(workers.started.length).toBe(0);
    await outcome(ask("a"));
    supervisor.moveTo("wasm");
    expect(workers.started.length).toBe(1);
  });
});

describe("studies", () => {
  const SWEEP = { job: "sweep", prompts: [], fill: "zero" } as const;
  const result = { ok: true, value: { model: "m" } } as unknown as Awaited<ReturnType<Supervisor["study"]>>;
  const steps =
    (count: number): Behaviour["study"] =>
    async (_, onProgress) => {
      for (let done = 1; done <= count; done += 1) {
        await later(1000, null);
        if (!(await onProgress({ done, total: count }))) return refused("cancelled");
      }
      return result;
    };

  it("tell how far they are, and let single runs in between", async () => {
    const { supervisor, ask } = supervise({ study: steps(100) });
    const heard: number[] = [];
    const study = supervisor.study(SWEEP, "map", ({ done }) => heard.push(done));
    expect(await outcome(ask("a"), 3500)).toBe("a");
    expect(heard).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(100_000);
    expect(await study).toEqual(result);
  });

  it("may take longer than a run may be silent, as long as they go on", async () => {
    const { supervisor } = supervise({ study: steps(100) });
    const study = supervisor.study(SWEEP, "map", () => {});
    await vi.advanceTimersByTimeAsync(101_000);
    expect(await study).toEqual(result);
  });

  it("end on request without an end of the worker", async () => {
    const { supervisor, workers } = supervise({ study: steps(100) });
    const study = supervisor.study(SWEEP, "map", () => {});
    await vi.advanceTimersByTimeAsync(2500);
    supervisor.cancelStudy("map");
    await vi.advanceTimersByTimeAsync(1000);
    expect(await study).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    expect(workers.started.length).toBe(1);
    expect(workers.alive()).toBe(1);
  });

  it("are answered when the worker dies, and a fresh one takes its place", async () => {
    const { supervisor, workers } = supervise({ study: never });
    const study = supervisor.study(SWEEP, "map", () => {});
    await vi.advanceTimersByTimeAsync(100);
    workers.started[0]?.die("killed");
    await vi.advanceTimersByTimeAsync(100);
    expect(await study).toMatchObject({ ok: false, failure: { code: "worker-died" } });
    expect(workers.alive()).toBe(1);
  });

  it("begin again on another device when the model is moved", async () => {
    const { supervisor, wish, workers } = supervise(
      { study: never },
      { study: steps(2), load: async () => loadedOn("webgpu") },
    );
    const study = supervisor.study(SWEEP, "map", () => {});
    await vi.advanceTimersByTimeAsync(100);
    wish.preference = "webgpu";
    supervisor.moveTo("webgpu");
    await vi.advanceTimersByTimeAsync(5000);
    expect(await study).toEqual(result);
    expect(workers.alive()).toBe(1);
  });
});
