/**
 * Links below the base path. Authors write "/attention/head-view/"; where the site stands is `course.config.ts`' business.
 */

/** Puts the base in front of a root-relative address; leaves every other address as it is. */
export function withBase(address: string, base: string): string {
  if (!address.startsWith("/") || address.startsWith("//")) return address;
  const root = base.endsWith("/") ? base : `${base}/`;
  return root + address.slice(1);
}

/** The part of a syntax tree that can hold a link: an HTML element, or one written as JSX in MDX. */
interface TreeNode {
  readonly type: string;
  readonly properties?: Record<string, unknown>;
  readonly attributes?: { readonly type: string; readonly name?: string; value?: unknown }[];
  readonly children?: readonly TreeNode[];
}

const LINKING = ["href", "src"];

/** A rehype plugin that does `withBase` for every link and image of a page. */
export function rehypeBase(options: { readonly base: string }): (tree: TreeNode) => void {
  const visit = (node: TreeNode): void => {
    for (const name of LINKING) {
      const value = node.properties?.[name];
      if (node.properties && typeof value === "string") node.properties[name] = withBase(value, options.base);
    }
    for (const attribute of node.attributes ?? []) {
      if (LINKING.includes(attribute.name ?? "") && typeof attribute.value === "string") {
        attribute.value = withBase(attribute.value, options.base);
      }
    }
    for (const child of node.children ?? []) visit(child);
  };
  return visit;
}
