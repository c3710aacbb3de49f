"""Coefficients of agreement between coders, with confidence intervals.

Ratings are a table of units by coders; None stands for "not rated". All coefficients are for nominal categories.

Sources. Cohen's kappa: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
Measurement 20 (1960). Krippendorff's alpha: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability",
University of Pennsylvania (2011). AC1: K. L. Gwet, "Computing inter-rater reliability and its variance in the
presence of high agreement", British Journal of Mathematical and Statistical Psychology 61 (2008). Standard errors
of the three: the linearization of K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), ch. 5, over
units, with Student's t on n-1 degrees of freedom. Interval of the per cent agreement of two coders: E. B. Wilson,
Journal of the American Statistical Association 22 (1927), which stays honest where all units agree.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95

Ratings = Sequence[Sequence[Hashable | None]]
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its confidence interval. `value` is None where it is not defined, and `note` says why.

    `units` counts the units that entered, `se` is the standard error; `low` and `high` bound the interval.
    """

    measure: str
    value: float | None
    low: float | None = None
    high: float | None = None
    se: float | None = None
    units: int = 0
    note: str = ""


def per_cent(ratings: Ratings, confidence: float = CONFIDENCE) -> Estimate:
    """Share of pairs of ratings of the same unit that agree, from 0 to 1; Wilson's interval for two coders."""
    counts = _counted(ratings)
    size = counts.sum(axis=1)
    pairs = int((size >= 2).sum())
    if not pairs:
        return Estimate("per cent", None, note=_NOTHING)
    agreeing = _agreement(counts)
    share = float(agreeing.sum() / pairs)
    if size.max() == 2:
        two = agreeing[size == 2]
        return Estimate("per cent", share, *_wilson(share, pairs, confidence), se=_se(two - share, pairs), units=pairs)
    units = int((size >= 1).sum())
    estimate = _with_interval("per cent", share, (agreeing * units / pairs - share)[size >= 1], units, confidence)
    return replace(estimate, units=pairs)


def cohen_kappa(ratings: Ratings, confidence: float = CONFIDENCE) -> Estimate:
    """Cohen's kappa of two coders, on the units that both rated."""
    if any(len(unit) != 2 for unit in ratings):
        return Estimate("kappa", None, note="Cohen's kappa is for two coders: compare them pair by pair")
    both = [unit for unit in ratings if unit[0] is not None and unit[1] is not None]
    if not both:
        return Estimate("kappa", None, note=_NOTHING)
    kinds = {kind: i for i, kind in enumerate(dict.fromkeys(kind for unit in both for kind in unit))}
    first, second = (np.array([kinds[unit[coder]] for unit in both]) for coder in (0, 1))
    units, size = len(both), len(kinds)
    p, q = np.bincount(first, minlength=size) / units, np.bincount(second, minlength=size) / units
    expected = float(p @ q)
    agreeing = (first == second).astype(float)
    if expected == 1:
        return Estimate("kappa", None, units=units, note=_ONE_KIND)
    if p.max() == 1 or q.max() == 1:
        return Estimate("kappa", 0.0, units=units, note=_CONSTANT)
    value = (float(agreeing.mean()) - expected) / (1 - expected)
    influence = (agreeing - expected) / (1 - expected) - 2 * (1 - value) * ((q[first] + p[second]) / 2 - expected) / (1 - expected)
    return _with_interval("kappa", value, influence - value, units, confidence)


def krippendorff_alpha(ratings: Ratings, confidence: float = CONFIDENCE) -> Estimate:
    """Krippendorff's alpha for nominal data, any number of coders, with missing ratings."""
    counts = _counted(ratings)
    counts = counts[counts.sum(axis=1) >= 2]
    units = len(counts)
    if not units:
        return Estimate("alpha", None, note=_NOTHING)
    size = counts.sum(axis=1)
    total = float(size.sum())
    shares = counts.sum(axis=0) / total
    expected = float(shares @ shares)
    if expected == 1:
        return Estimate("alpha", None, units=units, note=_ONE_KIND)
    agreeing, mean = size * _agreement(counts), total / units
    paired = float(agreeing.sum()) / total
    observed = (1 - 1 / total) * paired + 1 / total
    value, plain = (observed - expected) / (1 - expected), (paired - expected) / (1 - expected)
    surplus = (size - mean) / mean
    own = (agreeing / mean - observed * surplus - expected) / (1 - expected)
    pull = (counts @ shares) / mean - expected * surplus
    influence = own - 2 * (1 - plain) * (pull - expected) / (1 - expected)
    return _with_interval("alpha", value, influence - plain, units, confidence)


def gwet_ac1(ratings: Ratings, confidence: float = CONFIDENCE) -> Estimate:
    """Gwet's AC1, any number of coders, with missing ratings. Categories are those that occur."""
    counts = _counted(ratings)
    counts = counts[counts.sum(axis=1) >= 1]
    size = counts.sum(axis=1)
    units, pairs = len(counts), int((size >= 2).sum())
    if not pairs:
        return Estimate("AC1", None, note=_NOTHING)
    kinds = counts.shape[1]
    if kinds < 2:
        return Estimate("AC1", None, units=pairs, note=_ONE_KIND)
    profile = counts / size[:, None]
    shares = profile.mean(axis=0)
    expected = float((shares * (1 - shares)).sum() / (kinds - 1))
    agreeing = np.where(size >= 2, _agreement(counts), 0.0)
    observed = float(agreeing.sum() / pairs)
    value = (observed - expected) / (1 - expected)
    own = np.where(size >= 2, (units / pairs) * (agreeing - expected) / (1 - expected), 0.0)
    pull = (profile @ (1 - shares)) / (kinds - 1)
    influence = own - 2 * (1 - value) * (pull - expected) / (1 - expected)
    return replace(_with_interval("AC1", value, influence - value, units, confidence), units=pairs)


_NOTHING = "nothing in common to compare"
_ONE_KIND = "only one category occurs: agreement beyond chance is not defined"
_CONSTANT = "one coder gave the same answer throughout: kappa is 0 however far they agree"
_ALL_AGREE = "all agree: the interval of a coefficient that cannot vary says nothing; see that of the per cent"


def _counted(ratings: Ratings) -> _Floats:
    """How many coders put each unit into each category: a row for each unit, a column for each category."""
    kinds = {kind: i for i, kind in enumerate(dict.fromkeys(kind for unit in ratings for kind in unit if kind is not None))}
    counts = np.zeros((len(ratings), max(1, len(kinds))))
    for place, unit in enumerate(ratings):
        for kind in unit:
            if kind is not None:
                counts[place, kinds[kind]] += 1
    return counts


def _agreement(counts: _Floats) -> _Floats:
    """For each unit, the share of its pairs of ratings that agree; 0 where it has no pair."""
    size = counts.sum(axis=1)
    pairs = np.maximum(size * (size - 1), 1)
    agreeing: _Floats = (counts * (counts - 1)).sum(axis=1) / pairs
    return agreeing


def _se(deviations: _Floats, units: int) -> float | None:
    """Standard error of a mean from each unit's deviation."""
    return math.sqrt(float((deviations**2).sum()) / (units * (units - 1))) if units > 1 else None


def _with_interval(measure: str, value: float, deviations: _Floats, units: int, confidence: float) -> Estimate:
    se = _se(deviations, units)
    if se is None:
        return Estimate(measure, value, units=units, note="one unit: no interval can be given")
    if se < 1e-12 and value > 1 - 1e-12:
        return Estimate(measure, value, se=0.0, units=units, note=_ALL_AGREE)
    half = student_quantile((1 + confidence) / 2, units - 1) * se
    return Estimate(measure, value, max(-1.0, value - half), min(1.0, value + half), se, units)


def _wilson(share: float, units: int, confidence: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    centre = (share + z * z / (2 * units)) / (1 + z * z / units)
    half = z * math.sqrt(share * (1 - share) / units + z * z / (4 * units * units)) / (1 + z * z / units)
    return max(0.0, centre - half), min(1.0, centre + half)


def student_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t (probability > 0.5), by bisection on its distribution function."""
    low, high = 0.0, 1.0
    while _student_cdf(high, freedom) < probability:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _student_cdf(middle, freedom) < probability else (low, middle)
    return (low + high) / 2


def _student_cdf(t: float, freedom: int) -> float:
    """Distribution function of Student's t for whole degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4)."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine = math.cos(angle)
    term = total = cosine if freedom % 2 else 1.0
    for k in range(3 if freedom % 2 else 2, freedom - 1, 2):
        term *= cosine * cosine * (k - 1) / k
        total += term
    if freedom % 2:
        inside = 2 / math.pi * (angle + (math.sin(angle) * total if freedom > 1 else 0.0))
    else:
        inside = math.sin(angle) * total
    return 0.5 + inside / 2
