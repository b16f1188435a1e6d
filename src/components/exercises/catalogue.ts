/**
 * Which exercises the course has, read from the text of its pages when the site is built.
 * A light reading is enough: the lint in the tests reads every page with a real parser and holds this one to it.
 */
import { COMPONENTS } from "./authoring.ts";

/** One exercise in the overview. */
export interface CatalogueEntry {
  readonly id: string;
  readonly label: string;
  readonly title: string;
  /** Path below the base, with the anchor: "/attention/exercise-6-1-1/#…". */
  readonly href: string;
  /** First part of the page's path. */
  readonly chapter: string;
}

/** A page: its path below the base without slashes at the ends, and its MDX. */
export interface Page {
  readonly id: string;
  readonly body?: string;
}

const TAG = new RegExp(`<(?:${Object.values(COMPONENTS).join("|")})\\b`);

/** The exercises of some pages, in their order. An exercise writes `id`, `label` and `title` as plain attributes. */
export function catalogueOf(pages: readonly Page[]): CatalogueEntry[] {
  return pages.flatMap(({ id: page, body = "" }) =>
    body
      .replaceAll(/^```[\s\S]*?^```/gm, "")
      .split(TAG)
      .slice(1)
      .map((text) => {
        const id = attribute(text, "id");
        const [chapter = ""] = page.split("/");
        return {
          id,
          label: attribute(text, "label"),
          title: attribute(text, "title"),
          href: `/${page}/#${id}`,
          chapter,
        };
      }),
  );
}

function attribute(text: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(text)?.[1] ?? "";
}
