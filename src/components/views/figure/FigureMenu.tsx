import { type Signal, useSignal } from "@preact/signals";
import { closePopover, Popover } from "./Popover.tsx";
import type { FigureExports } from "./types.ts";

/** What writes files is fetched when a reader saves one. */
const saving = () => import("./saveFile.ts");

interface FigureMenuProps {
  readonly id: string;
  readonly exports: FigureExports;
  /** Whether the table stands under the picture. */
  readonly tableOpen: Signal<boolean>;
  readonly link?: (() => string) | undefined;
  readonly onReset?: (() => void) | undefined;
}

interface Entry {
  readonly label: string;
  readonly run: () => void | Promise<void>;
  /** Said when it is done. */
  readonly done?: string;
}

/** How long the menu says what it did, in milliseconds. */
const SAID_FOR = 4000;

/** The corner menu: table, link, files, reset. */
export function FigureMenu(props: FigureMenuProps) {
  const said = useSignal("");
  const choose = async (entry: Entry, from: HTMLElement) => {
    closePopover(from);
    try {
      await entry.run();
      said.value = entry.done ?? "";
    } catch {
      said.value = `That did not work: ${entry.label.toLowerCase()}.`;
    }
    setTimeout(() => {
      said.value = "";
    }, SAID_FOR);
  };
  return (
    <div class="uh-menu-corner">
      <Popover label={<MenuMark />} name="Figure menu: table, link, files, reset" kind="menu">
        <ul class="uh-menu">
          {entries(props).map((entry) => (
            <li key={entry.label}>
              <button type="button" onClick={(event) => choose(entry, event.currentTarget)}>
                {entry.label}
              </button>
            </li>
          ))}
        </ul>
      </Popover>
      <p class="uh-menu-said" role="status">
        {said.value}
      </p>
    </div>
  );
}

/** Copies text; throws where the browser refuses. Not fetched first: some browsers allow it only within the click. */
function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}

function entries(props: FigureMenuProps): Entry[] {
  const { id, exports, tableOpen, link, onReset } = props;
  const { scene, table, json } = exports;
  const toggleTable = () => {
    tableOpen.value = !tableOpen.value;
  };
  return [
    table && { label: tableOpen.value ? "Hide the table" : "Show as a table", run: toggleTable },
    link && { label: "Copy link", run: () => copyText(link()), done: "Link copied." },
    scene && {
      label: "Save as SVG",
      run: async () => (await saving()).saveAsSvg(id, await scene()),
      done: "SVG saved.",
    },
    scene && {
      label: "Save as PNG",
      run: async () => (await saving()).saveAsPng(id, await scene()),
      done: "PNG saved.",
    },
    table && {
      label: "Save as CSV",
      run: async () => (await saving()).saveAsCsv(id, table()),
      done: "CSV saved.",
    },
    json && {
      label: "Save as JSON",
      run: async () => (await saving()).saveAsJson(id, await json()),
      done: "JSON saved.",
    },
    onReset && { label: "Reset the figure", run: onReset, done: "Reset." },
  ].filter((entry): entry is Entry => Boolean(entry));
}

function MenuMark() {
  return (
    <svg class="uh-menu-mark" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <circle cx="4" cy="10" r="1.7" />
      <circle cx="10" cy="10" r="1.7" />
      <circle cx="16" cy="10" r="1.7" />
    </svg>
  );
}
