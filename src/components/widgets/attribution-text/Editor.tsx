import type { Token } from "../../../engine/model.ts";
import { TextEditor } from "../../controls/TextEditor.tsx";
import { type FieldNote, TextField } from "../../controls/TextField.tsx";
import type { TokenTally } from "../../controls/textBounds.ts";
import { NextWordPicker, WrittenPicker } from "../../views/attribution/OutputPicker.tsx";
import { barePiece } from "../../views/tokens/face.ts";
import type { Offer, TextState } from "./state.ts";

const FIXED: FieldNote = { text: "This copy of the site has only the stored answers to this text." };

/** The texts, and for a decoder the next word. */
export function Editor({ state }: { readonly state: TextState }) {
  const offer = state.offer.value;
  const { id } = state;
  const chosen = offer.chosen.value;
  const { trace } = offer.study.shown.value.result.plain;
  const fixed = offer.study.status.value.absent;
  const source = {
    id: `${id}-source`,
    text: chosen.source,
    onText: (text: string) => state.ask({ source: text }),
    tally: tallyOf(offer, "source", chosen.source, chosenTokens(state)),
    note: fixed ? FIXED : null,
    fixed,
  };
  if (trace.target !== null) return <TranslatorEditor state={state} written={trace.target.text} />;
  if (offer.info.family === "decoder") {
    return (
      <div class="uh-editor" data-lone>
        <TextField {...source} label="Text" />
      </div>
    );
  }
  return (
    <div class="uh-editor">
      <TextField {...source} label="First sentence" />
      <TextField
        {...source}
        id={`${id}-to`}
        label="Second sentence"
        text={chosen.to}
        onText={(to) => state.ask({ to })}
        tally={{ count: null, limit: offer.info.limits.source, cut: 0 }}
        note={null}
      />
    </div>
  );
}

function TranslatorEditor({ state, written }: { readonly state: TextState; readonly written: string }) {
  const offer = state.offer.value;
  const { source, target } = offer.chosen.value;
  const { trace } = offer.study.shown.value.result.plain;
  return (
    <TextEditor
      id={state.id}
      source={source}
      onSource={(text) => state.ask({ source: text })}
      sourceTally={tallyOf(offer, "source", source, chosenTokens(state))}
      sourceNote={offer.study.status.value.absent ? FIXED : null}
      target={target}
      onTarget={(text) => state.ask({ target: text })}
      targetTally={tallyOf(offer, "target", target ?? written, [written, trace.target?.written ?? []])}
      targetNote={null}
      written={written}
    />
  );
}

/** The text that the shown answer is of, with its tokens. */
function chosenTokens({ offer, view }: TextState): readonly [text: string, tokens: readonly Token[]] {
  const { question, result } = offer.value.study.shown.value;
  // The second sentence's tokens say nothing of the first one's.
  return [view.value.second ? "" : question.source, result.plain.trace.source.tokens];
}

function tallyOf(
  { info }: Offer,
  side: "source" | "target",
  text: string,
  [shown, tokens]: readonly [text: string, tokens: readonly Token[]],
): TokenTally {
  return { count: text === shown ? tokens.length : null, limit: info.limits[side], cut: 0 };
}

/** Which output is explained, and against which word. */
export function Outputs({ state }: { readonly state: TextState }) {
  const offer = state.offer.value;
  const { trace } = offer.study.shown.value.result.plain;
  const chosen = offer.chosen.value;
  const row = state.row.value;
  const fixed = offer.study.status.value.absent;
  if (offer.info.family === "encoder") return null;
  const predictions = trace.predictions[row.place ?? trace.source.tokens.length - 1] ?? [];
  const first = barePiece(predictions[0]?.piece ?? "").trim();
  return (
    <div class="uh-at-outputs">
      {trace.target === null ? (
        <NextWordPicker
          id={`${state.id}-follow`}
          label="The next word that is explained"
          predictions={predictions}
          value={chosen.follow === "" ? first : chosen.follow}
          onChange={(follow) => state.ask({ follow: follow === first ? "" : follow })}
          fixed={fixed}
        />
      ) : (
        <WrittenPicker
          id={state.id}
          written={trace.target.written}
          value={row.place ?? null}
          onChange={(place) => state.ask({ place, ...(state.contrast && { against: "" }) })}
        />
      )}
      {state.contrast && (
        <NextWordPicker
          id={`${state.id}-against`}
          label="… and not"
          predictions={predictions}
          value={chosen.against}
          onChange={(against) => state.ask({ against })}
          empty="nothing"
          without={row.output ?? ""}
          fixed={fixed}
        />
      )}
    </div>
  );
}
