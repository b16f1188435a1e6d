import { storedAnswers } from "../../../../../src/components/widgets/patching/askPatching.ts";
import brownDog from "../../../../../src/stored/attributions/brown-dog.json";
import maryJohn from "../../../../../src/stored/attributions/mary-john.json";
import { storedPatching } from "../../../../../src/stored/checkFigures.ts";
import decoderSmall from "../../../../../src/stored/checks/patching-decoder-small.json";
import translator from "../../../../../src/stored/checks/patching-translator-en-fr.json";

export const decoder = storedAnswers(storedPatching(decoderSmall, maryJohn));
export const french = storedAnswers(storedPatching(translator, brownDog));

/** The stored answer to the first question. */
export function patchedOf({ first, find }: typeof decoder) {
  const patched = find(first);
  if (!patched) throw new Error("nothing is stored");
  return patched;
}
