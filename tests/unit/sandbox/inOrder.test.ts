import { expect, it } from "vitest";
import { inOrder } from "../../../src/sandbox/inOrder.ts";
import { type Answered, LIMITS, type Reply } from "../../../src/sandbox/protocol.ts";

const asked = { method: "saliency", options: {} };
const refused: Answered = { ok: false, message: "no" };

/** Answers by hand: each question waits until it is let through. */
function desk() {
  const waiting: { trace: number; done: () => void }[] = [];
  const replies: Reply[] = [];
  let held = 0;
  const answering = {
    answer: (trace: number) =>
      new Promise<Answered>((resolve) => waiting.push({ trace, done: () => resolve(refused) })),
    end: () => {},
  };
  const clock = {
    hold: () => {
      held += 1;
    },
    letGo: () => {
      held -= 1;
    },
  };
  const ask = inOrder(answering, 2, clock, (reply) => replies.push(reply));
  return { ask, waiting, replies, held: () => held };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it("answers one question after the other, the clock held until the last", async () => {
  const { ask, waiting, replies, held } = desk();
  ask({ type: "ask", id: 0, trace: 1, asked });
  ask({ type: "ask", id: 1, trace: 0, asked });
  await settled();
  expect(waiting.map(({ trace }) => trace)).toEqual([1]);
  expect(held()).toBe(2);

  waiting[0]?.done();
  await settled();
  expect(replies).toEqual([{ id: 0, answered: refused }]);
  expect(waiting.map(({ trace }) => trace)).toEqual([1, 0]);
  expect(held()).toBe(1);

  waiting[1]?.done();
  await settled();
  expect(replies.map(({ id }) => id)).toEqual([0, 1]);
  expect(held()).toBe(0);
});

it("leaves a flood, and questions about what is not there, without an answer", async () => {
  const { ask, waiting, held } = desk();
  for (const trace of [-1, 2, 0.5]) ask({ type: "ask", id: 0, trace, asked });
  for (let id = 3; id < 1000; id += 1) ask({ type: "ask", id, trace: 0, asked });
  expect(held()).toBe(LIMITS.asks - 3);
  await settled();
  expect(waiting).toHaveLength(1);
});
