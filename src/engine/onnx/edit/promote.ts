import type { OnnxModel } from "../graph.ts";

/** Makes one branch of a merged decoder's `If` the main graph; a model without such an `If` comes back as it is. */
export function promoteBranch(_model: OnnxModel, _branch: "else_branch" | "then_branch"): OnnxModel {
  throw new Error("not written yet");
}
