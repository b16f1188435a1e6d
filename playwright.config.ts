import { defineConfig } from "@playwright/test";
import course from "./course.config.ts";
import { findChromium } from "./scripts/browser.mjs";
import { base } from "./scripts/site.mjs";

const PORT = 4499;

/** Keeps Chromium from looking anything up by itself. */
const QUIET = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const executablePath = findChromium();

/** Folders of chapters that this copy of the course leaves out. */
const LEFT_OUT = Object.entries(course.chapters)
  .filter(([, shown]) => !shown)
  .map(([chapter]) => `**/e2e/${chapter}/**`);

export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "**/*.spec.ts",
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/browser.json" }]],
  outputDir: "test-results/browser",
  use: {
    baseURL: `http://localhost:${PORT}${base}`,
    timezoneId: "UTC",
    locale: "en-GB",
    contextOptions: { reducedMotion: "reduce" },
  },
  webServer: {
    command: "node scripts/serve.mjs",
    url: `http://localhost:${PORT}${base}`,
    env: { PORT: String(PORT) },
    reuseExistingServer: false,
  },
  projects: [
    {
      name: "wasm",
      use: { launchOptions: { executablePath, args: QUIET } },
      testIgnore: ["**/*.webgpu.spec.ts", ...LEFT_OUT],
    },
    {
      name: "webgpu",
      use: { launchOptions: { executablePath, args: [...QUIET, "--enable-unsafe-webgpu"] } },
      testMatch: "**/*.webgpu.spec.ts",
      testIgnore: LEFT_OUT,
    },
  ],
});
