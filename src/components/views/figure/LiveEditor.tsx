import { TextEditor } from "../../controls/TextEditor.tsx";
import type { LiveText } from "./liveText.ts";

/** The fields of a live text: what is typed in them runs. */
export function LiveEditor(props: { readonly id: string; readonly live: LiveText }) {
  const { id, live } = props;
  return (
    <TextEditor
      id={id}
      source={live.source.value}
      onSource={(text) => {
        live.source.value = text;
      }}
      sourceTally={live.counts.source.value}
      target={live.target.value}
      onTarget={(text) => {
        live.target.value = text;
      }}
      targetTally={live.counts.target.value}
      written={live.trace.value.target.text}
    />
  );
}
