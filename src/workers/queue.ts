/** Requests in order: one at a time, the newest of each channel alone, equal ones together. */
import { failure } from "../lib/failure.ts";
import type { Refusal } from "./api.ts";

/** One run that somebody waits for. */
export interface Job<Request> {
  readonly key: string;
  readonly request: Request;
}

interface Waiter<T> {
  readonly promise: Promise<T | Refusal>;
  readonly settle: (answer: T | Refusal) => void;
}

interface Entry<Request, T> extends Job<Request> {
  /** By channel. */
  readonly waiters: Map<string, Waiter<T>>;
}

const SUPERSEDED: Refusal = {
  ok: false,
  failure: failure("superseded", "A newer request took the place of this one.", { action: "none" }),
};

/** Holds what waits and what runs. It runs nothing itself. */
export class NewestQueue<Request, T> {
  private readonly waiting: Entry<Request, T>[] = [];
  private running: Entry<Request, T> | null = null;

  /** Requests that wait. */
  get length(): number {
    return this.waiting.length;
  }

  /** Adds a request; an older one of the same channel is answered `superseded`, an equal one is shared. */
  add(request: Request, channel: string): Promise<T | Refusal> {
    const key = JSON.stringify(request);
    const known = [this.running, ...this.waiting].find((entry) => entry?.key === key);
    const mine = known?.waiters.get(channel);
    if (mine) return mine.promise;

    this.leave(channel);
    const entry = known ?? { key, request, waiters: new Map<string, Waiter<T>>() };
    if (!known) this.waiting.push(entry);
    const waiter = newWaiter<T>();
    entry.waiters.set(channel, waiter);
    return waiter.promise;
  }

  /** Answers a channel's older requests `superseded`; one that nobody waits for any more is dropped. */
  leave(channel: string): void {
    for (const entry of [this.running, ...this.waiting]) {
      entry?.waiters.get(channel)?.settle(SUPERSEDED);
      entry?.waiters.delete(channel);
      const at = entry && entry.waiters.size === 0 ? this.waiting.indexOf(entry) : -1;
      if (at >= 0) this.waiting.splice(at, 1);
    }
  }

  /** Takes the one that has waited longest. */
  next(): Job<Request> | null {
    this.running = this.waiting.shift() ?? null;
    return this.running;
  }

  /** Answers all who still wait for the one that ran. */
  finish(answer: T | Refusal): void {
    for (const waiter of this.running?.waiters.values() ?? []) waiter.settle(answer);
    this.running = null;
  }

  /** Answers everyone. */
  refuseAll(refusal: Refusal): void {
    for (const entry of this.waiting.splice(0)) {
      for (const waiter of entry.waiters.values()) waiter.settle(refusal);
    }
  }
}

function newWaiter<T>(): Waiter<T> {
  let settle: Waiter<T>["settle"] = () => {};
  const promise = new Promise<T | Refusal>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}
