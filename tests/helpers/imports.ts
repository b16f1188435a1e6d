import { readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, normalize } from "node:path";
import ts from "typescript";

/** One import: from which file, of what, and whether only types cross. */
export interface Import {
  readonly from: string;
  /** A path from the project's root for a file of ours, else the package's specifier. */
  readonly target: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
  /** The file is taken as text (`?raw`, `?bundle`) or as an address (`?url`): nothing of it runs here. */
  readonly asset: boolean;
}

const CODE = new Set([".ts", ".tsx", ".mjs", ".astro", ".mdx"]);

/** Every code file below a folder, as paths from the project's root. */
export function codeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => normalize(join(folder, name)))
    .filter((path) => CODE.has(extname(path)));
}

/** Every import of a file: static, re-exported, dynamic, `new URL(…, import.meta.url)` and `import.meta.glob`. */
export function importsOf(path: string): Import[] {
  const source = ts.createSourceFile("x.tsx", scriptOf(path), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => found.push(resolve(path, specifier, typeOnly));

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, importsOnlyTypes(node));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, node.isTypeOnly);
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      add(node.argument.literal.text, true);
    } else if (ts.isCallExpression(node) && loads(node)) {
      for (const text of stringsIn(node.arguments[0])) add(text, false);
    } else if (ts.isNewExpression(node) && isModuleUrl(node)) {
      for (const text of stringsIn(node.arguments?.[0])) add(text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The script in a file: all of it, an Astro file's frontmatter and scripts, or the ESM blocks of MDX. */
function scriptOf(path: string): string {
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".astro")) {
    const frontmatter = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? "";
    const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]);
    return [frontmatter, ...scripts].join("\n");
  }
  if (path.endsWith(".mdx")) {
    const body = text.replace(/^---\n[\s\S]*?\n---/, "").replace(/^```[\s\S]*?^```/gm, "");
    return body
      .split(/\n{2,}/)
      .filter((block) => /^\s*(import|export)\s/.test(block))
      .join("\n");
  }
  return text;
}

function importsOnlyTypes(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

function loads(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === "import.meta.glob";
}

function isModuleUrl(node: ts.NewExpression): boolean {
  return node.expression.getText() === "URL" && node.arguments?.[1]?.getText() === "import.meta.url";
}

function stringsIn(node: ts.Node | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  return ts.isArrayLiteralExpression(node) ? node.elements.flatMap(stringsIn) : [];
}

function resolve(from: string, specifier: string, typeOnly: boolean): Import {
  const [path = "", query = ""] = specifier.split("?");
  const asset = /^(raw|url|bundle)\b/.test(query) || /\.(css|json|py|svg|png)$/.test(path);
  const ours = path.startsWith(".") || path.startsWith("/src/");
  const target = !ours ? path : path.startsWith("/") ? path.slice(1) : normalize(join(dirname(from), path));
  return { from, target, ours, typeOnly, asset };
}
