import { defineCollection } from "astro:content";
import { docsSchema } from "@astrojs/starlight/schema";
import { glob } from "astro/loaders";
import course from "../course.config.ts";

/** A chapter that is switched off is not loaded, so that nothing of the site knows it. */
const hidden = Object.entries(course.chapters)
  .filter(([, shown]) => !shown)
  .map(([id]) => `!${id}/**`);

export const collections = {
  docs: defineCollection({
    loader: glob({ base: "./src/content/docs", pattern: ["**/[^_]*.{md,mdx}", ...hidden] }),
    schema: docsSchema(),
  }),
};
