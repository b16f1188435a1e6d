import type { ReadonlySignal, Signal } from "@preact/signals";
import type { Alignment, AnyTrace, Token } from "../../../engine/model.ts";
import type { Failure } from "../../../lib/failure.ts";
import type { FigureDevice } from "./status.ts";

/** What the model answers. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };
/** The two texts. */
export type Side = "source" | "target";

/** What is asked of a model's client in `workers/client`. Given from outside so that views know no worker. */
export interface LiveClient {
  readonly modelStatus: ReadonlySignal<{
    readonly phase: "stored" | "loading" | "live" | "failed";
    readonly progress: { readonly stage: string; readonly loaded: number; readonly total: number } | null;
    readonly device: FigureDevice | null;
    readonly notices: readonly string[];
    readonly failure: Failure | null;
  }>;
  readonly devicePreference: Signal<"auto" | FigureDevice>;
  readonly modelInfo: { readonly limits: Readonly<Record<Side, number>>; readonly instruction: string };
  cancelLoad(): void;
  retry(): Promise<Outcome<unknown>>;
  trace(
    request: { source: string; target: string | null; alignment?: Alignment },
    channel: string,
  ): Promise<Outcome<AnyTrace>>;
  tokenize(text: string, side: Side): Promise<Outcome<readonly Token[]>>;
}
