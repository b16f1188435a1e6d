import type { ReadonlySignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Figure } from "../figure/Figure.tsx";
import { LiveEditor } from "../figure/LiveEditor.tsx";
import type { FigureExports } from "../figure/types.ts";
import type { AttentionFigure } from "./attentionFigure.ts";
import { figureLink } from "./useFigure.ts";

interface AttentionFrameProps {
  readonly title: string;
  readonly figure: AttentionFigure & { readonly reading: ReadonlySignal<string> };
  readonly controls: ComponentChildren;
  readonly exports: FigureExports;
  /** While false the picture is hidden. */
  readonly curtain?: ReadonlySignal<boolean> | undefined;
  /** Without the text fields. */
  readonly compact: boolean;
  /** The picture. */
  readonly children: ComponentChildren;
}

/** The frame around a picture of attention: all that the head view and the model view have in common. */
export function AttentionFrame(props: AttentionFrameProps) {
  const { title, figure, controls, exports, curtain, compact, children } = props;
  return (
    <Figure
      id={figure.id}
      title={title}
      departure={figure.departure}
      wide
      compact={compact}
      status={figure.live.status}
      actions={figure.live.actions}
      controls={controls}
      editor={compact ? null : <LiveEditor id={figure.id} live={figure.live} />}
      reading={figure.reading}
      exports={exports}
      link={() => figureLink(figure)}
      onReset={figure.reset}
      notice={figure.notice}
      {...(curtain && { curtain })}
    >
      {children}
    </Figure>
  );
}
