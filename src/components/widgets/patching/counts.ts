/** Tokens of both texts, counted while the reader types. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { StudyClient } from "../../views/attribution/liveStudy.ts";

export interface Counts {
  /** Null until it is known. */
  readonly clean: number | null;
  readonly corrupted: number | null;
}

interface Texts {
  readonly source: string;
  readonly corrupted: string;
}

export interface LiveCounts {
  readonly counts: ReadonlySignal<Counts>;
  /** Starts to ask, in the browser; answers with a function that stops. */
  readonly follow: () => () => void;
}

/** How long a text must rest before it is counted, in milliseconds. */
const REST = 150;

/**
 * Counts the texts that are asked for.
 *
 * @param known what is known of the texts that the picture shows
 */
export function liveCounts(
  client: Pick<StudyClient, "tokenize">,
  texts: ReadonlySignal<Texts>,
  known: ReadonlySignal<Texts & { readonly count: number }>,
): LiveCounts {
  const asked = signal<ReadonlyMap<string, number>>(new Map());
  const countOf = (text: string): number | null => {
    const { source, corrupted, count } = known.value;
    return text === source || text === corrupted ? count : (asked.value.get(text) ?? null);
  };
  const counts = computed(() => ({ clean: countOf(texts.value.source), corrupted: countOf(texts.value.corrupted) }));

  function follow(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      const { source, corrupted } = texts.value;
      const unknown = [source, corrupted].filter((text) => countOf(text) === null);
      clearTimeout(timer);
      if (unknown.length > 0) timer = setTimeout(() => unknown.map(count), REST);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  async function count(text: string): Promise<void> {
    const tokens = await client.tokenize(text, "source");
    if (tokens.ok) asked.value = new Map([...asked.peek(), [text, tokens.value.length]]);
  }

  return { counts, follow };
}
