import type { Explain } from "./authoring.ts";
import { Inline } from "./Inline.tsx";
import type { Session } from "./session.ts";
import type { Kind } from "./types.ts";
import { SOURCE_WORDS, STATE_SIGNS, stateWords, triesWords } from "./words.ts";

interface FeedbackProps<K extends Kind> {
  readonly kind: K;
  readonly explain: Explain;
  readonly session: Session<K>;
}

/** The verdict on the last answer that was checked: words, then why, then where the numbers come from. */
export function Feedback<K extends Kind>({ kind, explain, session }: FeedbackProps<K>) {
  const { verdict, tries } = session.entry.value;
  if (!verdict) return null;
  const words = explain[verdict.why];
  return (
    <div class="uh-ex-verdict" data-state={verdict.state} data-dirty={session.dirty.value || undefined}>
      <p>
        <strong>
          <span class="uh-ex-sign" aria-hidden="true">
            {STATE_SIGNS[verdict.state]}
          </span>{" "}
          {stateWords(kind, verdict.state)}.
        </strong>{" "}
        {words && <Inline text={words} facts={verdict.facts} />}
      </p>
      <p class="uh-ex-source">
        {[SOURCE_WORDS[verdict.source], triesWords(tries)].filter(Boolean).join(" · ")}
        {session.dirty.value && " · on your last answer"}
        {verdict.mark && session.open.value && (
          <button type="button" onClick={session.point}>
            Show in the figure
          </button>
        )}
      </p>
    </div>
  );
}
