import { readFileSync } from "node:fs";
import { test as base, expect, type Page } from "@playwright/test";

/** Paths of every page, relative to the base path, as the built site's map lists them. */
export function pages(): string[] {
  const map = readFileSync("dist/sitemap-0.xml", "utf8");
  const addresses = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => new URL(match[1] ?? "").pathname);
  const home = addresses.reduce((shortest, path) => (path.length < shortest.length ? path : shortest));
  return addresses.map((path) => path.slice(home.length));
}

/** What a page did that it must never do. */
export interface Misdeeds {
  /** Violations of the content security policy, uncaught errors and unhandled rejections. */
  readonly errors: string[];
  /** Requests to another origin. */
  readonly foreign: string[];
}

/** Watches a page from before its first script. */
export async function watch(page: Page, origin: string): Promise<Misdeeds> {
  const misdeeds: Misdeeds = { errors: [], foreign: [] };
  page.on("pageerror", (error) => misdeeds.errors.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Unhandled/i.test(message.text())) misdeeds.errors.push(message.text());
  });
  page.on("request", (request) => {
    const url = request.url();
    if (/^https?:/.test(url) && !url.startsWith(origin)) misdeeds.foreign.push(url);
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return misdeeds;
}

/** A test whose page must stay within the origin, keep its policy and throw nothing. */
export const test = base.extend<{ misdeeds: Misdeeds }>({
  misdeeds: [
    async ({ page, baseURL }, use) => {
      const misdeeds = await watch(page, new URL(baseURL ?? "").origin);
      await use(misdeeds);
      expect(misdeeds).toEqual({ errors: [], foreign: [] });
    },
    { auto: true },
  ],
});

export { expect };

/** Sets the theme as the site's own switch would, before the page loads. */
export async function withTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.addInitScript((name) => localStorage.setItem("starlight-theme", name), theme);
}
