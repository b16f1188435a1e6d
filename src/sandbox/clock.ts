/** The time that code is given: it stands still while the live model answers, but not for ever. */

export interface Clock {
  /** From now on there are so many milliseconds. */
  start(milliseconds: number): void;
  /** Stands still; calls add up. */
  hold(): void;
  /** Goes on once every hold was let go. */
  letGo(): void;
  stop(): void;
}

/**
 * A clock that calls `late` once its time is used up, and `long` once the whole run, holds included, has taken too long.
 *
 * @param whole milliseconds from the start, holds included
 */
export function clockOf(whole: number, late: () => void, long: () => void, now = () => performance.now()): Clock {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end: ReturnType<typeof setTimeout> | undefined;
  let left = 0;
  let since = 0;
  let held = 0;
  let over = false;

  const run = (): void => {
    since = now();
    timer = setTimeout(late, left);
  };
  const halt = (): void => {
    clearTimeout(timer);
    left = Math.max(0, left - (now() - since));
  };
  return {
    start(milliseconds) {
      left = milliseconds;
      end = setTimeout(long, whole);
      run();
    },
    hold() {
      held += 1;
      if (held === 1) halt();
    },
    letGo() {
      held -= 1;
      if (held === 0 && !over) run();
    },
    stop() {
      over = true;
      clearTimeout(timer);
      clearTimeout(end);
    },
  };
}
