/** Unicode's normal forms, followed character by character as the Python library follows them. */
import type { Followed, Letter } from "./followed.ts";
import { textOf } from "./followed.ts";

/** Names of the four forms. */
export type NormalForm = "NFC" | "NFD" | "NFKC" | "NFKD";

/**
 * One character of the result: 0 stands for the next character of the text, −n for that one and the n after it, 1 for none
 * of its own: it shares the one before.
 */
interface Step {
  readonly character: string;
  readonly change: number;
}

/**
 * The text in a normal form. Where several characters became one, it stands for the first of them: "e" + accent became "é",
 * which stands for the "e". Where one became several, each stands for it.
 */
export function inNormalForm(letters: Followed, form: NormalForm): Followed {
  const text = textOf(letters);
  const normal = text.normalize(form);
  if (normal === text) return letters;
  const apart = form === "NFC" || form === "NFD" ? "NFD" : "NFKD";
  const steps = decomposed(letters, text, apart);
  return apply(letters, form === apart ? steps : composed(steps, normal));
}

/** Marks may change places in decomposing; equal ones keep their order, so each finds its own number again. */
function decomposed(letters: Followed, text: string, apart: "NFD" | "NFKD"): Step[] {
  const changes = new Queues();
  for (const { character } of letters) {
    Array.from(character.normalize(apart)).forEach((part, i) => {
      changes.put(part, i === 0 ? 0 : 1);
    });
  }
  return Array.from(text.normalize(apart), (character) => ({ character, change: changes.take(character) }));
}

/** Each composed character takes the first of its parts that are left. */
function composed(steps: readonly Step[], normal: string): Step[] {
  const changes = new Queues();
  for (const { character, change } of steps) changes.put(character, change);
  return Array.from(normal, (character) => {
    const parts = Array.from(character.normalize("NFD"));
    const sum = parts.reduce((total, part) => total + changes.take(part), 0);
    return { character, change: sum - (parts.length - 1) };
  });
}

function apply(letters: Followed, steps: readonly Step[]): Letter[] {
  let at = 0;
  return steps.map(({ character, change }) => {
    const from = letters[Math.min(letters.length, change > 0 ? at : at + 1) - 1];
    if (change <= 0) at += 1 - change;
    return { character, start: from?.start ?? 0, end: from?.end ?? 0 };
  });
}

/** Numbers waiting under a character each, first in, first out. */
class Queues {
  private readonly waiting = new Map<string, number[]>();

  put(key: string, value: number): void {
    const queue = this.waiting.get(key);
    if (queue) queue.push(value);
    else this.waiting.set(key, [value]);
  }

  take(key: string): number {
    return this.waiting.get(key)?.shift() ?? 0;
  }
}
