/**
 * Long drawing in slices: one queue for the whole page, a few milliseconds a frame, so that no task blocks the reader.
 * A job is a generator that yields after each small piece.
 */

/** The most that all jobs together take of a frame, in milliseconds. */
const BUDGET = 9;

type Job = Iterator<unknown>;

const queue = new Set<Job>();
let scheduled = false;

/** Puts a job in the queue; answers with a function that takes it out. */
export function inSlices(job: Job): () => void {
  queue.add(job);
  schedule();
  return () => {
    queue.delete(job);
  };
}

function schedule(): void {
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    work(performance.now() + BUDGET);
    if (queue.size > 0) schedule();
  });
}

function work(until: number): void {
  for (const job of queue) {
    while (performance.now() < until) {
      if (!job.next().done) continue;
      queue.delete(job);
      break;
    }
    if (performance.now() >= until) return;
  }
}
