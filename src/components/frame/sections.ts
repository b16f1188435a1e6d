/** Marks, in a list of links to sections, the section that is being read; on phones a chosen link closes the list. */
export function followSections(list: Element | null): void {
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>("a[href^='#']") ?? [])];
  const headings = links.flatMap((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))) ?? []);
  if (headings.length === 0) return;

  const mark = (): void => {
    const reading = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).at(-1);
    for (const link of links) {
      const current = reading !== undefined && link.hash === `#${reading.id}`;
      if (current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  for (const heading of headings) observer.observe(heading);

  const panel = list?.closest<HTMLElement>("[popover]");
  for (const link of links) {
    link.addEventListener("click", () => {
      if (panel?.matches(":popover-open")) panel.hidePopover();
    });
  }
}
