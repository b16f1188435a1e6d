import type { AnyTrace, HeadRef } from "../../../engine/model.ts";
import type { Scene } from "../../../lib/scene.ts";

/** The numbers behind a picture, read row by row so that a long table costs nothing until it is shown. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly rows: number;
  /** The cells of one row, counted from 0; one cell a column. */
  readonly row: (index: number) => readonly (string | number)[];
}

/** What the corner menu of a figure can give away; what is left out is not offered. */
export interface FigureExports {
  /** The picture at its present state, for SVG and PNG; what lays it out may be fetched first. */
  readonly scene?: () => Scene | Promise<Scene>;
  /** The table shown on request and saved as CSV. */
  readonly table?: () => FigureTable;
  /** The data behind the picture, saved as JSON; a promise where what gathers them is fetched first. */
  readonly json?: () => unknown;
}

/** What a figure publishes of its state. */
export interface FigureEvidence {
  readonly figure: string;
  readonly trace: AnyTrace;
  readonly live: boolean;
  readonly focus: HeadRef | null;
  /** Numbers that the figure shows, by name. */
  readonly numbers?: Readonly<Record<string, number>>;
}

/** What a figure is asked to bring into view and mark: the same shape as the exercises' `Mark`. */
export interface FigureMark {
  readonly head?: HeadRef;
  readonly cells?: readonly { readonly query: number; readonly key: number }[];
  readonly label: string;
  /** Whether the figure is scrolled into view. Default: false. */
  readonly bring?: boolean;
}
