import type { AttentionKind, ModelInfo, Stack } from "../../../engine/model.ts";
import { MaskGlyph } from "./MaskGlyph.tsx";

interface StacksProps {
  readonly model: ModelInfo;
  /** The attention shown. */
  readonly kind: AttentionKind;
  readonly onKind: (kind: AttentionKind) => void;
}

/** What each block of attention is called, and what it looks at. */
const BLOCKS: Readonly<Record<AttentionKind, { readonly name: string; readonly sees: string }>> = {
  encoder: { name: "self-attention", sees: "looks both ways" },
  cross: { name: "cross-attention", sees: "looks at the source" },
  decoder: { name: "masked self-attention", sees: "looks back only" },
};

/** What goes in below and comes out above. */
const ENDS: Readonly<Record<Stack, { readonly below: string; readonly above: string }>> = {
  encoder: { below: "the whole text", above: "a vector for each token" },
  decoder: { below: "the text so far", above: "the next token" },
};

const NAMES: Readonly<Record<Stack, string>> = { encoder: "Encoder", decoder: "Decoder" };

/** Both stacks side by side; the one that the model lacks stays as an outline, so that the eye sees what is missing. */
export function Stacks(props: StacksProps) {
  const { encoder, decoder } = props.model.layers;
  return (
    <fieldset class="uh-stacks" aria-label="Blocks of the model; choose one with attention to see its matrix">
      <StackColumn {...props} stack="encoder" layers={encoder} blocks={["encoder"]} />
      <Bridge there={encoder > 0 && decoder > 0} />
      <StackColumn {...props} stack="decoder" layers={decoder} blocks={["cross", "decoder"]} />
    </fieldset>
  );
}

interface ColumnProps extends StacksProps {
  readonly stack: Stack;
  /** 0 where the model lacks the stack. */
  readonly layers: number;
  /** Its blocks of attention, from above. */
  readonly blocks: readonly AttentionKind[];
}

function StackColumn(props: ColumnProps) {
  const { stack, layers } = props;
  const there = layers > 0;
  return (
    <div class="uh-stack" data-stack={stack} data-lacking={!there || undefined}>
      <p class="uh-stack-end">{there ? ENDS[stack].above : ""}</p>
      <div class="uh-stack-layer">
        <p class="uh-stack-name">
          {there ? (
            <>
              {NAMES[stack]} <span>× {layers} layers</span>
            </>
          ) : (
            `no ${stack}`
          )}
        </p>
        <p class="uh-stack-block" data-plain data-lacking={!there || undefined}>
          feed-forward
        </p>
        {props.blocks.map((kind) => (
          <AttentionBlock key={kind} {...props} block={kind} there={hasBlock(props.model, kind)} />
        ))}
      </div>
      <p class="uh-stack-end" data-end="below">
        {there ? ENDS[stack].below : ""}
      </p>
    </div>
  );
}

function hasBlock({ layers }: ModelInfo, kind: AttentionKind): boolean {
  if (kind === "cross") return layers.encoder > 0 && layers.decoder > 0;
  return layers[kind] > 0;
}

function AttentionBlock(props: StacksProps & { readonly block: AttentionKind; readonly there: boolean }) {
  const { block, there, kind, onKind } = props;
  const { name, sees } = BLOCKS[block];
  if (!there) {
    return (
      <p class="uh-stack-block" data-lacking>
        {block === "cross" ? "no cross-attention" : name}
      </p>
    );
  }
  return (
    <button type="button" class="uh-stack-block" aria-pressed={kind === block} onClick={() => onKind(block)}>
      <MaskGlyph kind={block} />
      <span class="uh-stack-block-name">{name}</span>
      <span class="uh-stack-block-sees">{sees}</span>
    </button>
  );
}

/** The way from the encoder into the decoder. */
function Bridge(props: { readonly there: boolean }) {
  return (
    <div class="uh-bridge" data-lacking={!props.there || undefined}>
      <svg viewBox="0 0 40 24" class="uh-bridge-arrow" aria-hidden="true">
        <path d="M0 12H34M27 5l8 7-8 7" />
      </svg>
    </div>
  );
}
