import { unified } from "@astrojs/markdown-remark";
import mdx from "@astrojs/mdx";
import preact from "@astrojs/preact";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { defaultClientConditions } from "vite";
import course from "./course.config.ts";
import { base, site } from "./scripts/site.mjs";

/** Packages that the dev server would otherwise find late and reload the page for. */
const PREBUNDLE = ["@huggingface/transformers", "onnxruntime-web/webgpu", "comlink", "preact", "preact/hooks"];

export default defineConfig({
  site,
  base,
  trailingSlash: "always",
  devToolbar: { enabled: false },
  markdown: { processor: unified() },
  integrations: [
    starlight({
      title: course.title,
    }),
    mdx(),
    preact(),
  ],
  security: { csp: true },
  vite: {
    worker: { format: "es" },
    optimizeDeps: { include: PREBUNDLE },
    environments: {
      client: { resolve: { conditions: ["onnxruntime-web-use-extern-wasm", ...defaultClientConditions] } },
    },
  },
});
