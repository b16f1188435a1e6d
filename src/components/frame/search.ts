/** What Pagefind's generated module offers, as far as it is used here. */
interface Pagefind {
  debouncedSearch(query: string): Promise<{ results: { data(): Promise<Page> }[] } | null>;
}

interface Page {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: { readonly title?: string };
  readonly sub_results?: readonly { readonly title: string; readonly url: string; readonly excerpt: string }[];
}

const MOST = 8;

/** Gives a search button its dialog: "/" opens it, results follow the typing. */
export function attachSearch(host: HTMLElement): void {
  const open = host.querySelector<HTMLButtonElement>(".open");
  const dialog = host.querySelector("dialog");
  const input = host.querySelector("input");
  const status = host.querySelector<HTMLElement>(".status");
  const results = host.querySelector<HTMLElement>(".results");
  if (!open || !dialog || !input || !status || !results) return;

  let index: Promise<Pagefind> | undefined;
  const load = (): Promise<Pagefind> => {
    index ??= import(/* @vite-ignore */ `${host.dataset.base}pagefind/pagefind.js`) as Promise<Pagefind>;
    return index;
  };

  const show = (): void => {
    dialog.showModal();
    input.focus();
    load().catch(() => {
      index = undefined;
      status.textContent = "The search index did not load. The contents list has every page.";
    });
  };
  open.addEventListener("click", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || dialog.open || isTyping(event.target)) return;
    event.preventDefault();
    show();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  input.addEventListener("input", async () => {
    const query = input.value.trim();
    if (query === "") {
      status.textContent = "";
      results.replaceChildren();
      return;
    }
    // Null means that a newer query took over.
    const found = await (await load()).debouncedSearch(query);
    if (found === null) return;
    const pages = await Promise.all(found.results.slice(0, MOST).map((result) => result.data()));
    status.textContent = pages.length === 0 ? `Nothing found for “${query}”.` : "";
    results.replaceChildren(...pages.map(entry));
  });
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** One result: the section that matched best, else the page. */
function entry(page: Page): HTMLLIElement {
  const best = page.sub_results?.[0] ?? { title: "", url: page.url, excerpt: page.excerpt };
  const title = page.meta.title ?? "";
  const link = document.createElement("a");
  link.href = best.url;
  const heading = document.createElement("strong");
  heading.textContent = best.title && best.title !== title ? `${title} · ${best.title}` : title;
  const excerpt = document.createElement("span");
  excerpt.append(...marked(best.excerpt));
  link.append(heading, excerpt);
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/** Pagefind's excerpts are escaped HTML whose only tag is `<mark>`: parsed apart from the page, copied as text. */
function marked(excerpt: string): Node[] {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html").body;
  return [...parsed.childNodes].map((node) => {
    const text = document.createTextNode(node.textContent ?? "");
    if (node.nodeName !== "MARK") return text;
    const mark = document.createElement("mark");
    mark.append(text);
    return mark;
  });
}
