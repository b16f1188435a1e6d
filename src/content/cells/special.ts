const overWords = (rows) => mean(rows.filter((_, i) => !tokens.source[i].special));
const heads = attention.encoder.flat();

// How much of each head's weight lies on special tokens, and how spread out it is.
const special = heads.map((head) => overWords(specialWeight(head, tokens.source)));
const wide = heads.map((head) => overWords(entropy(head)));

const top = argmax(special);
const perLayer = attention.encoder[0].length;
print(`most of all: ${special[top].toFixed(2)}, in the pictures layer ${Math.floor(top / perLayer) + 1}, head ${(top % perLayer) + 1}`);
print("rank correlation with entropy:", spearman(special, wide));
plot(special.slice(24, 36), { title: "attention.encoder[2], head by head" });
