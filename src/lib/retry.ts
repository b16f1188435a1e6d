/** When and how often to try again. */
export interface RetryPlan {
  /** Tries in all. */
  readonly tries: number;
  /** Wait before the second try; doubled before each further one. Milliseconds. */
  readonly firstWait: number;
  /** The longest wait, also where a server asks for a longer one. Milliseconds. */
  readonly longestWait: number;
}

/** Three tries, after 1 s and 2 s; a server may ask for up to 20 s. */
export const USUAL_PLAN: RetryPlan = { tries: 3, firstWait: 1000, longestWait: 20_000 };

/**
 * Calls `attempt` until it succeeds, `plan` is used up or the error is not worth another try.
 *
 * @param waitFor how long the error asks to wait, `undefined` for the usual wait, `null` for no other try; milliseconds
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  plan: RetryPlan,
  waitFor: (error: unknown) => number | null | undefined,
  signal?: AbortSignal,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const asked = waitFor(error);
      if (asked === null || tried >= plan.tries || signal?.aborted) throw error;
      await sleep(Math.min(asked ?? plan.firstWait * 2 ** (tried - 1), plan.longestWait), signal);
    }
  }
}

/** Resolves after some milliseconds, or at once when `signal` aborts. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", done);
  });
}
