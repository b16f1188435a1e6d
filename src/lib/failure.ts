/**
 * Every way in which something can fail for the reader, as data: what happened, what still works, one thing to do.
 */

/** Names of failures; tests and the page tell them apart by these. */
export type FailureCode =
  | "network"
  | "not-found"
  | "forbidden"
  | "busy"
  | "server"
  | "wrong-file"
  | "damaged"
  | "stalled"
  | "cancelled"
  | "superseded"
  | "out-of-memory"
  | "device-lost"
  | "no-webassembly"
  | "worker-missing"
  | "worker-died"
  | "worker-silent"
  | "runtime"
  | "graph"
  | "self-test"
  | "bad-input"
  | "unknown";

/** The one thing to do that an error offers. */
export type FailureAction = "retry" | "use-wasm" | "reload" | "shorten" | "none";

/** A failure as it crosses threads and as the page shows it. */
export interface Failure {
  readonly code: FailureCode;
  /** What happened, one sentence. */
  readonly message: string;
  /** What still works, one sentence. */
  readonly stillWorks: string;
  readonly action: FailureAction;
  /** Technical detail, for the folded part of the message. */
  readonly detail?: string;
}

/** An error that carries a `Failure`. */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, cause === undefined ? undefined : { cause });
    this.name = "FailureError";
    this.failure = failure;
  }
}

const STORED_WORKS = "The stored pictures and the text still work.";

/** Builds a failure, with the usual words where none are given. */
export function failure(
  code: FailureCode,
  message: string,
  rest: Partial<Omit<Failure, "code" | "message">> = {},
): Failure {
  return { code, message, stillWorks: STORED_WORKS, action: "retry", ...rest };
}

/** Turns whatever was thrown into a failure; a `FailureError` keeps its own. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return failure("unknown", "Something went wrong that has no name yet.", { detail });
}
