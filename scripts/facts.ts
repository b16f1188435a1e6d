/**
 * Facts for the prose: every number and every claim about a model that a page states, computed from the stored runs,
 * the models' files and their cards; one file a subject in `facts/`. `npm run facts` writes `src/stored/facts.json`;
 * `<Fact name="…" />` shows an entry; `tests/unit/content/facts.test.ts` fails when an entry is stale, missing, unused,
 * or no longer holds.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { aboutCards } from "./facts/cards.ts";
import { aboutDog } from "./facts/dog.ts";
import { type Fact, ROOT, read } from "./facts/fact.ts";
import { aboutHeads } from "./facts/heads.ts";
import { aboutIg } from "./facts/ig.ts";
import { aboutKinds } from "./facts/kinds.ts";
import { aboutLayers } from "./facts/layers.ts";
import { aboutNudges } from "./facts/nudge.ts";
import { aboutNumbers } from "./facts/numbers.ts";
import { aboutPatching } from "./facts/patching.ts";
import { aboutRemoval } from "./facts/removal.ts";
import { aboutContrast, aboutSaliency } from "./facts/saliency.ts";
import { aboutScore } from "./facts/score.ts";
import { aboutSizes } from "./facts/sizes.ts";
import { aboutSwitches } from "./facts/switches.ts";

/** All facts, by name. */
export function computeFacts(): Record<string, Fact> {
  return {
    ...aboutSizes(),
    ...aboutCards(),
    ...aboutDog(),
    ...aboutKinds(),
    ...aboutNumbers(),
    ...aboutScore(),
    ...aboutHeads(read),
    ...aboutSwitches(read),
    ...aboutRemoval(read),
    ...aboutNudges(read),
    ...aboutIg(read),
    ...aboutSaliency(read),
    ...aboutContrast(read),
    ...aboutLayers(read),
    ...aboutPatching(read),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const facts = computeFacts();
  writeFileSync(new URL("src/stored/facts.json", ROOT), `${JSON.stringify(facts, null, 2)}\n`);
  for (const [key, { text, holds }] of Object.entries(facts)) console.log(holds === false ? "✗" : "·", key, "=", text);
}
