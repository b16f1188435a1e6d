/** Questions of the reader's code to the live model: each is a promise that the page's reply settles. */
import { type Asked, type Attributed, LIMITS, type Reply, type Report } from "../protocol.ts";

/** Asks about one of the traces. */
export type Ask = (trace: number, asked: Asked) => Promise<Attributed>;

/** Taken before the reader's code could put another one in its place. */
const { Promise: Settling, Error: Fault } = globalThis;

interface Waiting {
  readonly resolve: (value: Attributed) => void;
  readonly reject: (fault: Error) => void;
  /** Made where the question was asked, so that its trace leads to the reader's own line. */
  readonly fault: Error;
}

/** Both ends of the questions: how code asks, and where the page's replies go. */
export function questions(send: (report: Report) => void): {
  readonly ask: Ask;
  readonly reply: (reply: Reply) => void;
} {
  const waiting: Waiting[] = [];
  return {
    ask(trace, asked) {
      const id = waiting.length;
      if (id >= LIMITS.asks) throw new Fault(`attribute can be called ${LIMITS.asks} times in a run`);
      const fault = new Fault();
      const answer = new Settling<Attributed>((resolve, reject) => {
        waiting[id] = { resolve, reject, fault };
      });
      send({ type: "ask", id, trace, asked });
      return answer;
    },
    reply({ id, answered }) {
      const one = waiting[id];
      if (!one) return;
      if (answered.ok) one.resolve(answered.value);
      else {
        one.fault.message = answered.message;
        one.reject(one.fault);
      }
    },
  };
}
