/** What all plots share: margins, faces, and where a value lands, so that labels can be laid out before anything is drawn. */
import type { PlotOptions } from "@observablehq/plot";
import type { PlotSize } from "./data.ts";

/** A plot before it is drawn. */
export interface Drawing {
  readonly options: PlotOptions;
  /** Of the labels named `NAMES`, those that would touch another one: shown only when their head is chosen. */
  readonly quiet?: readonly boolean[];
}

/** Descriptions of the groups that are found again in the drawing: marks that can be chosen, their names, cells of a matrix. */
export const HEADS = "heads";
export const NAMES = "names";
export const CELLS = "cells";

/** Options that every plot starts from. */
export function frame({ width, narrow }: PlotSize, height: number): PlotOptions {
  return {
    width,
    height,
    className: "uh-plot",
    marginLeft: narrow ? 40 : 52,
    marginRight: 16,
    marginTop: 28,
    marginBottom: 40,
  };
}

/** Where values of an axis land, in pixels. */
export function scale(domain: readonly [number, number], range: readonly [number, number]): (value: number) => number {
  const [from, to] = domain;
  return (value) => range[0] + ((value - from) / (to - from || 1)) * (range[1] - range[0]);
}

/** An axis from 0 to a little over the largest value. */
export function fromZero(values: readonly number[]): [number, number] {
  return [0, 1.06 * Math.max(...values, 0) || 1];
}

/** An axis around all values, with some room at both ends. */
export function around(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = 0.06 * (high - low || 1);
  return [low - room, high + room];
}
