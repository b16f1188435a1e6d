import { parseInline } from "./inline.ts";
import type { Facts } from "./types.ts";

/** A text of an exercise with its small markup and its numbers; only text nodes come of it. */
export function Inline({ text, facts }: { readonly text: string; readonly facts?: Facts }) {
  return (
    <>
      {parseInline(text, facts).map((node, index) => {
        if (node.type === "code") return <code key={index}>{node.text}</code>;
        return node.type === "emphasis" ? <em key={index}>{node.text}</em> : node.text;
      })}
    </>
  );
}
