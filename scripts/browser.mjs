/**
 * Finds a Chromium for the browser tests, or installs one.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const USUAL_PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** @returns {string | undefined} the path of a Chromium, or undefined when none is found */
export function findChromium() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) return asked;
  const own = chromium.executablePath();
  return [own, ...USUAL_PLACES].find((path) => path && existsSync(path));
}

/** Installs Debian's Chromium where that can be done, else Playwright's own; throws with one thing to do when neither works. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  console.log("No browser found; installing Chromium …");
  const asRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (asRoot) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "chromium"]);
  } else {
    run("npx", ["--no-install", "playwright", "install", "chromium"]);
  }
  const installed = findChromium();
  if (!installed) throw new Error("No Chromium could be installed. Install one and set CHROMIUM_PATH to its path.");
  return installed;
}

function run(command, args) {
  spawnSync(command, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}
