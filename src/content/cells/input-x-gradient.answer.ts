// For each token of the source one number: its embedding times its gradient, entry by entry, added up.
// embedding.source[token] and gradient.source[token] are lists of the same length.
function inputTimesGradient(embedding, gradient) {
  return gradient.source.map((slopes, token) => {
    const numbers = embedding.source[token];
    return slopes.reduce((sum, slope, i) => sum + slope * numbers[i], 0);
  });
}

plot(inputTimesGradient(embedding, gradient), { labels: tokens.source });
