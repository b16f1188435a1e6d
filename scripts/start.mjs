/**
 * Builds the site and serves it.
 */
import { spawnSync } from "node:child_process";

console.log("Building the site …");
const build = spawnSync("npx", ["--no-install", "astro", "build"], {
  stdio: ["ignore", "pipe", "inherit"],
  encoding: "utf8",
  shell: process.platform === "win32",
});
if (build.status !== 0) {
  console.error(build.stdout);
  process.exit(build.status ?? 1);
}
await import("./serve.mjs");
