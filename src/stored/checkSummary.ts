/**
 * What the checks find over many texts, for what pages say of methods: `checks/summary-<model>.json`. Made by
 * `npm run store:checks`; never edited by hand. Shape: `StoredSummary` (version 1). When the format changes, raise
 * `SUMMARY_VERSION` and run the program again: nothing migrates.
 */

export const SUMMARY_VERSION = 1;

/** A mean over texts with its 95 % interval, by bootstrap over texts. */
export interface Measured {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Areas of curves, where 1 is the whole text and 0 the baseline. */
export interface Areas {
  readonly deletion: Measured;
  readonly insertion: Measured;
}

export interface StoredSummary {
  readonly version: number;
  readonly model: string;
  /** Texts behind every mean. */
  readonly texts: number;
  readonly curves: {
    readonly orders: number;
    readonly random: Areas;
    readonly methods: readonly ({ readonly method: string } & Areas)[];
  };
  /** Correlation between the change that a head's switch foretells and the true one, over the heads of a text. */
  readonly gates: { readonly pearson: Measured; readonly spearman: Measured };
  /** Spearman's ρ with the attribution of the whole model, for each number of random layers. */
  readonly randomised: readonly {
    readonly method: string;
    readonly depths: readonly ({ readonly depth: number } & Measured)[];
  }[];
}

/** The summary that was stored; throws where it has another format. */
export function expectSummary(stored: StoredSummary): StoredSummary {
  if (stored.version === SUMMARY_VERSION) return stored;
  throw new Error(
    `the summary of ${stored.model} is stored in format ${stored.version}, not ${SUMMARY_VERSION}: run npm run store:checks`,
  );
}
