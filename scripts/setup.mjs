/**
 * Sets up what is missing: the packages of the lock file. Runs before `npm start` and `npm test` on any Node from 20 on,
 * and is quick when there is nothing to do.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync } from "node:fs";

const LOCK = "package-lock.json";
/** A copy of the lock file that the installed packages came from; when it differs, they are installed again. */
const STAMP = "node_modules/.installed-lock.json";

const upToDate = existsSync(STAMP) && readFileSync(STAMP, "utf8") === readFileSync(LOCK, "utf8");

if (!upToDate) {
  console.log("Installing packages …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("The packages could not be installed. Is there a connection to the npm registry?");
    process.exit(1);
  }
  copyFileSync(LOCK, STAMP);
}
