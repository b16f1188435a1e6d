/** CodeMirror, put together for a cell: our names completed, our colours, Tab that can be freed. */
import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  closeBracketsKeymap,
  completeFromList,
  completionKeymap,
  ifNotIn,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript, javascriptLanguage } from "@codemirror/lang-javascript";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState, type Extension, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { CELL_NAMES, NAMES } from "../../../sandbox/names.ts";
import type { Caret } from "./CellView.tsx";

export interface EditorOptions {
  readonly text: string;
  /** Name of the text field, for those who hear it. */
  readonly label: string;
  readonly edit: (text: string) => void;
  readonly run: () => void;
  /** Tab was freed, or taken back. */
  readonly free: (free: boolean) => void;
}

export interface MountedEditor {
  /** Puts another text in, as a change that can be undone. */
  setText(text: string): void;
  markLine(line: number | null | undefined): void;
  focus(caret: NonNullable<Caret>): void;
  destroy(): void;
}

/** Opens an editor in an element. */
export function mountEditor(host: HTMLElement, options: EditorOptions): MountedEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const state = EditorState.create({ doc: options.text, extensions: extensionsFor(options) });
  const view = new EditorView({ state, parent: root, root });
  // Keys that are typed here are not shortcuts of the page.
  host.addEventListener("keydown", (event) => event.stopPropagation());
  return {
    setText(text) {
      const now = view.state.doc.toString();
      if (text !== now) view.dispatch({ changes: { from: 0, to: now.length, insert: text } });
    },
    markLine(line) {
      view.dispatch({ effects: faultLine.of(line ?? null) });
    },
    focus(caret) {
      const at = caret === "end" ? view.state.doc.length : view.posAtCoords(caret, false);
      view.dispatch({ selection: { anchor: at } });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}

function extensionsFor({ label, edit, run, free }: EditorOptions): Extension {
  const runKey = { key: "Mod-Enter", preventDefault: true, run: () => done(run) };
  const freeKey = { key: "Escape", run: (view: EditorView) => done(() => freeTab(view, free)) };
  return [
    lineNumbers(),
    history(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    javascript({ typescript: true }),
    javascriptLanguage.data.of({ autocomplete: ifNotIn(["String", "Comment", "TemplateString"], ourNames) }),
    syntaxHighlighting(COLOURS),
    faultField,
    Prec.highest(keymap.of([runKey])),
    keymap.of([
      ...completionKeymap,
      ...closeBracketsKeymap,
      freeKey,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
    ]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) edit(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({
      beforeinput: (event, view) => typeOver(event, view),
      blur: (_, view) => {
        view.setTabFocusMode(false);
        free(false);
      },
    }),
    THEME,
  ];
}

function done(action: () => void): true {
  action();
  return true;
}

function freeTab(view: EditorView, free: (free: boolean) => void): void {
  view.setTabFocusMode(true);
  free(true);
}

/**
 * Text typed over a selection. Left to itself, Chromium keeps the look of what stood there in a `style` attribute, which the
 * page's policy forbids.
 */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || event.data === null || empty) return false;
  const { data } = event;
  const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
  const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert));
  if (!handled) view.dispatch(insert());
  return true;
}

const ourNames: CompletionSource = completeFromList(
  CELL_NAMES.map((label) => ({ label, ...NAMES[label], type: "variable", boost: 50 })),
);

/** The line that a fault names; null takes the mark away, and so does a change of the text. */
const faultLine = StateEffect.define<number | null>();

const FAULT_MARK = Decoration.line({ class: "uh-fault-line" });

const faultField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(faultLine)) continue;
      const { value: line } = effect;
      const { doc } = transaction.state;
      const known = line !== null && Number.isInteger(line) && line >= 1 && line <= doc.lines;
      return known ? Decoration.set([FAULT_MARK.range(doc.line(line).from)]) : Decoration.none;
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The same colours as code in the text: `styles/prose.css`. */
const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--uh-ink-soft)", fontStyle: "italic" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--uh-value)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--uh-key)" },
  { tag: [tags.keyword, tags.definitionKeyword, tags.moduleKeyword, tags.controlKeyword], color: "var(--uh-query)" },
  { tag: [tags.function(tags.variableName), tags.typeName, tags.className], color: "var(--uh-probe)" },
]);

const THEME = EditorView.theme({
  "&": {
    color: "var(--uh-ink)",
    backgroundColor: "var(--uh-paper-raised)",
    borderRadius: "0.375rem",
    fontSize: "0.8125rem",
  },
  "&.cm-focused": { outline: "2px solid var(--uh-accent)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--uh-mono)", fontVariantLigatures: "none", lineHeight: "1.6" },
  ".cm-content": { padding: "0.75rem 0", caretColor: "var(--uh-ink)", minHeight: "5rem" },
  ".cm-line": { padding: "0 0.75rem 0 0.4rem" },
  ".cm-gutters": { backgroundColor: "transparent", border: "0", color: "var(--uh-ink-soft)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.1rem", padding: "0 0.4rem 0 0" },
  ".uh-fault-line": { backgroundColor: "color-mix(in oklab, var(--uh-wrong) 18%, transparent)" },
  ".cm-matchingBracket": { backgroundColor: "color-mix(in oklab, var(--uh-accent) 25%, transparent)" },
  ".cm-tooltip": { border: "1px solid var(--uh-rule)", backgroundColor: "var(--uh-paper)", color: "var(--uh-ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--uh-mono)", maxWidth: "min(26rem, 90vw)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--uh-accent)",
    color: "var(--uh-accent-ink)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "0.8" },
  ".cm-tooltip.cm-completionInfo": { fontFamily: "var(--uh-sans)", padding: "0.4rem 0.6rem", maxWidth: "16rem" },
});
