import "../../styles/progress.css";
import { useSignal } from "@preact/signals";
import { withBase } from "../../lib/base.ts";
import type { CatalogueEntry } from "./catalogue.ts";
import type { ProgressFile } from "./ProgressFile.tsx";
import type { Entries, Entry } from "./progress/record.ts";
import { progress } from "./progress/store.ts";
import { useKept } from "./useKept.ts";
import { triesWords } from "./words.ts";

interface ProgressOverviewProps {
  /** Every exercise of the course, in order: `catalogueOf(pages)`. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Names the course in exported files, so that another course's file is refused. */
  readonly course: string;
  /** Titles of the chapters, by the first part of their pages' paths. */
  readonly chapters: Readonly<Record<string, string>>;
}

/** "3 of 9 exercises", and behind it the list: what is done, reset with undo, export and import. */
export function ProgressOverview({ catalogue, course, chapters }: ProgressOverviewProps) {
  const kept = useKept();
  /** Export and import come with the first look at the list. */
  const file = useSignal<{ readonly Part: typeof ProgressFile } | null>(null);
  const fetchFile = async (): Promise<void> => {
    file.value ??= { Part: (await import("./ProgressFile.tsx")).ProgressFile };
  };
  const entries = kept.entries.value;
  const done = catalogue.filter(({ id }) => entries[id]?.done).length;
  const groups = Object.keys(chapters)
    .map((chapter) => ({ chapter, items: catalogue.filter((item) => item.chapter === chapter) }))
    .filter(({ items }) => items.length > 0);
  if (catalogue.length === 0) return null;

  return (
    <div class="uh-progress">
      <button type="button" popovertarget="uh-progress-list" class="uh-progress-button">
        <span class="uh-progress-dots" aria-hidden="true">
          {catalogue.map(({ id }) => (
            <i key={id} data-done={entries[id]?.done || undefined} />
          ))}
        </span>
        <span>
          {done} of {catalogue.length} <span class="uh-progress-noun">exercises</span>
        </span>
      </button>
      <div
        id="uh-progress-list"
        class="uh-progress-list"
        popover="auto"
        role="dialog"
        aria-label="Exercises"
        onToggle={() => void fetchFile().catch(() => {})}
      >
        {kept.keeping.value === "memory" && (
          <p class="uh-progress-memory" role="status">
            This browser does not let the page save. Your work stays until you close the page: export it to keep it.
          </p>
        )}
        {groups.map(({ chapter, items }) => (
          <Group key={chapter} title={chapters[chapter] ?? chapter} items={items} entries={entries} />
        ))}
        <div class="uh-progress-actions">
          <button type="button" onClick={() => progress.remove(Object.keys(entries))}>
            Reset all
          </button>
          {kept.undoable.value && (
            <button type="button" onClick={progress.undo}>
              Undo
            </button>
          )}
          {file.value && <file.value.Part course={course} />}
        </div>
      </div>
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly items: readonly CatalogueEntry[];
  readonly entries: Entries;
}

function Group({ title, items, entries }: GroupProps) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {items.map(({ id, label, title: name, href }) => (
          <li key={id} data-done={entries[id]?.done || undefined}>
            <a href={withBase(href, import.meta.env.BASE_URL)} onClick={close}>
              <span class="uh-progress-label">{label}</span> {name}
            </a>
            <span class="uh-progress-state">{stateOf(entries[id])}</span>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => progress.remove(items.map(({ id }) => id))}>
        Reset this chapter
      </button>
    </section>
  );
}

/** A link to this very page leaves the list open otherwise. */
function close(event: { readonly currentTarget: HTMLElement }): void {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}

function stateOf(entry: Entry | undefined): string {
  if (!entry) return "open";
  if (entry.changed) return "changed since";
  if (entry.done) return "✓ done";
  return entry.tries > 0 ? triesWords(entry.tries) : "begun";
}
