// Which tokens of the question are looked at while a word of the answer is written?
// For each of them: the largest weight that any head, in any layer, puts on it.
function lookedAt(word, attention, tokens) {
  // 1. Which attention leads from the answer back to the question?
  const layers = attention.encoder;

  // 2. A row belongs to the token that is written from it. In which list is its place?
  const row = tokens.read.findIndex((token) => token.text === word);

  const heads = layers.flat();
  return tokens.source.map((_, key) => Math.max(...heads.map((head) => head[row][key])));
}

plot(lookedAt("Paris", attention, tokens), { labels: tokens.source });
