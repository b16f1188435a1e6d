/**
 * Runs a reader's code: a fresh frame without an origin, a worker in it, a port that only the page and the worker's own
 * first lines hold. Whatever happens in there, the run ends, and taking the frame away ends all that still goes on.
 */
import { clockOf } from "./clock.ts";
import { buffersOf } from "./given.ts";
import { type Answering, inOrder } from "./inOrder.ts";
import { type Fault, LIMITS, type Order, type Reply, type Returned, type Shown } from "./protocol.ts";
import { readReport } from "./read.ts";
import program from "./worker/main.ts?bundle";

/** How a run ended. */
export type Ending =
  | "done"
  /** The code threw, or could not be read. */
  | "fault"
  /** It took too long. */
  | "late"
  /** It took too long with all that it asked of the live model. */
  | "long"
  /** The reader stopped it. */
  | "stopped"
  /** The frame did not come up. */
  | "closed";

/** Something that a run showed; the value of the last expression is marked. */
export interface Output {
  readonly shown: Shown;
  readonly last: boolean;
}

export interface Result {
  readonly ending: Ending;
  readonly fault: Fault | null;
  /** What the function gave back, by trace. */
  readonly returned: readonly (Returned | undefined)[];
  readonly milliseconds: number;
}

export interface Running {
  readonly result: Promise<Result>;
  /** Ends the run at once. */
  stop(): void;
}

/** Where no figure could answer. */
const NOBODY: Answering = {
  answer: async () => ({ ok: false, message: "no figure on this page computes attributions" }),
  end: () => {},
};

let runs = 0;

/** Starts a run. `onOutput` is called as things are shown, at most `LIMITS.shown` times and once for the last value. */
export function runCode(
  order: Omit<Order, "run">,
  onOutput: (output: Output) => void,
  answering: Answering | null = null,
): Running {
  runs += 1;
  const run = runs;
  const { port1: port, port2: theirs } = new MessageChannel();
  const frame = closedFrame();
  const returned: (Returned | undefined)[] = [];
  let fault: Fault | null = null;
  let outputs = 0;
  let started = performance.now();
  let end: (ending: Ending) => void = () => {};

  const result = new Promise<Result>((resolve) => {
    const clock = clockOf(
      LIMITS.whole,
      () => end("late"),
      () => end("long"),
    );
    const opening = setTimeout(() => end("closed"), LIMITS.start);
    const reply = (answer: Reply): void => port.postMessage(answer);
    const ask = inOrder(answering ?? NOBODY, order.traces.length, clock, reply);
    let over = false;
    end = (ending) => {
      if (over) return;
      over = true;
      clearTimeout(opening);
      clock.stop();
      port.close();
      frame.remove();
      answering?.end();
      resolve({ ending, fault, returned, milliseconds: performance.now() - started });
    };

    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const report = readReport(data, run);
      if (!report) return;
      if (report.type === "ready") {
        clearTimeout(opening);
        const waited = performance.now() - started;
        started = performance.now();
        clock.start(timeFor(waited));
      } else if (report.type === "shown" || report.type === "value") {
        outputs += 1;
        if (outputs <= LIMITS.shown + 2) onOutput({ shown: report.shown, last: report.type === "value" });
      } else if (report.type === "returned") {
        if (report.trace >= 0 && report.trace < order.traces.length) returned[report.trace] = report.returned;
      } else if (report.type === "fault") {
        fault = report.fault;
      } else if (report.type === "ask") ask(report);
      else end(fault ? "fault" : "done");
    };
  });

  frame.addEventListener("load", () => {
    const buffers = order.traces.flatMap(buffersOf);
    // The frame has no origin that could be named; it is ours, and what it is sent is no secret.
    frame.contentWindow?.postMessage({ program, order: { ...order, run }, buffers }, "*", [theirs, ...buffers]);
  });
  document.body.append(frame);
  return { result, stop: () => end("stopped") };
}

/** How long code may run that waited so long for its frame. */
function timeFor(waited: number): number {
  const { most, least } = LIMITS.running;
  return Math.min(most, Math.max(least, LIMITS.milliseconds - waited));
}

function closedFrame(): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.src = `${import.meta.env.BASE_URL.replace(/\/?$/, "/")}sandbox/frame.html`;
  frame.title = "Your code runs here";
  frame.hidden = true;
  return frame;
}
