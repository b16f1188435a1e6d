/** What the worker does: one model, loaded once, run one request at a time. */
import asyncifyMjs from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url";
import asyncifyWasm from "onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url";
import jspiMjs from "onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url";
import jspiWasm from "onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url";
import plainMjs from "onnxruntime-web/ort-wasm-simd-threaded.mjs?url";
import plainWasm from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import type { AnyTrace, HeadInside, HeadRef, Model, Token } from "../../engine/model.ts";
import { browserCache } from "../../engine/runtime/cache.ts";
import { RemoteFiles } from "../../engine/runtime/files.ts";
import { selfTest } from "../../engine/runtime/golden.ts";
import { BUILT_IN } from "../../engine/runtime/models.ts";
import { neededFiles, openModel } from "../../engine/runtime/open.ts";
import { openTokenizer } from "../../engine/runtime/open-tokenizer.ts";
import { findGpu, type RuntimeBuilds, startRuntime } from "../../engine/runtime/ort.ts";
import type { TextTokenizer } from "../../engine/runtime/tokenizer.ts";
import type { StudyRequest, StudyResults } from "../../engine/study.ts";
import { FailureError, failure } from "../../lib/failure.ts";
import type {
  Device,
  DevicePreference,
  Loaded,
  LoadProgress,
  ModelSource,
  OnStudyProgress,
  TraceRequest,
} from "../api.ts";
import { runStudy } from "./run-study.ts";

const here = (path: string) => new URL(path, self.location.href).href;

const BUILDS: RuntimeBuilds = {
  plain: { mjs: here(plainMjs), wasm: here(plainWasm) },
  jspi: { mjs: here(jspiMjs), wasm: here(jspiWasm) },
  asyncify: { mjs: here(asyncifyMjs), wasm: here(asyncifyWasm) },
};

/** A page's content policy does not cover a worker, so the worker keeps a list itself: its own origin. */
const ORIGINS = [self.location.origin];

/** A sign of life while a slow step makes no progress. Milliseconds. */
const SIGN_OF_LIFE = 5000;

const NO_GPU = "This browser offers no graphics card to web pages; the model runs on the processor.";
const NOT_SAVED = "The model could not be saved in this browser; it will be downloaded again next time.";

/** The model of this worker. */
export class Service {
  /** Where it runs, or where it was last tried. */
  device: Device | undefined;
  private files: Promise<RemoteFiles> | undefined;
  private tokenizer: Promise<TextTokenizer> | undefined;
  private model: Model | undefined;
  private readonly stop = new AbortController();
  private onBytes: (loaded: number) => void = () => {};

  /** Fetches, verifies and starts a model, and checks its numbers. */
  async load(
    model: ModelSource,
    preference: DevicePreference,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Loaded> {
    const told = BUILT_IN[model.id];
    if (!told) throw new FailureError(failure("bad-input", `There is no model named ${model.id}.`, { action: "none" }));
    const gpu = preference === "wasm" ? "none" : await findGpu();
    this.device = gpu === "hardware" || (gpu === "software" && preference === "webgpu") ? "webgpu" : "wasm";
    const report = new Report(onProgress);
    try {
      const files = await this.open(model);
      report.step("weights", files.bytes);
      this.onBytes = (loaded) => report.bytes(loaded);
      await this.fetchAll(files, this.device, report);

      report.step("session", files.bytes);
      this.model = await openModel(files, told, this.device);

      report.step("check", files.bytes);
      await selfTest(this.model, await files.readJson("golden.json"));
      const notices = [
        ...(preference === "webgpu" && gpu === "none" ? [NO_GPU] : []),
        ...(files.unsaved ? [NOT_SAVED] : []),
      ];
      return { info: this.model.info, device: this.device, notices };
    } finally {
      report.end();
    }
  }

  async trace(request: TraceRequest, onAlive: () => void): Promise<AnyTrace> {
    let said = performance.now();
    return this.ready().trace(request, () => {
      if (performance.now() - said < SIGN_OF_LIFE) return;
      said = performance.now();
      onAlive();
    });
  }

  async inspect(request: TraceRequest, head: HeadRef): Promise<HeadInside> {
    return this.ready().inspect(request, head);
  }

  async study(request: StudyRequest, onProgress: OnStudyProgress): Promise<StudyResults[StudyRequest["job"]]> {
    return runStudy(this.ready(), request, { origins: ORIGINS, signal: this.stop.signal }, onProgress);
  }

  async tokenize(model: ModelSource, text: string, side: "source" | "target"): Promise<Token[]> {
    this.tokenizer ??= this.open(model).then(openTokenizer);
    this.tokenizer.catch(() => {
      this.tokenizer = undefined;
    });
    const instruction = side === "source" ? BUILT_IN[model.id]?.instruction : "";
    return (await this.tokenizer).encode(text, instruction);
  }

  /** The weights and the runtime, side by side; when one fails, the other is not waited for. */
  private async fetchAll(files: RemoteFiles, device: Device, report: Report): Promise<void> {
    const weights = Promise.all(neededFiles(files).map((path) => files.read(path))).then(() =>
      report.step("runtime", files.bytes),
    );
    try {
      await Promise.all([weights, startRuntime(BUILDS, device)]);
    } catch (error) {
      this.stop.abort();
      throw error;
    }
  }

  private ready(): Model {
    if (!this.model) throw new FailureError(failure("bad-input", "The model has not been loaded."));
    return this.model;
  }

  private open(model: ModelSource): Promise<RemoteFiles> {
    this.files ??= RemoteFiles.open(model.folder, browserCache(), {
      origins: ORIGINS,
      signal: this.stop.signal,
      onProgress: (loaded) => this.onBytes(loaded),
    });
    this.files.catch(() => {
      this.files = undefined;
    });
    return this.files;
  }
}

/** Tells how far a load has come, and that it is alive where it stands. */
class Report {
  private readonly tell: (progress: LoadProgress) => void;
  private readonly timer: ReturnType<typeof setInterval>;
  private last: LoadProgress = { stage: "weights", loaded: 0, total: 0 };

  constructor(tell: (progress: LoadProgress) => void) {
    this.tell = tell;
    this.timer = setInterval(() => this.tell(this.last), SIGN_OF_LIFE);
  }

  step(stage: LoadProgress["stage"], total: number): void {
    this.say({ stage, loaded: stage === "weights" ? 0 : total, total });
  }

  bytes(loaded: number): void {
    if (this.last.stage === "weights") this.say({ ...this.last, loaded });
  }

  end(): void {
    clearInterval(this.timer);
  }

  private say(progress: LoadProgress): void {
    this.last = progress;
    this.tell(progress);
  }
}
