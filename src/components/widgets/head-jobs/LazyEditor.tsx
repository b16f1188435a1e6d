import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { LiveText } from "../../views/figure/liveText.ts";

type EditorView = typeof import("../../views/figure/LiveEditor.tsx").LiveEditor;

/** The field for a sentence of one's own; fetched when a reader first asks for it. */
export function LazyEditor(props: { readonly id: string; readonly live: LiveText }) {
  const view = useSignal<{ readonly View: EditorView } | null>(null);
  const failed = useSignal(false);
  useEffect(() => {
    import("../../views/figure/LiveEditor.tsx").then(
      ({ LiveEditor }) => {
        view.value = { View: LiveEditor };
      },
      () => {
        failed.value = true;
      },
    );
  }, []);
  if (failed.value)
    return <p class="uh-figure-notice">The field could not be fetched. Reload the page to try again.</p>;
  return view.value && <view.value.View {...props} />;
}
