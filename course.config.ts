/**
 * The one file that a lecturer edits after forking.
 */
export interface CourseConfig {
  /** Shown in the header and in the browser's tab. */
  readonly title: string;
  /** The course that this copy is for; shown on the home page. Empty for none. */
  readonly course: string;
  /** Who teaches it; shown in the footer. Empty for none. */
  readonly author: string;
  /** Where the site will stand: "https://name.github.io" or a custom domain, without a path. */
  readonly site: string;
  /** The path under that host: "/repository/" for a project page, "/" for a user page or a custom domain. */
  readonly base: string;
  /** Chapters that are shown; a chapter set to false is left out of the contents, the home page and the build's links. */
  readonly chapters: { readonly attention: boolean; readonly gradients: boolean };
  /** Host of models that are not built in. */
  readonly modelHost: string;
}

const config: CourseConfig = {
  title: "Underhood",
  course: "",
  author: "",
  site: "https://example.github.io",
  base: "/underhood/",
  chapters: { attention: true, gradients: true },
  modelHost: "https://huggingface.co",
};

export default config;
