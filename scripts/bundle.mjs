/**
 * A Vite plugin: `import code from "./main.ts?bundle"` gives a program and all that it imports as one text, a classic
 * script. A frame without an origin can start a worker from nothing else.
 */
import { build } from "vite";

const QUERY = "?bundle";

export function bundle() {
  return {
    name: "underhood:bundle",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const entry = id.slice(0, -QUERY.length);
      const { code, modules } = await bundled(entry);
      for (const file of modules) this.addWatchFile(file);
      return `export default ${JSON.stringify(code)};`;
    },
  };
}

/** The program as one strict script, with the files that it was made from. */
async function bundled(entry) {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      lib: { entry, formats: ["iife"], name: "program", fileName: "program" },
    },
  });
  const [chunk] = (Array.isArray(result) ? result : [result]).flatMap(({ output }) => output);
  const modules = Object.keys(chunk.modules).filter((file) => file.startsWith("/"));
  // Strict throughout: no call in a stack trace gives its function or its `this` away.
  return { code: `"use strict";${chunk.code}`, modules };
}
