/**
 * The methods, one a row. Each follows the number of a target, whichever it is: a contrast ("A and not B", Yin and Neubig
 * 2022, "Interpreting Language Models with Contrastive Explanations") is a target with `against`, so every method has it.
 */
import type { MethodId } from "../attribute.ts";
import { attentionXGradient } from "./attentionXGradient.ts";
import { headGates } from "./headGates.ts";
import { inputXGradient } from "./inputXGradient.ts";
import { integratedGradients } from "./integratedGradients.ts";
import { layerInputXGradient } from "./layerInputXGradient.ts";
import type { Method } from "./method.ts";
import { occlusion } from "./occlusion.ts";
import { rollout } from "./rollout.ts";
import { saliency } from "./saliency.ts";
import { shapley } from "./shapley.ts";

export const METHODS: Readonly<Record<MethodId, Method>> = {
  saliency,
  "input-x-gradient": inputXGradient,
  "integrated-gradients": integratedGradients,
  "layer-input-x-gradient": layerInputXGradient,
  "attention-x-gradient": attentionXGradient,
  rollout,
  occlusion,
  shapley,
  "head-gates": headGates,
};
