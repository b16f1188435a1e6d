/**
 * Which models this copy of the site holds, looked up when it is built: some are built on demand and not part of every copy.
 * For pages alone, which hand the names to their figures; so a reader's browser never asks for files that are not there.
 */
export const PRESENT: readonly string[] = Object.keys(import.meta.glob("../../public/models/*/manifest.json")).map(
  (path) => path.split("/").at(-2) ?? "",
);
