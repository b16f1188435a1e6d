/** What is known of each model before anything is downloaded. */
import type { Family, ModelInfo } from "../engine/model.ts";
import decoderSmall from "./decoder-small.json" with { type: "json" };
import minilm from "./encoder-minilm.json" with { type: "json" };
import smollm2 from "./smollm2-135m.json" with { type: "json" };
import translator from "./translator-en-fr.json" with { type: "json" };

/** What `npm run store` writes of a model. JSON modules type names as plain strings. */
interface StoredAbout {
  readonly info: Omit<ModelInfo, "family"> & { readonly family: string };
  /** Bytes of the runtime that runs it, uncompressed: the most that a browser may fetch. */
  readonly runtimeBytes: number;
}

/** A model before its download. */
export interface About {
  readonly info: ModelInfo;
  readonly runtimeBytes: number;
}

const ABOUT: readonly About[] = [translator, minilm, decoderSmall, smollm2].map(typed);

/** What is known of a model; throws RangeError for a name that is not in the list. */
export function aboutModel(id: string): About {
  const about = ABOUT.find(({ info }) => info.id === id);
  if (!about) throw new RangeError(`there is no model named ${id}`);
  return about;
}

function typed({ info, runtimeBytes }: StoredAbout): About {
  return { info: { ...info, family: info.family as Family }, runtimeBytes };
}
