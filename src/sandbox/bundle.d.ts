/** A program and all that it imports, as the text of one classic script: `scripts/bundle.mjs`. */
declare module "*?bundle" {
  const code: string;
  export default code;
}
