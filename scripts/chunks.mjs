/**
 * What is fetched together is written together: small files compress worse than one. A group holds what every page of its sort
 * needs before anything is touched; what is fetched after a click stays in files of its own.
 */

/** Of every figure: its frame, its text, and the way to a model. */
const FIGURE = [
  "components/views/figure/(?:Figure|Curtain|FailureNote|FigureMenu|LazyTable|LiveEditor|Popover|StatusChip)\\.tsx",
  "components/views/figure/(?:keepAddress|liveModels|liveStatus|liveText|status|textAdvice|tokenCounts)\\.ts",
  "components/views/tokens/(?:TokenChip\\.tsx|axis\\.ts|face\\.ts)",
  "components/controls/(?:TextEditor|TextField|Choice|textBounds|roving)\\.tsx?",
  "stored/(?:format|alignment)\\.ts",
  "workers/(?:client|status)\\.ts",
];

/** Of the figures that draw an attention matrix. */
const ATTENTION = [
  "components/views/attention/(?:attentionFigure|choice|link|mask|matrix|picture|reading|ticks|useFigure)\\.ts",
];

/** Of every exercise. */
const EXERCISE = [
  "components/exercises/(?:Exercise|Feedback|Inline)\\.tsx",
  "components/exercises/(?:authoring|axes|inline|outline|session|useSession|words)\\.ts",
];

/** Of every page: what was kept of the exercises, for the overview in the page's head. */
const KEPT = ["components/exercises/(?:useKept|progress/(?:kept|record|store))\\.ts"];

const within = (parts) => new RegExp(`/src/(?:${parts.join("|")})$`);

/** For Vite's `codeSplitting`. */
export const CHUNKS = {
  groups: [
    { name: "preact", test: /node_modules\/(?:preact|@preact|@astrojs\/preact)\//, priority: 5 },
    { name: "kept", test: within(KEPT), priority: 4 },
    { name: "figure", test: within(FIGURE), priority: 3 },
    { name: "attention", test: within(ATTENTION), priority: 2 },
    { name: "exercise", test: within(EXERCISE), priority: 1 },
  ],
};
