/** Words that only a check needs: they are fetched with the rules. */
import type { Role } from "../../../engine/model.ts";
import type { UnsettledReason } from "../types.ts";

/** A role, as it fits after "on the". */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  previous: "token before",
  next: "token after",
  same: "token itself",
  duplicate: "same token, earlier",
  induction: "token after an earlier copy",
  first: "first token",
  end: "end token </s>",
  instruction: "instruction",
  punctuation: "punctuation",
  alignment: "aligned word",
};

/** What to do when a try cannot be settled. */
export const UNSETTLED_WORDS: Readonly<Record<UnsettledReason, string>> = {
  "no-answer": "Give an answer first.",
  "no-figure": "The figure has not been drawn yet. Scroll to it, then check again.",
  "other-text":
    "The text in the figure cannot settle this question. Reset the figure to its first text, then check again.",
  "other-size":
    "The text in the figure has changed since you answered. Answer again for the tokens that are there now.",
  forced:
    "That weight is forced, so there is nothing to predict: this token sees only one token, which gets 1.00 in every head. Choose another pair.",
  "not-run": "The code came to no end, so there is nothing to compare. What it said stands above.",
  "none-off":
    "Nothing is off in the figure’s run yet. Switch a head off on its board, wait for the answer, then check.",
  "not-asked": "The model has not answered for this text yet. Check once more.",
  "one-method": "The figure shows one method. Choose a second one beside it, then check again.",
  "not-ranked": "Your guess is noted. Now rank all heads in the figure, then check again.",
};
