// One head: a row for each token, in it a weight for each token. In code, layers and heads count from 0.
const head = attention.encoder[0][2];
print("entropy of each row:", entropy(head));
print("tokens away:", distance(head));

// The mean of a head runs over the words alone: rows of special tokens are left out.
const overWords = (rows) => mean(rows.filter((_, i) => !tokens.source[i].special));

plot(entropy(attention.encoder).map((heads) => heads.map(overWords)), {
  title: "mean entropy: layers down, heads across, from 0",
});
