"""What scipy and numpy say about made-up numbers: rank correlation, distances between rows, intervals, a layout on a plane."""

import numpy as np
from scipy.spatial.distance import jensenshannon, pdist, squareform
from scipy.stats import bootstrap, entropy, pearsonr, spearmanr

RESAMPLES = 1000  # as in the engine
ROUNDS = 200


def correlations(rng):
    """Pairs of lists with Spearman's rho and Pearson's r; the later ones have ties."""
    pairs = [(rng.normal(size=n), rng.normal(size=n)) for n in (3, 8, 30)]
    pairs += [(rng.integers(0, top, 15), rng.integers(0, top, 15)) for top in (3, 6)]
    pairs.append((rng.integers(0, 4, 20), rng.normal(size=20)))
    both = lambda a, b: dict(rho=float(spearmanr(a, b).statistic), r=float(pearsonr(a, b).statistic))  # noqa: E731
    return [dict(a=a.tolist(), b=b.tolist(), **both(a, b)) for a, b in pairs]


def rows(rng, layers=2, heads=2, tokens=6):
    """A made-up attention with its entropies and the mean Jensen-Shannon distance of each pair of heads."""
    attention = rng.dirichlet(np.full(tokens, 0.5), (layers * heads, tokens)).astype(np.float32)
    attention[0, 0] = np.eye(tokens)[0]  # zeros, and a row that two heads share
    attention[1, 0] = np.eye(tokens)[0]
    pairs = [[jensenshannon(one, other, axis=-1).mean() for other in attention] for one in attention]
    return dict(
        shape=[layers, heads, tokens, tokens],
        attention=attention.ravel().tolist(),
        entropy=entropy(attention, axis=-1).ravel().tolist(),
        distances=np.ravel(pairs).tolist(),
    )


def layout(rng, things=9, axes=4):
    """Distances between made-up points with their classical scaling, by numpy's eigenvectors, and the share it keeps."""
    points = rng.normal(size=(things, axes)) * [3, 2, 1, 0.5]
    distances = squareform(pdist(points) + rng.uniform(0, 0.2, things * (things - 1) // 2))  # no longer exactly flat
    centring = np.eye(things) - 1 / things
    values, vectors = np.linalg.eigh(-0.5 * centring @ distances**2 @ centring)
    values, vectors = values[::-1], vectors[:, ::-1]
    places = vectors[:, :2] * np.sqrt(values[:2])
    places *= np.sign(places[np.abs(places).argmax(0), [0, 1]])
    kept = values[:2].sum() / values[values > 0].sum()
    return dict(distances=distances.ravel().tolist(), places=places.ravel().tolist(), kept=float(kept))


def intervals(rng, sentences=40):
    """Means of skewed values with scipy's percentile interval, and how far its ends vary from one thousand draws to the next."""
    values = np.stack([rng.normal(size=sentences), rng.exponential(size=sentences), rng.beta(0.3, 0.5, sentences)], 1)
    ends = lambda count: interval(values, count, rng)  # noqa: E731
    low, high = ends(100_000)
    errors = np.std([ends(RESAMPLES) for _ in range(ROUNDS)], axis=0)
    return dict(
        values=values.tolist(),
        mean=values.mean(0).tolist(),
        low=low.tolist(),
        high=high.tolist(),
        lowError=errors[0].tolist(),
        highError=errors[1].tolist(),
    )


def interval(values, count, rng):
    found = bootstrap((values,), np.mean, axis=0, n_resamples=count, method="percentile", random_state=rng, batch=2000)
    return found.confidence_interval.low, found.confidence_interval.high
