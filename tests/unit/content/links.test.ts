import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BESIDE, CHAPTERS } from "../../../src/lib/course.ts";
import { PAGES, pages } from "./pages.ts";

const links = pages().flatMap(({ path, text }) =>
  Array.from(text.matchAll(/(?:\]\(|href=")(\/[^)"#]*)/g), ([, target]) => ({ path, target: target ?? "" })),
);

/** The page's file, as far as it exists. */
const fileOf = (slug: string): string | undefined =>
  ["", "/index"].flatMap((end) => [`${PAGES}/${slug}${end}.mdx`, `${PAGES}/${slug}${end}.md`]).find(existsSync);

describe("pages", () => {
  const beside = BESIDE.flatMap((page) => [page, ...(page.pages ?? [])]);
  const slugs = [...CHAPTERS.flatMap((chapter) => chapter.pages), ...beside].map((page) => page.slug);

  it.each(slugs)("%s of the contents list exists", (slug) => {
    expect(fileOf(slug)).toBeDefined();
  });

  it.each(links)("$path links to $target, which exists and ends in a slash", ({ target }) => {
    expect(target).toMatch(/\/$/);
    expect(target === "/" || fileOf(target.slice(1, -1))).toBeTruthy();
  });

  it.each(pages())("$path names no host or base of its own", ({ text }) => {
    expect(text).not.toMatch(/\]\(\/underhood/);
  });

  it("link from outside a chapter to a chapter only by way of the list, so that a chapter can be switched off", () => {
    const outside = links.filter(({ path }) => !CHAPTERS.some((chapter) => path.startsWith(`${chapter.id}/`)));
    const inChapter = outside.filter(({ target }) => CHAPTERS.some((chapter) => target.startsWith(`/${chapter.id}/`)));
    expect(inChapter).toEqual([]);
  });
});
