/**
 * What the course is made of, in reading order. The contents list, the home page and the page titles read it here;
 * `course.config.ts` says which chapters are shown.
 */

/** Names of the chapters, as in `course.config.ts`. */
export type ChapterId = "attention" | "gradients";

/** One page of a chapter. */
export interface CoursePage {
  /** Path below the base, without slashes at the ends; also the file below `src/content/docs`. */
  readonly slug: string;
  readonly label: string;
}

/** A page beside the chapters, with those that belong under it: listed while one of them is open. */
export interface BesidePage extends CoursePage {
  readonly pages?: readonly CoursePage[];
}

export interface Chapter {
  readonly id: ChapterId;
  readonly number: number;
  readonly title: string;
  readonly pages: readonly CoursePage[];
}

/** All chapters, shown or not. The first page of each is its overview. */
export const CHAPTERS: readonly Chapter[] = [
  {
    id: "attention",
    number: 1,
    title: "Attention",
    pages: [
      { slug: "attention", label: "Overview" },
      { slug: "attention/three-kinds", label: "Three kinds of attention" },
      { slug: "attention/what-a-score-is", label: "What a score is" },
      { slug: "attention/running-a-model", label: "Running a model" },
      { slug: "attention/model-view", label: "Every head at once" },
      { slug: "attention/head-view", label: "One head, line by line" },
      { slug: "attention/exercise-6-1-1", label: "Exercise 6.1.1" },
      { slug: "attention/heads-with-jobs", label: "Heads that do different things" },
      { slug: "attention/switching-heads-off", label: "Switching heads off" },
      { slug: "attention/working-with-numbers", label: "Working with the numbers" },
      { slug: "attention/is-attention-an-explanation", label: "Is attention an explanation?" },
    ],
  },
  {
    id: "gradients",
    number: 2,
    title: "Gradient tracing",
    pages: [
      { slug: "gradients", label: "Overview" },
      { slug: "gradients/nudge-an-input", label: "Nudge an input" },
      { slug: "gradients/saliency", label: "Saliency and input × gradient" },
      { slug: "gradients/integrated-gradients", label: "Integrated gradients" },
      { slug: "gradients/why-a-and-not-b", label: "Why A and not B" },
      { slug: "gradients/through-the-layers", label: "Through the layers" },
      { slug: "gradients/does-it-hold", label: "Does it hold?" },
      { slug: "gradients/patching", label: "Put a state back" },
      { slug: "gradients/exercises", label: "Exercises" },
    ],
  },
];

/** Pages beside the chapters. */
export const BESIDE: readonly BesidePage[] = [
  {
    slug: "models",
    label: "The models",
    pages: [
      { slug: "models/translator-en-fr", label: "The translator" },
      { slug: "models/encoder-minilm", label: "MiniLM" },
      { slug: "models/decoder-small", label: "The small decoder" },
      { slug: "models/smollm2-135m", label: "SmolLM2" },
    ],
  },
  { slug: "lecturers", label: "For lecturers" },
  { slug: "credits", label: "Credits and references" },
];

/** The chapters that are switched on. */
export function shownChapters(on: Readonly<Record<ChapterId, boolean>>): readonly Chapter[] {
  return CHAPTERS.filter((chapter) => on[chapter.id]);
}

/** The chapter that a page belongs to, or undefined for a page beside the chapters. */
export function chapterOf(slug: string): Chapter | undefined {
  return CHAPTERS.find((chapter) => chapter.pages.some((page) => page.slug === slug));
}
