/**
 * Runs everything that must hold: format and lint, types, unit tests, build, browser tests. Prints `N passed, N failed` last.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";

const REPORTS = "test-results";

/** Runs a command with its output shown; answers its exit status. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", shell: process.platform === "win32" });
    child.on("close", (status) => resolve(status ?? 1));
    child.on("error", () => resolve(1));
  });
}

/** A stage that passes or fails as one. */
async function stage(name, command, args) {
  console.log(`\n── ${name}`);
  const status = await run(command, args);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A stage whose test runner writes a JSON report that is counted. A run that fails without a failed test counts as one. */
async function counted(name, command, args, report, count) {
  console.log(`\n── ${name}`);
  const status = await run(command, args);
  const counts = existsSync(report) ? count(JSON.parse(readFileSync(report, "utf8"))) : { passed: 0, failed: 0 };
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  if (counts.passed + counts.failed === 0) counts.failed = 1;
  return counts;
}

const countVitest = (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests });
const countPlaywright = ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected });

const setup = spawnSync(process.execPath, ["scripts/setup.mjs"], { stdio: "inherit" });
if (setup.status !== 0) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const { ensureChromium } = await import("./browser.mjs");
process.env.CHROMIUM_PATH = ensureChromium();
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS);

const npx = (...args) => ["npx", ["--no-install", ...args]];
const results = [
  await stage("format and lint", ...npx("biome", "check", ".")),
  await stage("types", "npm", ["run", "--silent", "types"]),
  await counted("unit tests", ...npx("vitest", "run"), `${REPORTS}/unit.json`, countVitest),
  await stage("build", ...npx("astro", "build")),
  await counted("browser tests", ...npx("playwright", "test"), `${REPORTS}/browser.json`, countPlaywright),
];

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
