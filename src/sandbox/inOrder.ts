import type { Clock } from "./clock.ts";
import { type Answered, type Asked, LIMITS, type Reply, type Report } from "./protocol.ts";

/** The live model, as far as code may ask it. */
export interface Answering {
  /** Answers a question about one of the traces; never rejects. */
  answer(trace: number, asked: Asked): Promise<Answered>;
  /** The run is over: what is still being computed is wanted no more. */
  end(): void;
}

type Question = Extract<Report, { type: "ask" }>;

/**
 * Puts the questions of a run to the live model one after the other; the clock of the code stands still meanwhile. What is
 * asked beyond the limit, or about a trace that is none of the run's, is not answered.
 */
export function inOrder(
  answering: Answering,
  traces: number,
  clock: Pick<Clock, "hold" | "letGo">,
  reply: (reply: Reply) => void,
): (question: Question) => void {
  let asked = 0;
  let last: Promise<void> = Promise.resolve();
  return ({ id, trace, asked: what }) => {
    asked += 1;
    if (asked > LIMITS.asks || !Number.isInteger(trace) || trace < 0 || trace >= traces) return;
    clock.hold();
    last = last.then(async () => {
      reply({ id, answered: await answering.answer(trace, what) });
      clock.letGo();
    });
  };
}
