import type { ComponentChildren } from "preact";
import type { Token, Trace } from "../../../engine/model.ts";
import { TokenChip } from "../../views/tokens/TokenChip.tsx";
import { Pager } from "./Pager.tsx";
import {
  linked,
  type Place,
  placeText,
  type StripToken,
  stretches,
  stretchesWithin,
  stripTokens,
  tokensOf,
} from "./strip.ts";
import { clamp, type Window, windowAround } from "./window.ts";

/** Tokens shown at a time. */
const PAGE = 40;

export interface TokenStripProps {
  readonly trace: Trace;
  /** The place that is looked at. */
  readonly place: Place | null;
  readonly onPlace: (place: Place) => void;
  /** A click on a token. */
  readonly onPick: (place: Place) => void;
}

/** Source and target with the three faces of each token: id, piece, characters; linked on hover and focus. */
export function TokenStrip(props: TokenStripProps) {
  const { trace, place } = props;
  const lit = place ? linked(place, trace) : [];
  const isLit = (line: Place["line"], index: number) => lit.some((one) => one.line === line && one.index === index);
  const shared = { ...props, isLit };
  return (
    <div class="ow-strip">
      <Line {...shared} title="Source" note="what the encoder reads" line="source" />
      <Steps {...shared} />
      <p class="ow-strip-place">
        {place ? placeText(place, trace) : "Point at a token: id, piece and characters belong together."}
      </p>
    </div>
  );
}

type LineProps = TokenStripProps & { readonly isLit: (line: Place["line"], index: number) => boolean };

function Line(props: LineProps & { readonly title: string; readonly note: string; readonly line: "source" }) {
  const tokens = stripTokens(props.trace.source.tokens);
  const { current, page } = pageOf(props.place, ["source"], tokens.length);
  return (
    <section class="ow-line" data-axis="source" aria-label={props.title}>
      <LineHead title={props.title} note={`${tokens.length} tokens, ${props.note}`}>
        <Characters
          {...props}
          line="source"
          page={page}
          text={props.trace.source.text}
          tokens={props.trace.source.tokens}
        />
      </LineHead>
      <Pager noun="tokens" page={page} size={PAGE} onMove={(index) => props.onPlace({ line: "source", index })} />
      <ol class="ow-tokens" onKeyDown={(event) => moveAlong(event, props)}>
        <li class="ow-column ow-face-names" aria-hidden="true">
          <small>id</small>
          <span>piece</span>
          <small>characters</small>
        </li>
        {tokens.slice(page.start, page.end).map((one) => (
          <li key={one.index} class="ow-column">
            <Face {...props} line="source" one={one} reachable={one.index === current} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Steps(props: LineProps) {
  const { target } = props.trace;
  const read = stripTokens(target.read);
  const written = stripTokens(target.written);
  const { current, page } = pageOf(props.place, ["read", "written"], read.length);
  const note = `${read.length} tokens: position t reads what was written before it and writes token t`;
  return (
    <section class="ow-line" data-axis="target" aria-label="Target">
      <LineHead title="Target" note={note}>
        <Characters {...props} line="written" page={page} text={target.text} tokens={target.written} />
      </LineHead>
      <Pager noun="positions" page={page} size={PAGE} onMove={(index) => props.onPlace({ line: "read", index })} />
      <ol class="ow-tokens ow-steps" onKeyDown={(event) => moveAlong(event, props)}>
        <li class="ow-column ow-column-names" aria-hidden="true">
          <span>reads</span>
          <span>writes</span>
        </li>
        {read.slice(page.start, page.end).map((one) => (
          <li key={one.index} class="ow-column">
            <Face {...props} line="read" one={one} reachable={one.index === current} />
            <span class="ow-arrow" aria-hidden="true">
              ↓
            </span>
            <OptionalFace {...props} line="written" one={written[one.index]} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function OptionalFace(props: LineProps & { readonly line: Place["line"]; readonly one: StripToken | undefined }) {
  return props.one ? <Face {...props} one={props.one} reachable={false} /> : null;
}

interface FaceProps extends LineProps {
  readonly line: Place["line"];
  readonly one: StripToken;
  /** The one token of its line that Tab reaches; arrows lead to the others. */
  readonly reachable: boolean;
}

function Face(props: FaceProps) {
  const { line, one } = props;
  const look = () => props.onPlace({ line, index: one.index });
  return (
    <button
      type="button"
      class="ow-face"
      data-line={line}
      data-index={one.index}
      data-lit={props.isLit(line, one.index) || undefined}
      data-joined={one.joined || undefined}
      tabIndex={props.reachable ? 0 : -1}
      onMouseEnter={look}
      onFocus={look}
      onClick={() => props.onPick({ line, index: one.index })}
    >
      <small class="ow-id">{one.token.id}</small>
      <TokenChip token={one.token} written joinsBefore={one.joined} />
      <small class="ow-offsets">{one.offsets}</small>
    </button>
  );
}

function LineHead(props: { readonly title: string; readonly note: string; readonly children: ComponentChildren }) {
  return (
    <header class="ow-line-head">
      <span class="ow-line-title">{props.title}</span>
      {props.children}
      <span class="ow-line-note">{props.note}</span>
    </header>
  );
}

interface CharactersProps extends LineProps {
  readonly line: Place["line"];
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly page: Window;
}

/** The text itself, cut where its tokens begin and end; of a long one the part whose tokens are shown. */
function Characters(props: CharactersProps) {
  const { page } = props;
  return (
    <span class="ow-characters">
      {stretchesWithin(stretches(props.text, props.tokens), page.start, page.end).map((stretch, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: the token's own button does the same from the keyboard.
        <span
          key={index}
          class={stretch.token < 0 ? "ow-between" : "ow-stretch"}
          data-lit={(stretch.token >= 0 && props.isLit(props.line, stretch.token)) || undefined}
          onMouseEnter={stretch.token < 0 ? undefined : () => props.onPlace({ line: props.line, index: stretch.token })}
        >
          {stretch.text}
        </span>
      ))}
    </span>
  );
}

/** The page that holds the place where it is on one of these lines, and the token that Tab reaches. */
function pageOf(place: Place | null, lines: readonly Place["line"][], length: number) {
  const current = place && lines.includes(place.line) ? clamp(place.index, length) : 0;
  return { current, page: windowAround(current, length, PAGE) };
}

const ALONG: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };
const ACROSS: Readonly<Record<string, Place["line"]>> = { ArrowDown: "written", ArrowUp: "read" };

/** Arrow keys lead along a line, and between what is read and what is written. */
function moveAlong(event: KeyboardEvent, props: LineProps): void {
  const { place, trace } = props;
  if (!place) return;
  const line = place.line === "source" ? "source" : (ACROSS[event.key] ?? place.line);
  const next: Place = { line, index: clamp(place.index + (ALONG[event.key] ?? 0), tokensOf(line, trace).length) };
  if (next.line === place.line && next.index === place.index) return;
  event.preventDefault();
  props.onPlace(next);
  const list = event.currentTarget as HTMLElement;
  requestAnimationFrame(() => {
    list.querySelector<HTMLElement>(`[data-line="${next.line}"][data-index="${next.index}"]`)?.focus();
  });
}
