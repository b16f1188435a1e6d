// The Jensen–Shannon distance of two rows: how much entropy is won by mixing them.
function apart(one, other) {
  const mixed = one.map((weight, key) => (weight + other[key]) / 2);
  return Math.sqrt(Math.max(0, entropy(mixed) - (entropy(one) + entropy(other)) / 2));
}

const one = attention.encoder[4][5];
const other = attention.encoder[2][7];
plot(one.map((row, i) => apart(row, other[i])), { labels: tokens.source, title: "row by row" });

// Against every head of a layer: which is the closest?
plot(attention.encoder[2].map((head) => mean(one.map((row, i) => apart(row, head[i])))), { title: "attention.encoder[2], head by head" });
