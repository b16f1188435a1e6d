import { createMarkdownProcessor } from "@astrojs/markdown-remark";

const processor = createMarkdownProcessor({ syntaxHighlight: "prism" });

/** Code as HTML with Prism's classes: the path that code blocks in the text take, so that both look alike. */
export async function highlight(code: string, language: string): Promise<string> {
  // A fence longer than any run of backticks inside.
  const fence = "`".repeat(1 + Math.max(2, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length)));
  const { code: html } = await (await processor).render(`${fence}${language}\n${code.trimEnd()}\n${fence}`);
  return html;
}
