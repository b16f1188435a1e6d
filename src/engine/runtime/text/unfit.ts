import { FailureError, failure } from "../../../lib/failure.ts";

/** What is thrown for a tokenizer whose pieces we could not lay on the right characters: none is better than a wrong one. */
export function unfitTokenizer(detail: string): FailureError {
  return new FailureError(
    failure("graph", "This model's tokenizer is of a kind that the site cannot follow.", { detail }),
  );
}
