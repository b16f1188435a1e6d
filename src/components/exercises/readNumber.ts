const WORDS = " one two three four five six seven eight nine ten eleven twelve".split(" ");

/** The number that a reader typed: with point or comma, with a percent sign, or a word from one to twelve; or null. */
export function readNumber(text: string): number | null {
  const word = WORDS.indexOf(text.trim().toLowerCase());
  if (word > 0) return word;
  const match = /^([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+))(?:e([+-]?\d{1,3}))?\s*(%?)$/i.exec(text.trim().replace("−", "-"));
  if (!match) return null;
  const [, digits = "", exponent, percent] = match;
  const value = Number(digits.replace(",", ".")) * 10 ** Number(exponent ?? 0);
  return percent ? value / 100 : value;
}
