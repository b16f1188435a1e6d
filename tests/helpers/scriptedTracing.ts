import { signal } from "@preact/signals";
import type { Followed, MethodRequest, ModelAnswer, Tracing } from "../../src/components/exercises/evidence.ts";
import type { Attribution, GradientStudy } from "../../src/engine/attribute.ts";

/** A figure's model that answers what a test says, and keeps what it was asked. */
export function scriptedTracing(
  followed: Followed,
  answers: {
    readonly attribute?: (request: MethodRequest, followed: Followed) => Attribution | string;
    readonly gradient?: () => GradientStudy;
    readonly live?: boolean;
  },
) {
  const asked: { readonly followed: Followed; readonly request: MethodRequest }[] = [];
  const { live = true } = answers;
  const said = <T extends object>(value: T | string = "no answer"): ModelAnswer<T> =>
    typeof value === "string" ? { ok: false, message: value } : { ok: true, value, live };
  const tracing: Tracing = {
    followed,
    attribute: async (which, request) => {
      asked.push({ followed: which, request });
      return said(answers.attribute?.(request, which));
    },
    gradient: async () => said(answers.gradient?.()),
    progress: signal(null),
    cancel: () => {},
  };
  return { tracing, asked };
}
