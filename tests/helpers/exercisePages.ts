import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createProcessor } from "@mdx-js/mdx";
import { COMPONENTS } from "../../src/components/exercises/authoring.ts";
import type { Kind } from "../../src/components/exercises/types.ts";

/** An exercise as its author wrote it. Attributes that are no literals (signals, stored runs) are left out. */
export interface WrittenExercise {
  readonly page: string;
  readonly line: number;
  readonly kind: Kind;
  readonly props: Readonly<Record<string, unknown>>;
  /** Names of all attributes, literal or not. */
  readonly attributes: readonly string[];
}

interface Node {
  readonly type: string;
  readonly name?: string | null;
  readonly children?: readonly Node[];
  readonly attributes?: readonly Attribute[];
  readonly position?: { readonly start: { readonly line: number } };
}

interface Attribute {
  readonly name?: string;
  readonly value?: string | null | { readonly data?: { readonly estree?: { readonly body: readonly Tree[] } | null } };
}

/** As much of ESTree as literals need. */
interface Tree {
  readonly type: string;
  readonly expression?: Tree;
  readonly value?: unknown;
  readonly key?: Tree;
  readonly name?: string;
  readonly computed?: boolean;
  readonly properties?: readonly Tree[];
  readonly elements?: readonly (Tree | null)[];
  readonly quasis?: readonly { readonly value: { readonly cooked?: string | null } }[];
  readonly expressions?: readonly Tree[];
  readonly operator?: string;
  readonly argument?: Tree;
  readonly left?: Tree;
  readonly right?: Tree;
}

/** Pages of the course, as paths below `src/content/docs` without extension, with their text. */
export function coursePages(): { id: string; body: string }[] {
  const root = "src/content/docs";
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".mdx"))
    .map((name) => ({
      id: name.replace(/\.mdx$/, "").replace(/(^|\/)index$/, ""),
      body: readFileSync(join(root, name), "utf8"),
    }));
}

/** The exercises of a page, read with MDX's own parser. */
export function exercisesIn(page: string, text: string): WrittenExercise[] {
  const source = text.replace(/^---\n[\s\S]*?\n---/, (matter) => matter.replace(/[^\n]/g, ""));
  const tree = createProcessor().parse(source) as Node;
  const files = rawFiles(text);
  const found: WrittenExercise[] = [];
  const visit = (node: Node): void => {
    const kind = kindOf(node.name);
    if (kind) found.push(read(page, kind, node, files));
    for (const child of node.children ?? []) visit(child);
  };
  visit(tree);
  return found;
}

function kindOf(name: string | null | undefined): Kind | undefined {
  const kinds = Object.keys(COMPONENTS) as Kind[];
  return kinds.find((kind) => COMPONENTS[kind] === name);
}

/** Texts that a page takes in with `?raw`, by the names that it gives them. */
type Files = Readonly<Record<string, string>>;

function rawFiles(text: string): Files {
  const imports = text.matchAll(/^import (\w+) from "(?:\.\.\/)+cells\/([^"]+)\?raw";$/gm);
  return Object.fromEntries(
    [...imports].map(([, name, path = ""]) => [name, readFileSync(join("src/content/cells", path), "utf8")]),
  );
}

function read(page: string, kind: Kind, node: Node, files: Files): WrittenExercise {
  const attributes = (node.attributes ?? []).filter((attribute) => attribute.name !== undefined);
  const props: Record<string, unknown> = {};
  for (const { name = "", value } of attributes) {
    if (typeof value === "string") props[name] = value;
    else if (value) {
      const tree = value.data?.estree?.body[0]?.expression;
      const literal = tree?.type === "Identifier" ? files[tree.name ?? ""] : literalOf(tree);
      if (literal !== undefined) props[name] = literal;
    } else props[name] = true;
  }
  const line = node.position?.start.line ?? 0;
  return { page, line, kind, props, attributes: attributes.map(({ name = "" }) => name) };
}

/** The value of a literal; undefined for whatever has to be run. */
function literalOf(tree: Tree | null | undefined): unknown {
  if (!tree) return undefined;
  switch (tree.type) {
    case "Literal":
      return tree.value;
    case "TemplateLiteral":
      return tree.expressions?.length ? undefined : tree.quasis?.map(({ value }) => value.cooked).join("");
    case "UnaryExpression":
      return tree.operator === "-" ? -Number(literalOf(tree.argument)) : undefined;
    case "BinaryExpression":
      return tree.operator === "+" ? joined(literalOf(tree.left), literalOf(tree.right)) : undefined;
    case "ArrayExpression":
      return tree.elements?.map(literalOf);
    case "ObjectExpression":
      return Object.fromEntries(
        (tree.properties ?? []).map((property) => [nameOf(property.key), literalOf(property.value as Tree)]),
      );
    default:
      return undefined;
  }
}

function joined(left: unknown, right: unknown): unknown {
  return typeof left === "string" && typeof right === "string" ? left + right : undefined;
}

function nameOf(key: Tree | undefined): string {
  return key?.type === "Identifier" ? (key.name ?? "") : String(key?.value);
}
