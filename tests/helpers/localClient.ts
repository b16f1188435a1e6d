import { signal } from "@preact/signals";
import type { Model } from "../../src/engine/model.ts";
import { toFailure } from "../../src/lib/failure.ts";
import type { OnStudyProgress } from "../../src/workers/api.ts";
import type { ModelClient, ModelStatus } from "../../src/workers/client.ts";
import { INITIAL_STATUS } from "../../src/workers/status.ts";
import { runStudy } from "../../src/workers/worker/run-study.ts";

/** A model that runs right here behind the page’s own interface, with what was asked of it. */
export function localClient(model: Model) {
  const status = signal<ModelStatus>(INITIAL_STATUS);
  const asked: { off: number; source: string }[] = [];
  let cancelled = false;
  const answered = async <T>(work: () => Promise<T>) => {
    try {
      const value = await work();
      status.value = { ...INITIAL_STATUS, phase: "live", device: "wasm", info: model.info };
      return { ok: true, value } as const;
    } catch (thrown) {
      return { ok: false, failure: toFailure(thrown) } as const;
    }
  };
  const client: ModelClient = {
    id: model.info.id,
    modelStatus: status,
    devicePreference: signal("auto"),
    modelInfo: model.info,
    modelBytes: model.info.bytes,
    runtimeBytes: 0,
    load: () => answered(async () => ({ info: model.info, device: "wasm" as const, notices: [] })),
    retry: () => client.load(),
    cancelLoad: () => {},
    trace: (request) => {
      asked.push({ off: request.off?.length ?? 0, source: request.source });
      return answered(() => model.trace(request));
    },
    inspect: (request, head) => answered(() => model.inspect(request, head)),
    study: (request, _channel, onProgress) => {
      cancelled = false;
      const hear: OnStudyProgress = async (progress) => {
        onProgress(progress);
        // The page’s thread comes to its turn between two runs.
        await new Promise((go) => setTimeout(go));
        return !cancelled;
      };
      return answered(() => runStudy(model, request, { origins: [] }, hear)) as never;
    },
    cancelStudy: () => {
      cancelled = true;
    },
    tokenize: (text, side) => answered(async () => model.tokenize(text, side)),
  };
  return { client, asked };
}
