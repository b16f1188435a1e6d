import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Tensor } from "../model.ts";

/** Things laid out on a plane so that their distances there are close to the given ones. */
export interface Layout {
  /** `[thing, 2]`, around the origin; along each axis the place that lies furthest out is positive. */
  readonly places: Tensor;
  /** Share of the spread that two axes hold, between 0 and 1: the two largest eigenvalues over the sum of the positive ones. */
  readonly kept: number;
}

/** Below this share of the largest one, an eigenvalue is rounding. */
const ROUNDING = 1e-9;

/**
 * Classical multidimensional scaling (Torgerson 1952): the squared distances, centred twice, are the inner products of places;
 * their two strongest eigenvectors, each as long as the root of its eigenvalue, are the axes. Distances on the plane come close
 * to the given ones as far as two axes can.
 *
 * @param distances `[thing, thing]`, symmetric, 0 on the diagonal
 */
export function layout({ data, shape }: Tensor): Layout {
  const [count = 0] = shape;
  const squares = Matrix.from1DArray(
    count,
    count,
    Array.from(data, (distance) => distance ** 2),
  );
  const products = squares.center("row").center("column").mul(-0.5);
  const found = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  const order = found.realEigenvalues
    .map((value, place) => ({ value, place }))
    .filter(({ value }, _, all) => value > ROUNDING * Math.max(...all.map((each) => each.value)))
    .sort((a, b) => b.value - a.value);

  const places = new Float32Array(count * 2);
  for (const [axis, { value, place }] of order.slice(0, 2).entries()) {
    const column = found.eigenvectorMatrix.getColumn(place).map((part) => part * Math.sqrt(value));
    const furthest = column.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0);
    for (const [thing, part] of column.entries()) places[thing * 2 + axis] = furthest < 0 ? -part : part;
  }
  const sum = (values: typeof order): number => values.reduce((total, { value }) => total + value, 0);
  return {
    places: { data: places, shape: [count, 2] },
    kept: count === 0 ? 0 : sum(order.slice(0, 2)) / (sum(order) || 1),
  };
}
