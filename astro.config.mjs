import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { defaultClientConditions } from "vite";
import course from "./course.config.ts";
import { bundle } from "./scripts/bundle.mjs";
import { CHUNKS } from "./scripts/chunks.mjs";
import { base, site } from "./scripts/site.mjs";
import { rehypeBase } from "./src/lib/base.ts";
import { BESIDE, shownChapters } from "./src/lib/course.ts";

/** Packages that the dev server would otherwise find late and reload the page for. */
const PREBUNDLE = ["@huggingface/transformers", "onnxruntime-web/webgpu", "comlink", "preact", "preact/hooks"];

/** Parts of Starlight's frame that are our own; the rest (routes, contents, search index, skip link) is Starlight's. */
const FRAME = [
  "ContentPanel",
  "Footer",
  "Header",
  "PageFrame",
  "PageTitle",
  "Pagination",
  "Search",
  "Sidebar",
  "SiteTitle",
  "ThemeProvider",
  "ThemeSelect",
  "TwoColumnContent",
];

/** Nothing but our own origin; a style or script in a page is let through by its hash alone. */
const CSP = {
  directives: [
    "default-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'none'",
  ],
  scriptDirective: { resources: ["'self'", "'wasm-unsafe-eval'"] },
};

const pages = (entries) => entries.map(({ slug, label }) => ({ slug, label }));

/** A page with pages under it becomes a group that it leads. */
const beside = ({ pages: under = [], ...page }) =>
  under.length > 0 ? { label: page.label, items: pages([page, ...under]) } : page;

export default defineConfig({
  site,
  base,
  trailingSlash: "always",
  devToolbar: { enabled: false },
  // Prism marks code by class; Shiki and Expressive Code write style attributes, which the policy forbids.
  markdown: {
    processor: unified({ rehypePlugins: [[rehypeBase, { base }]] }),
    syntaxHighlight: "prism",
  },
  integrations: [
    starlight({
      title: course.title,
      description: "See what happens inside a transformer, live in your browser.",
      expressiveCode: false,
      credits: false,
      markdown: { headingLinks: false },
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 2 },
      customCss: ["fonts", "palette", "site", "prose", "print"].map((name) => `./src/styles/${name}.css`),
      components: Object.fromEntries(FRAME.map((name) => [name, `./src/components/frame/${name}.astro`])),
      sidebar: [
        ...shownChapters(course.chapters).map((chapter) => ({ label: chapter.title, items: pages(chapter.pages) })),
        { label: "Beside the chapters", items: BESIDE.map(beside) },
      ],
    }),
    mdx(),
    preact(),
  ],
  // The hashes leave out styles that come in through MDX; as files of their own they need none.
  build: { inlineStylesheets: "never" },
  security: { csp: CSP },
  vite: {
    plugins: [bundle()],
    worker: { format: "es" },
    optimizeDeps: { include: PREBUNDLE },
    environments: {
      client: {
        resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] },
        build: { rolldownOptions: { output: { codeSplitting: CHUNKS } } },
      },
    },
  },
});
