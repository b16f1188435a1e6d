/** A sentence in lines of at most so many letters, broken between words. */
export function wrapped(sentence: string, letters: number): string[] {
  const lines = [""];
  for (const word of sentence.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length > letters) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
