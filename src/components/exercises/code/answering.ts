import type { AnyTrace } from "../../../engine/model.ts";
import type { Answering } from "../../../sandbox/inOrder.ts";
import type { Answered } from "../../../sandbox/protocol.ts";
import type { Followed, Tracing } from "../evidence.ts";
import { attributedOf } from "../tracing/attributed.ts";
import { followedIn } from "../tracing/followed.ts";
import { type Question, questionOf, Unaskable } from "../tracing/request.ts";

/** A run that code works on, with the output that is explained where code names no other. */
export interface Asking {
  readonly trace: AnyTrace;
  readonly followed: Followed | null;
}

/** Answers the questions of code from a figure's model; null where the page has no such figure. */
export function answeringOf(tracing: Tracing | null, runs: readonly Asking[]): Answering | null {
  if (!tracing) return null;
  return {
    async answer(at, asked): Promise<Answered> {
      try {
        const question = questionOf(asked);
        const run = runs[at];
        const followed = run ? meantBy(question, run) : null;
        if (!followed) return refusal("the run has no such output: name a word of its target, or a likely next word");
        const answer = await tracing.attribute(followed, question.request);
        return answer.ok ? { ok: true, value: attributedOf(answer.value) } : refusal(answer.message);
      } catch (thrown) {
        if (thrown instanceof Unaskable) return refusal(thrown.message);
        throw thrown;
      }
    },
    end: tracing.cancel,
  };
}

/** The figure's own output, or the one that the question names. */
function meantBy({ named }: Question, { trace, followed }: Asking): Followed | null {
  const { target, against, scale } = named;
  if (target === undefined && against === undefined && scale === undefined) return followed;
  return followedIn(trace, { ...named, target: target ?? wordOf(trace, followed) });
}

function wordOf({ target, predictions }: AnyTrace, followed: Followed | null): string | undefined {
  if (followed?.target.kind !== "token") return undefined;
  const { row, id } = followed.target;
  const piece = target?.written[row]?.piece ?? predictions[row]?.find((choice) => choice.id === id)?.piece;
  return piece?.replace(/^[▁Ġ]/, "");
}

function refusal(message: string): Answered {
  return { ok: false, message };
}
