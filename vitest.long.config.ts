import { getViteConfig } from "astro/config";

/** Tests that need a model which is not committed, and minutes: `npm run test:smollm2`. */
export default getViteConfig({
  test: { include: ["tests/long/*.test.ts"], environment: "node", testTimeout: 180_000, hookTimeout: 180_000 },
} as Parameters<typeof getViteConfig>[0]);
