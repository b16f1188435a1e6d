/**
 * Where the site will stand. `course.config.ts` says so; a publishing workflow that knows the host and the path may
 * override both with UNDERHOOD_SITE and UNDERHOOD_BASE.
 */
import course from "../course.config.ts";

/** "https://name.github.io" or a custom domain, without a path. */
export const site = process.env.UNDERHOOD_SITE || course.site;

/** The path under the host, with a slash at both ends: "/repository/", or "/" for a user page or a custom domain. */
export const base = withSlashes(process.env.UNDERHOOD_BASE || course.base);

function withSlashes(path) {
  return `/${path}/`.replace(/\/{2,}/g, "/");
}
