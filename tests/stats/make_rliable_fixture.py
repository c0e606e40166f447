"""Writes rliable_fixture.json: what rliable computes from a few scores.

Run with Python 3.11 in this folder, with exactly

    pip install rliable==1.2.0 arch==7.2.0 numpy==2.4.6 scipy==1.17.1 pandas==2.3.3

Beside every interval stand the indices that rliable drew for it, a digit each, so
that another implementation can be given the same draws and must agree to rounding.
"""

import json

import numpy as np
from rliable import library, metrics

REPS = 200
MANY_REPS = 50_000
# A quantile estimated from n draws is the true quantile of a probability that
# differs from the one asked for by sqrt(p (1 - p) / n) on average; four times
# that, from our draws and from rliable's, is what the convergence check allows.
OUR_REPS = 4000
P = 0.025
SPREAD = 4 * np.sqrt(P * (1 - P) * (1 / OUR_REPS + 1 / MANY_REPS))

THRESHOLDS = [round(0.1 * k, 10) for k in range(-5, 21)]

STATISTICS = {
    "mean": metrics.aggregate_mean,
    "median": metrics.aggregate_median,
    "interquartileMean": metrics.aggregate_iqm,
    "optimalityGap": metrics.aggregate_optimality_gap,
}


def make_scores():
    generator = np.random.RandomState(2021)

    def normal(seeds, tasks, mean):
        return np.round(generator.normal(mean, 0.3, (seeds, tasks)), 4)

    return {
        "few": normal(3, 1, 0.4),
        "five by four": normal(5, 4, 0.6),
        # One digit only: many ties, within the method and with others.
        "ties": np.round(generator.normal(0.5, 0.2, (5, 4)), 1),
        "ten by four": normal(10, 4, 0.7) * np.array([1, 2, 5, 0.1]),
    }


def record(resample):
    """Wraps an update_indices; returns the wrapped one and what it drew."""
    drawn = []

    def recording(self):
        indices = resample(self)
        if isinstance(indices[0], list):  # several methods: (positional, by key)
            drawn.extend(one[0] for one in indices[0])
        else:
            drawn.append(indices[0])
        return indices

    return recording, drawn


def intervals(scores, statistic, *, reps=REPS, size=0.95):
    """rliable's estimates and intervals of a vector of statistics."""
    several = isinstance(scores, list)
    owner = (
        library.StratifiedIndependentBootstrap
        if several
        else library.StratifiedBootstrap
    )
    original = owner.update_indices
    owner.update_indices, drawn = record(original)
    # rliable draws from NumPy's global generator, whatever random_state says.
    np.random.seed(5)
    try:
        estimates, bounds = library.get_interval_estimates(
            {"x": scores}, statistic, reps=reps, confidence_interval_size=size
        )
    finally:
        owner.update_indices = original
    digits = "".join(str(i) for indices in drawn for i in indices.ravel())
    return {
        "estimates": estimates["x"].tolist(),
        "lower": bounds["x"][0].tolist(),
        "upper": bounds["x"][1].tolist(),
        "indices": digits,
    }


def all_statistics(scores):
    return np.array([statistic(scores) for statistic in STATISTICS.values()])


def without_indices(result):
    return {key: value for key, value in result.items() if key != "indices"}


def main():
    scores = make_scores()
    profile = lambda sample: library.score_distributions(sample, THRESHOLDS)
    improvement = lambda x, y: np.array([metrics.probability_of_improvement(x, y)])
    pairs = [
        ("five by four", "ties"),
        ("ties", "five by four"),
        ("ten by four", "ties"),
        ("ties", "ties"),
    ]
    fixture = {
        "reps": REPS,
        "statistics": list(STATISTICS),
        "thresholds": THRESHOLDS,
        "scores": {name: matrix.tolist() for name, matrix in scores.items()},
        "aggregates": {
            name: intervals(matrix, all_statistics)
            for name, matrix in scores.items()
        },
        "profiles": {
            name: intervals(matrix, profile) for name, matrix in scores.items()
        },
        "improvements": [
            {"x": x, "y": y, **intervals([scores[x], scores[y]], improvement)}
            for x, y in pairs
        ],
        # The quantiles between which those of OUR_REPS draws must lie.
        "convergence": {
            "reps": OUR_REPS,
            "scores": "ten by four",
            "wide": without_indices(
                intervals(
                    scores["ten by four"],
                    all_statistics,
                    reps=MANY_REPS,
                    size=1 - 2 * (P - SPREAD),
                )
            ),
            "narrow": without_indices(
                intervals(
                    scores["ten by four"],
                    all_statistics,
                    reps=MANY_REPS,
                    size=1 - 2 * (P + SPREAD),
                )
            ),
        },
    }
    with open("rliable_fixture.json", "w", encoding="utf-8") as file:
        json.dump(fixture, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main()
