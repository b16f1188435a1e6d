import { type Signal, signal, useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { CommonProps } from "./authoring.ts";
import type { Evidence, Mark } from "./evidence.ts";
import { type Outline, outlineOf } from "./outline.ts";
import { progress } from "./progress/store.ts";
import { createSession, type Session } from "./session.ts";
import type { Keys, Kind } from "./types.ts";

/** The session of an island: opened after the first paint, so that what was drawn at build time hydrates unchanged. */
export function useSession<K extends Kind>(kind: K, props: CommonProps, key: Keys[K]): Session<K> {
  const session = useMemo(() => {
    const evidence: Signal<Evidence | null> = props.evidence ?? signal(null);
    const mark: Signal<Mark | null> = props.mark ?? signal(null);
    const { id, question, hints } = props;
    return createSession({ id, kind, question, key, hints: hints.length, evidence, mark, store: progress });
  }, []);

  useEffect(() => {
    progress.open();
    session.noteChange();
    // What is asked of the figure is answered by the figure, not by what was kept.
    return kind === "show" ? undefined : session.follow();
  }, [session]);
  return session;
}

/** Sizes and tokens of the run that the figure shows, or of the stored one until it does. */
export function useOutline(props: CommonProps): Outline | null {
  return useComputed(() => {
    const shown = props.evidence?.value;
    return shown ? outlineOf(shown.trace) : (props.outline ?? null);
  }).value;
}
