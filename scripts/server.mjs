/**
 * Serves `dist/` the way GitHub Pages does: under the base path, compressed, with index files, a redirect to the trailing
 * slash and the site's own 404 page; no headers that isolate the page.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import compression from "compression";
import sirv from "sirv";

/**
 * @param {{ directory?: string, base: string, port: number }} options directory of the built site, its base path ("/repo/") and the port
 * @returns {Promise<import("node:http").Server>} the listening server
 */
export function serve({ directory = "dist", base, port }) {
  const compress = compression();
  const files = sirv(directory, { dotfiles: false, etag: true, dev: true });
  const prefix = base.replace(/\/$/, "");

  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    if (prefix !== "" && !url.startsWith(`${prefix}/`)) return missing(directory, response);
    const path = url.slice(prefix.length).split("?")[0] ?? "/";
    if (!path.endsWith("/") && existsSync(join(directory, decodePath(path), "index.html"))) {
      response.writeHead(301, { location: `${prefix}${path}/` }).end();
      return;
    }
    request.url = url.slice(prefix.length);
    compress(request, response, () => files(request, response, () => missing(directory, response)));
  });

  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, () => resolve(server));
  });
}

function decodePath(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return "/";
  }
}

function missing(directory, response) {
  const page = join(directory, "404.html");
  response.writeHead(404, { "content-type": "text/html; charset=utf-8" });
  response.end(existsSync(page) ? readFileSync(page) : "Not found");
}
