import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { AnyTrace, ModelInfo, Trace } from "../../../engine/model.ts";
import { readState, withState } from "../../../lib/urlState.ts";
import { alignmentOf } from "../../../stored/alignment.ts";
import type { Answer, TraceRequest } from "../../../workers/api.ts";
import { keepAddress } from "../../views/figure/keepAddress.ts";
import { type LiveClient, type LiveText, liveText } from "../../views/figure/liveText.ts";
import type { FigureEvidence, FigureExports } from "../../views/figure/types.ts";
import { addressFields, readAddress, type WalkAddress } from "./address.ts";
import { choiceAt, fitChoice } from "./choice.ts";
import type { EntryKey } from "./entries.ts";
import { walkJson, walkTable } from "./exports.ts";
import { createNumbers, type Numbers } from "./numbers.ts";
import { type Sizes, sizesOf } from "./shape.ts";
import { type Choice, type Slice, sliceOf } from "./slice.ts";
import type { Place } from "./strip.ts";
import { readingText } from "./words.ts";

/** What the walk needs of a model's client in `workers/client`. */
export interface WalkClient extends LiveClient {
  readonly modelInfo: ModelInfo;
  trace(request: TraceRequest, channel: string): Promise<Answer<AnyTrace>>;
}

export interface WalkOptions {
  readonly id: string;
  readonly stored: Trace;
  readonly client: WalkClient;
  readonly source?: Signal<string> | undefined;
  readonly target?: Signal<string | null> | undefined;
  /** Told the run that is shown and, as `loss.<position>`, −log P of each token that had to be written. */
  readonly evidence?: Signal<FigureEvidence | null> | undefined;
}

/** Everything that the figure shows and does. */
export interface Walk {
  readonly text: LiveText;
  readonly numbers: Numbers;
  readonly sizes: ReadonlySignal<Sizes>;
  /** The entry that is unfolded. */
  readonly open: ReadonlySignal<EntryKey | null>;
  /** The chosen number, held to what the run has. */
  readonly choice: ReadonlySignal<Choice>;
  /** The table of the unfolded entry, or null where it has none or its numbers are not there. */
  readonly slice: ReadonlySignal<Slice | null>;
  /** The token that is looked at. */
  readonly place: Signal<Place | null>;
  readonly reading: ReadonlySignal<string>;
  /** What of a link was left out, or that the numbers are still those of another text. */
  readonly notice: ReadonlySignal<string | null>;
  readonly exports: FigureExports;
  toggle(key: EntryKey): void;
  choose(part: Partial<Choice>): void;
  /** Chooses a token's row or column in the unfolded entry. */
  pick(place: Place): void;
  /** The page's address with the figure's state. */
  link(): string;
  reset(): void;
  /** Takes over what stands in the URL and follows edits; answers with a function that stops. Once in the browser. */
  start(): () => void;
}

/** At first the loss is unfolded: it is small, and shows the whole target at once. */
const FIRST_OPEN: EntryKey = "loss";
const FIRST_CHOICE: Choice = { layer: 0, head: 0, row: 0, column: 0 };

export function createWalk(options: WalkOptions): Walk {
  const { id, client } = options;
  const text = liveText({ ...options, channel: id, alignment: alignmentOf });
  const open = signal<EntryKey | null>(FIRST_OPEN);
  const wanted = signal(FIRST_CHOICE);
  const place = signal<Place | null>(null);
  const linkNotice = signal<string | null>(null);

  const numbers = createNumbers(text, open, `${id}-numbers`, (request, channel) => client.trace(request, channel));
  const { trace } = numbers;
  const sizes = computed(() => sizesOf(trace.value, client.modelInfo.width));
  const choice = computed(() => fitChoice(wanted.value, open.value, sizes.value));
  const choose = (part: Partial<Choice>) => {
    wanted.value = { ...choice.peek(), ...part };
  };

  const present = (): WalkAddress => ({
    source: text.source.value,
    target: text.target.value,
    open: open.value,
    choice: choice.value,
  });
  const first = JSON.stringify(present());
  const restore = ({ source, target, ...rest }: WalkAddress) => {
    open.value = rest.open;
    wanted.value = rest.choice;
    text.restore(source, target);
  };
  const reset = () => {
    open.value = FIRST_OPEN;
    wanted.value = FIRST_CHOICE;
    place.value = null;
    linkNotice.value = null;
    text.reset();
  };

  return {
    text,
    numbers,
    sizes,
    open,
    choice,
    slice: computed(() => (open.value ? sliceOf(trace.value, open.value, choice.value) : null)),
    place,
    reading: computed(() => readingText(trace.value, open.value, choice.value)),
    notice: computed(() => linkNotice.value ?? staleNotice(text)),
    exports: {
      table: () => walkTable(trace.peek(), sizes.peek(), open.peek(), choice.peek()),
      json: () => walkJson(trace.peek(), sizes.peek(), open.peek(), choice.peek()),
    },
    toggle: (key) =>
      batch(() => {
        open.value = open.peek() === key ? null : key;
        // What a column counts differs from entry to entry; layer, head and row stay.
        wanted.value = { ...wanted.peek(), column: 0 };
      }),
    choose,
    pick: (at) => choose(choiceAt(at, open.peek())),
    link: () => `${withState(location.href, id, addressFields(untracked(present))).split("#")[0]}#${id}`,
    reset: () => batch(reset),
    start: () => {
      batch(() => fromAddress(id, untracked(present), restore, linkNotice));
      const fields = () => (JSON.stringify(present()) === first ? null : addressFields(present()));
      const stops = [text.follow(), numbers.follow(), keepAddress(id, fields), publish(options, text)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** Tells the exercises what is shown. */
function publish({ id, evidence }: WalkOptions, { trace, live }: LiveText): () => void {
  return effect(() => {
    if (!evidence) return;
    const losses = Array.from(trace.value.tokenLoss, (loss, position) => [`loss.${position}`, loss] as const);
    evidence.value = {
      figure: id,
      trace: trace.value,
      live: live.value,
      focus: null,
      numbers: Object.fromEntries(losses),
    };
  });
}

/** Takes over what the URL says, and says what of it was left out. */
function fromAddress(
  id: string,
  present: WalkAddress,
  restore: (address: WalkAddress) => void,
  notice: Signal<string | null>,
): void {
  const state = readState(location.search, id);
  if (state.kind === "refused") notice.value = `The link’s state for this figure was not used: ${state.reason}.`;
  if (state.kind !== "read") return;
  const { address, bad } = readAddress(state.fields, present);
  if (bad > 0) notice.value = "Parts of the link were not understood and stand at their defaults.";
  restore(address);
}

/** Said while the fields hold a text that was not run. */
function staleNotice(text: LiveText): string | null {
  const { phase } = text.status.value;
  if (!text.stale.value || phase === "running" || phase === "ready") return null;
  return "The numbers are still those of the text before. Run it live to see yours.";
}
