import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createLiveText, liveText } from "../../../../src/components/views/figure/liveText.ts";
import { failure } from "../../../../src/lib/failure.ts";
import { fakeClient } from "../../../helpers/fakeClient.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

const traceOf = (text: string) => smallTrace({ source: { ...smallTrace().source, text } });
const settle = () => vi.advanceTimersByTimeAsync(100);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("liveText", () => {
  it("shows the stored trace and asks for nothing until it is edited", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    await settle();
    expect(asked).toHaveLength(0);
    expect(live.status.value).toMatchObject({ shown: "stored", stale: false, phase: "idle" });
  });

  it("runs once for edits in quick succession, and becomes live", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    for (const text of ["a", "ab", "abc"]) live.source.value = text;
    await settle();
    expect(asked.map((request) => request.source)).toEqual(["abc"]);
    asked[0]?.answer({ ok: true, value: traceOf("abc") });
    await settle();
    expect([live.live.value, live.stale.value, live.trace.value.source.text]).toEqual([true, false, "abc"]);
  });

  it("drops a late answer after a newer edit", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.source.value = "one";
    await settle();
    live.source.value = "two";
    await settle();
    asked[1]?.answer({ ok: true, value: traceOf("two") });
    await settle();
    asked[0]?.answer({ ok: true, value: traceOf("one") });
    await settle();
    expect(live.trace.value.source.text).toBe("two");
  });

  it("runs again when edited while a run is under way", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.actions.run();
    live.source.value = "changed";
    await settle();
    expect(asked.map((request) => request.source)).toEqual(["Translate: The brown dog ran", "changed"]);
  });

  it("does not run a text from a link until the reader asks", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.restore("from a link", "typed");
    await settle();
    expect(asked).toHaveLength(0);
    expect(live.stale.value).toBe(true);
    live.actions.run();
    expect(asked).toMatchObject([{ source: "from a link", target: "typed" }]);
  });

  it("takes a link's text once, and never over an edit of the reader", async () => {
    const { client } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.restore("first", null);
    live.restore("second", null);
    expect(live.source.value).toBe("first");
    const edited = createLiveText({ client, channel: "b", stored: smallTrace() });
    edited.follow();
    edited.source.value = "mine";
    edited.restore("a link", null);
    expect(edited.source.value).toBe("mine");
  });

  it("is not stale when the model's text differs from what was typed, as with a lone surrogate", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.source.value = "\ud800";
    await settle();
    asked[0]?.answer({ ok: true, value: traceOf("\ufffd") });
    await settle();
    expect(live.stale.value).toBe(false);
  });

  it("keeps the picture and says what failed; a superseded request says nothing", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.actions.run();
    asked[0]?.answer({ ok: false, failure: failure("runtime", "It broke.") });
    await settle();
    expect(live.status.value).toMatchObject({ shown: "stored", phase: "failed", failure: { message: "It broke." } });
    live.actions.run();
    asked[1]?.answer({ ok: false, failure: failure("superseded", "newer") });
    await settle();
    expect(live.status.value.failure).toBeNull();
  });

  it("goes back to the stored text on reset, and ignores what was under way", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    live.follow();
    live.source.value = "other";
    await settle();
    live.reset();
    asked[0]?.answer({ ok: true, value: traceOf("other") });
    await settle();
    expect([live.source.value, live.live.value, asked.length]).toEqual(["Translate: The brown dog ran", false, 1]);
  });

  it("is one for all figures that share a source", () => {
    const { client } = fakeClient();
    const source = signal("Translate: The brown dog ran");
    const options = { client, stored: smallTrace(), source };
    expect(liveText({ ...options, channel: "a" })).toBe(liveText({ ...options, channel: "b" }));
  });

  it("stops following when the last figure leaves", async () => {
    const { client, asked } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace() });
    const stops = [live.follow(), live.follow()];
    stops[0]?.();
    live.source.value = "still followed";
    await settle();
    expect(asked).toHaveLength(1);
    stops[1]?.();
    live.source.value = "no more";
    await settle();
    expect(asked).toHaveLength(1);
  });

  it("counts tokens of the text that is shown, and what was cut", () => {
    const { client } = fakeClient();
    const live = createLiveText({ client, channel: "a", stored: smallTrace({ cut: { source: 3, target: 0 } }) });
    expect(live.counts.source.value).toEqual({ count: 10, limit: 512, cut: 3 });
    expect(live.counts.target.value).toEqual({ count: 4, limit: 512, cut: 0 });
  });
});

describe("the live text of a model with one stack", () => {
  const alone = (absent: boolean) => {
    const { client, asked } = fakeClient();
    return { live: createLiveText({ client, channel: "a", stored: smallTextTrace("decoder"), absent }), asked };
  };

  it("has no target: none is asked for, counted or cut", async () => {
    const { live, asked } = alone(false);
    live.follow();
    live.source.value = "Birds sing.";
    await settle();
    expect(asked).toMatchObject([{ source: "Birds sing.", target: null }]);
    expect(live.counts.target.value).toEqual({ count: 0, limit: 0, cut: 0 });
    live.actions.act("shorten");
    expect(live.target.value).toBeNull();
  });

  it("stays at its stored run where this copy of the site lacks the model", async () => {
    const { live, asked } = alone(true);
    live.follow();
    live.actions.run();
    live.source.value = "Birds sing.";
    await settle();
    expect(asked).toEqual([]);
    expect(live.status.value).toMatchObject({ absent: true, shown: "stored", phase: "idle" });
  });
});
