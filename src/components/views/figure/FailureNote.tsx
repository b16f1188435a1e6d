import type { Failure } from "../../../lib/failure.ts";
import { actionLabel, type FigureActions } from "./status.ts";

/** What happened, what still works, and the one thing to do. */
export function FailureNote(props: { readonly failure: Failure; readonly actions: FigureActions }) {
  const { failure, actions } = props;
  const label = actionLabel(failure.action);
  return (
    <div class="uh-failure" data-code={failure.code}>
      <p>
        <strong>{failure.message}</strong> {failure.stillWorks}
      </p>
      {label !== null && (
        <button type="button" class="uh-button" onClick={() => actions.act(failure.action)}>
          {label}
        </button>
      )}
      {failure.detail && (
        <details>
          <summary>Detail</summary>
          <code>{failure.detail}</code>
        </details>
      )}
    </div>
  );
}
