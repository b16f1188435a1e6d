import { FailureError, failure } from "../../../lib/failure.ts";

/** The error for a model whose graph lacks something that we look for; `missing` is a sentence that names what and where. */
export function notFound(missing: string): FailureError {
  const message = `This model's graph has a form that Underhood cannot read: ${missing}`;
  return new FailureError(failure("graph", message, { action: "none" }));
}
