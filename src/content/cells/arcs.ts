// Which word depends on which, as the treebank would have it.
const arcs = [
  ["The", "dog", "det"],
  ["brown", "dog", "amod"],
  ["dog", "ran", "nsubj"],
];
const at = (text) => tokens.source.findIndex((token) => token.text === text);

// The word that a word looks at most: not a special token, not the word itself.
function strongest(row, self) {
  return argmax(row.map((weight, i) => (i === self || tokens.source[i].special ? -1 : weight)));
}

for (const [word, head, relation] of arcs) {
  const hits = attention.encoder.map((heads) => heads.map((matrix) => (strongest(matrix[at(word)], at(word)) === at(head) ? 1 : 0)));
  print(relation, "right in", hits.flat().filter((hit) => hit).length, "of", hits.flat().length, "heads");
}
