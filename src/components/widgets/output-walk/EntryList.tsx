import { ENTRIES, ENTRY_KEYS, type EntryKey, needs, pythonName } from "./entries.ts";
import { keepInPlace } from "./keepInPlace.ts";
import { LossPanel } from "./LossPanel.tsx";
import { ShapeView } from "./ShapeView.tsx";
import type { Walk } from "./state.ts";
import { TensorPanel } from "./TensorPanel.tsx";

interface EntryListProps {
  readonly id: string;
  readonly walk: Walk;
}

/** What came back: one row an entry, with its name in Python, its shape and a sentence; one of them unfolded. */
export function EntryList(props: EntryListProps) {
  return (
    <ul class="ow-entries">
      {ENTRY_KEYS.map((key) => (
        <EntryRow key={key} {...props} entry={key} />
      ))}
    </ul>
  );
}

function EntryRow(props: EntryListProps & { readonly entry: EntryKey }) {
  const { id, walk, entry } = props;
  const open = walk.open.value === entry;
  const panel = `${id}-${entry}`;
  return (
    <li class="ow-entry" data-open={open || undefined}>
      <button
        type="button"
        class="ow-name"
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={(event) => {
          keepInPlace(event.currentTarget);
          walk.toggle(entry);
        }}
      >
        <span class="ow-fold" aria-hidden="true" />
        <code>
          <span class="ow-object">output.</span>
          {entry}
        </code>
      </button>
      <ShapeView shape={ENTRIES[entry].shape(walk.sizes.value)} />
      <p class="ow-sentence">{ENTRIES[entry].sentence}</p>
      {open && (
        <section class="ow-panel" id={panel} aria-label={`Numbers of ${pythonName(entry)}`}>
          <Panel {...props} />
        </section>
      )}
    </li>
  );
}

function Panel(props: EntryListProps & { readonly entry: EntryKey }) {
  const { id, walk, entry } = props;
  const choice = walk.choice.value;
  if (entry === "loss") {
    return <LossPanel trace={walk.numbers.trace.value} row={choice.row} onRow={(row) => walk.choose({ row })} />;
  }
  const slice = walk.slice.value;
  return slice ? <TensorPanel id={id} walk={walk} entry={entry} slice={slice} /> : <MissingNumbers {...props} />;
}

/** Said in place of numbers that come only when the model runs. */
function MissingNumbers(props: EntryListProps & { readonly entry: EntryKey }) {
  const { walk, entry } = props;
  const { tuple, axes } = ENTRIES[entry].shape(walk.sizes.value);
  const count = axes.reduce((product, axis) => product * axis.size, tuple?.size ?? 1);
  const failure = walk.numbers.failure.value;
  const coming = walk.text.live.value && failure === null;
  if (coming) return <p class="ow-missing">Fetching {amount(count)} numbers …</p>;
  return (
    <div class="ow-missing">
      <p>{failure ? failure.message : `These are ${amount(count)} numbers, too many to store beside the page.`}</p>
      <button type="button" class="uh-button" onClick={() => walk.numbers.fetch()}>
        {failure ? "Try again" : "Run the model and show them"}
      </button>
      {needs(entry) === "logits" && !failure && (
        <p>The most probable tokens of each position stand under output.loss.</p>
      )}
    </div>
  );
}

/** "7,680": grouped the same way everywhere, in the built page and in the reader's browser. */
function amount(count: number): string {
  return count.toLocaleString("en-GB");
}
