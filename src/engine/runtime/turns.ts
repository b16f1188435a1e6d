/** One run at a time: whoever comes later waits. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  /** Does the work when all earlier work is over, whatever became of that. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => {});
    return mine;
  }
}
