import type { Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import "../../../styles/output-walk.css";
import { decodeTrace, type StoredTrace } from "../../../stored/format.ts";
import { clientOf } from "../../../workers/client.ts";
import type { Evidence } from "../../exercises/evidence.ts";
import { Figure } from "../../views/figure/Figure.tsx";
import { LiveEditor } from "../../views/figure/LiveEditor.tsx";
import { EntryList } from "./EntryList.tsx";
import { createWalk } from "./state.ts";
import { TokenStrip } from "./TokenStrip.tsx";

export interface OutputWalkProps {
  /** Unique on the page; also the name of the figure's state in the URL. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** The run that is shown before the model has run. */
  readonly stored: StoredTrace;
  /** The text, where figures share it. */
  readonly source?: Signal<string>;
  /** The typed target, or null while the model writes it. */
  readonly target?: Signal<string | null>;
  readonly evidence?: Signal<Evidence | null>;
}

/** What came back from running the model: tokens with their three faces, and every output with its shape and numbers. */
export function OutputWalk(props: OutputWalkProps) {
  const { id, title, stored, source, target, evidence } = props;
  const walk = useMemo(
    () => createWalk({ id, stored: decodeTrace(stored), client: clientOf(stored.model), source, target, evidence }),
    [id, stored, source, target, evidence],
  );
  useEffect(() => walk.start(), [walk]);
  return (
    <Figure
      id={id}
      title={title}
      status={walk.text.status}
      actions={walk.text.actions}
      editor={<LiveEditor id={id} live={walk.text} />}
      reading={walk.reading}
      notice={walk.notice}
      exports={walk.exports}
      link={walk.link}
      onReset={walk.reset}
      wide
    >
      <div class="ow">
        <TokenStrip
          trace={walk.numbers.trace.value}
          place={walk.place.value}
          onPlace={(place) => {
            walk.place.value = place;
          }}
          onPick={walk.pick}
        />
        <EntryList id={id} walk={walk} />
      </div>
    </Figure>
  );
}
