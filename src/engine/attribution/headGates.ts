/** What the followed number owes to each head, by the slope of its switch. */
import { type Method, onePerRow } from "./method.ts";

/**
 * Gradient of head gates (Michel, Levy and Neubig 2019, "Are Sixteen Heads Really Better than One?"): every head's output is
 * multiplied by a switch that is 1, and the score is the slope of the followed number along the switch. The paper takes the
 * mean of absolute slopes of the loss over a corpus; here it is one number of one run, and the sign is kept: switching the head
 * off changes the number by about minus its score.
 */
export const headGates: Method = {
  runs: onePerRow,
  attribute: async (runner, { run }, { targets }) => {
    const { values, gradients } = await runner.evaluate({ run, points: targets.length, targets, gradients: ["gates"] });
    return { of: "heads", values, scores: gradients.gates ?? {} };
  },
};
