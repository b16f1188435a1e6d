import { type Signal, signal, useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { CommonProps } from "./authoring.ts";
import type { Evidence, Mark, StandIn } from "./evidence.ts";
import { type Outline, outlineOf } from "./outline.ts";
import { progress } from "./progress/store.ts";
import { createSession, type Session } from "./session.ts";
import type { Keys, Kind } from "./types.ts";
import { useHydrated, useKept } from "./useKept.ts";

const rules = () => import("./rules.ts");
const fetchStandIn = async (named: StandIn) => (await import("./standIn.ts")).standIn(named);

/** The session of an island: opened after the first paint, so that what was drawn at build time hydrates unchanged. */
export function useSession<K extends Kind>(kind: K, props: CommonProps, key: Keys[K]): Session<K> {
  const kept = useKept();
  const session = useMemo(() => {
    const evidence: Signal<Evidence | null> = props.evidence ?? signal(null);
    const mark: Signal<Mark | null> = props.mark ?? signal(null);
    // A prediction opens the curtain itself: what it marks is seen at once.
    const open: Signal<boolean> = (kind !== "predict" && props.curtain) || signal(true);
    const { id, question, hints, stored: named, elsewhere } = props;
    const store = { ...progress, ...kept };
    const stored = named && (() => fetchStandIn(named));
    const settled = { stored, alone: named?.alone, elsewhere };
    return createSession({
      id,
      kind,
      question,
      key,
      hints: hints.length,
      evidence,
      mark,
      open,
      store,
      rules,
      ...settled,
    });
  }, []);

  useEffect(() => {
    const settle = session.entry.subscribe(({ hints, solutionSeen }) => {
      // What was kept may come a moment later.
      session.noteChange();
      // What is open from an earlier visit may speak of the run's numbers.
      if (hints > 0 || solutionSeen) void session.ready();
    });
    const stop = session.watch();
    // What is asked of the figure is answered by the figure, not by what was kept.
    const leave = kind === "show" || kind === "reach" || kind === "off" ? stop : session.follow();
    return () => {
      settle();
      stop();
      leave();
    };
  }, [session]);
  return session;
}

/** What the figure shows; nothing in the first drawing, like on the server, though the figure may be there already. */
export function useShown(props: CommonProps): Evidence | null {
  const hydrated = useHydrated();
  return useComputed(() => (hydrated.value ? (props.evidence?.value ?? null) : null)).value;
}

/** Sizes and tokens of the run that the figure shows, or of the stored one until it does. */
export function useOutline(props: CommonProps): Outline | null {
  const hydrated = useHydrated();
  return useComputed(() => {
    const shown = hydrated.value && !props.stored?.alone ? props.evidence?.value : null;
    return shown ? outlineOf(shown.trace) : (props.outline ?? null);
  }).value;
}
