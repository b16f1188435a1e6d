/** All that a check needs, fetched as one when an exercise is first worked. */
export { checkers } from "./checkers.ts";
export { UNSETTLED_WORDS } from "./checks/words.ts";
