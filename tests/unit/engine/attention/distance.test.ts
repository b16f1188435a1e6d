import { expect, it } from "vitest";
import { distance } from "../../../../src/engine/attention/distance.ts";
import { heads } from "../../../helpers/tokens.ts";

it("distance is the mean of |query − key| under a row, for each head", () => {
  const { data, shape } = distance(
    heads(
      [
        [1, 0, 0],
        [0.5, 0, 0.5],
        [0.5, 0.25, 0.25],
      ],
      [
        [0, 0, 1],
        [0, 1, 0],
        [0.25, 0.75, 0],
      ],
    ),
  );
  expect(shape).toEqual([1, 2, 3]);
  // Row 2 of head 0: 0.5·2 + 0.25·1; of head 1: 0.25·2 + 0.75·1.
  expect([...data]).toEqual([0, 1, 1.25, 2, 0, 1.25]);
});
