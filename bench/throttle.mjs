/**
 * A line of fixed speed in front of a server, for every request of a page and of its workers: the browser's own emulation
 * leaves workers out. Counts what goes down it.
 */
import { connect, createServer } from "node:net";

/** How often the line lets bytes through, in milliseconds. */
const TICK = 10;

/**
 * @param {number} upstream port of the server behind
 * @param {number} bytesPerSecond speed of the line, all connections together
 */
export async function throttled(upstream, bytesPerSecond) {
  const waiting = [];
  let bytes = 0;
  let budget = 0;
  const timer = setInterval(() => {
    budget = Math.min(budget + (bytesPerSecond * TICK) / 1000, bytesPerSecond / 10);
    while (budget > 0 && waiting.length > 0) {
      const { chunk, to } = waiting.shift();
      const part = chunk.subarray(0, Math.ceil(budget));
      if (part.length < chunk.length) waiting.unshift({ chunk: chunk.subarray(part.length), to });
      budget -= part.length;
      bytes += part.length;
      if (!to.destroyed) to.write(part);
    }
  }, TICK);

  const server = createServer((browser) => {
    const site = connect(upstream, "localhost");
    for (const socket of [browser, site]) socket.on("error", () => socket.destroy());
    browser.pipe(site);
    site.on("data", (chunk) => waiting.push({ chunk, to: browser }));
    browser.on("close", () => site.destroy());
  });
  const port = await new Promise((resolve) => server.listen(0, "localhost", () => resolve(server.address().port)));
  return {
    port,
    bytes: () => bytes,
    close() {
      clearInterval(timer);
      server.close();
    },
  };
}
