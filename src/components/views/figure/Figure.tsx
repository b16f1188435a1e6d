import "../../../styles/controls.css";
import "../../../styles/figure.css";
import "../../../styles/tokens.css";
import { type ReadonlySignal, type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Curtain } from "./Curtain.tsx";
import { FailureNote } from "./FailureNote.tsx";
import { FigureMenu } from "./FigureMenu.tsx";
import { LazyTable } from "./LazyTable.tsx";
import { StatusChip } from "./StatusChip.tsx";
import type { FigureActions, FigureStatus } from "./status.ts";
import type { FigureExports } from "./types.ts";

export interface FigureProps {
  /** Unique on the page; also the name of the figure's state in the URL and of its files. */
  readonly id: string;
  /** Says what to see. */
  readonly title: string;
  /** What is shown now, where it is no longer what the title speaks of; null while it is. */
  readonly departure?: ReadonlySignal<string | null>;
  /** Where the picture comes from; a figure without it has no chip and no device switch. */
  readonly status?: ReadonlySignal<FigureStatus>;
  readonly actions?: FigureActions;
  /** One row: what is shown · how · on which text. */
  readonly controls?: ComponentChildren;
  /** The text fields, under the controls. */
  readonly editor?: ComponentChildren;
  /** One sentence that follows the state; announced when it changes. */
  readonly reading: ReadonlySignal<string>;
  readonly exports?: FigureExports;
  /** The page's address with the figure's whole state in it. */
  readonly link?: () => string;
  readonly onReset?: () => void;
  /** Something the reader should know about the state, for example that a link was damaged; null for nothing. */
  readonly notice?: ReadonlySignal<string | null>;
  /** While false, the picture, its reading and its table are hidden: predict first. */
  readonly curtain?: ReadonlySignal<boolean>;
  /** May grow to 72rem instead of the text's width. */
  readonly wide?: boolean;
  /** Keeps controls to the least. */
  readonly compact?: boolean;
  /** The picture. */
  readonly children: ComponentChildren;
}

/** The frame of every figure: title, controls, picture, reading, corner menu. */
export function Figure(props: FigureProps) {
  const headingId = `${props.id}-title`;
  const closed = props.curtain !== undefined && !props.curtain.value;
  const tableOpen = useSignal(false);
  return (
    <section
      id={props.id}
      class={`uh-figure not-content${props.wide ? " uh-wide" : ""}`}
      data-compact={props.compact || undefined}
      aria-labelledby={headingId}
    >
      <FigureHead {...props} headingId={headingId} closed={closed} tableOpen={tableOpen} />
      {props.controls && <div class="uh-figure-controls">{props.controls}</div>}
      {props.editor && <div class="uh-figure-editor">{props.editor}</div>}
      <FigureMessages {...props} />
      <Curtain closed={closed}>
        <div class="uh-figure-picture">{props.children}</div>
        <p class="uh-figure-reading" aria-live="polite">
          {closed ? "" : props.reading.value}
        </p>
        {tableOpen.value && props.exports?.table && <LazyTable table={props.exports.table()} />}
      </Curtain>
    </section>
  );
}

function FigureHead(props: FigureProps & { headingId: string; closed: boolean; tableOpen: Signal<boolean> }) {
  return (
    <header class="uh-figure-head">
      <p class="uh-figure-title">
        <span id={props.headingId}>{props.title}</span>
        {props.departure?.value && <span class="uh-figure-departure">Now shown: {props.departure.value}.</span>}
      </p>
      <div class="uh-figure-corner">
        {props.status && props.actions && <StatusChip id={props.id} status={props.status} actions={props.actions} />}
        <FigureMenu
          id={props.id}
          exports={props.closed ? {} : (props.exports ?? {})}
          tableOpen={props.tableOpen}
          link={props.link}
          onReset={props.onReset}
        />
      </div>
    </header>
  );
}

function FigureMessages(props: FigureProps) {
  const failure = props.status?.value.failure ?? null;
  const notices = props.status?.value.notices ?? [];
  const notice = props.notice?.value ?? null;
  return (
    <div class="uh-figure-messages" role="status">
      {notice !== null && <p class="uh-figure-notice">{notice}</p>}
      {notices.map((text) => (
        <p class="uh-figure-notice" key={text}>
          {text}
        </p>
      ))}
      {failure !== null && props.actions && <FailureNote failure={failure} actions={props.actions} />}
    </div>
  );
}
