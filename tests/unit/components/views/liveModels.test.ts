import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { liveModels } from "../../../../src/components/views/figure/liveModels.ts";
import { createLiveText } from "../../../../src/components/views/figure/liveText.ts";
import { fakeClient } from "../../../helpers/fakeClient.ts";
import { smallTextTrace, smallTrace } from "../../../helpers/traces.ts";

const settle = () => vi.advanceTimersByTimeAsync(100);
const TOLD = "Translate to French: ";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A translator, a decoder, and an encoder that this copy of the site lacks. */
function made() {
  const clients = { translator: fakeClient(), decoder: fakeClient(), lacking: fakeClient() };
  const alone = (client: ReturnType<typeof fakeClient>) => ({
    ...client.client,
    modelInfo: { ...client.client.modelInfo, instruction: "" },
  });
  const source = { ...smallTrace().source, text: `${TOLD}The brown dog ran` };
  const live = liveModels(
    new Map([
      [
        "translator",
        createLiveText({ client: clients.translator.client, channel: "a", stored: smallTrace({ source }) }),
      ],
      ["decoder", createLiveText({ client: alone(clients.decoder), channel: "a", stored: smallTextTrace("decoder") })],
      [
        "lacking",
        createLiveText({
          client: alone(clients.lacking),
          channel: "a",
          stored: smallTextTrace("encoder"),
          absent: true,
        }),
      ],
    ]),
  );
  const asked = () => Object.values(clients).flatMap((client) => client.asked.map((request) => request.source));
  return { live, clients, asked };
}

describe("liveModels", () => {
  it("shows the stored run of the model chosen, and loads nothing", async () => {
    const { live, asked } = made();
    live.follow();
    for (const model of ["decoder", "lacking", "translator", "decoder"]) live.models.choose(model);
    await settle();
    expect(live.trace.value.model).toBe("test-decoder");
    expect(live.stale.value).toBe(false);
    expect(asked()).toEqual([]);
  });

  it("carries a sentence over to a model that has not run, but runs it there only when asked", async () => {
    const { live, clients, asked } = made();
    live.follow();
    live.source.value = `${TOLD}The cat slept.`;
    await settle();
    live.models.choose("decoder");
    await settle();
    expect(live.source.value).toBe("The cat slept.");
    expect(live.stale.value).toBe(true);
    expect(asked()).toEqual([`${TOLD}The cat slept.`]);
    live.actions.run();
    expect(clients.decoder.asked.map((request) => request.source)).toEqual(["The cat slept."]);
  });

  it("runs a carried sentence by itself where the model has run before", async () => {
    const { live, clients } = made();
    live.follow();
    live.actions.run();
    clients.translator.asked[0]?.answer({ ok: true, value: smallTrace() });
    await settle();
    live.models.choose("decoder");
    live.source.value = "Birds sing.";
    await settle();
    live.models.choose("translator");
    await settle();
    expect(clients.translator.asked.at(-1)?.source).toBe(`${TOLD}Birds sing.`);
  });

  it("keeps a missing model at its stored text, and the reader’s sentence for the others", async () => {
    const { live, asked } = made();
    live.follow();
    live.source.value = `${TOLD}The cat slept.`;
    live.models.choose("lacking");
    expect([live.source.value, live.status.value.absent]).toEqual(["The brown dog ran", true]);
    live.actions.run();
    await settle();
    expect(asked()).toEqual([]);
    live.models.choose("decoder");
    expect(live.source.value).toBe("The cat slept.");
  });

  it("goes back to the first model, and all of them to their stored runs", () => {
    const { live } = made();
    live.models.choose("decoder");
    live.source.value = "Birds sing.";
    live.reset();
    expect(live.models.chosen.value).toBe("translator");
    live.models.choose("decoder");
    expect(live.source.value).toBe("The brown dog ran");
  });
});
