/**
 * Serves the built site on http://localhost:4321 (or the port in PORT, or the next free one) until it is stopped.
 */
import course from "../course.config.ts";
import { serve } from "./server.mjs";
import { base } from "./site.mjs";

const FIRST = Number(process.env.PORT ?? 4321);
const TRIES = 20;

async function serveOnFreePort() {
  for (let port = FIRST; port < FIRST + TRIES; port += 1) {
    try {
      await serve({ base, port });
      return port;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || process.env.PORT) throw error;
    }
  }
  throw new Error(`No free port between ${FIRST} and ${FIRST + TRIES - 1}; set PORT to one that is free.`);
}

const port = await serveOnFreePort().catch((error) => {
  console.error(error.code === "EADDRINUSE" ? `Port ${FIRST} is taken; set PORT to one that is free.` : error.message);
  process.exit(1);
});
console.log(`\n  ${course.title} is at  http://localhost:${port}${base}\n\n  Stop it with Ctrl+C.`);
