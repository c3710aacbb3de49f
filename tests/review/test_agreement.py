"""Coefficients against published examples, and what is compared between ledgers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stcalib.core.errors import StcalibError, TableError
from stcalib.corrections.ledger import read_ledger
from stcalib.review.coder_agreement import agreement, disagreements
from stcalib.review.coefficients import cohen_kappa, gwet_ac1, krippendorff_alpha, per_cent, student_quantile
from stcalib.review.session import Session

MEASURES = {"per cent": per_cent, "kappa": cohen_kappa, "alpha": krippendorff_alpha, "AC1": gwet_ac1}


def crossed(table):
    return [(row, column) for row, counts in enumerate(table) for column, count in enumerate(counts) for _ in range(count)]


def columns(*coders):
    return [tuple(None if rating == "." else rating for rating in unit) for unit in zip(*coders, strict=True)]


KRIPPENDORFF_A = columns("0100000010", "1110010000")
KRIPPENDORFF_B = columns("aabbdcccedda", "babbbcccedd" + "d")
KRIPPENDORFF_C = [
    (1, 1, None, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4), (4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2),
    (None, 5, 5, 5), (None, None, 1, 1), (None, None, 3, None),
]  # fmt: skip
COHEN_1960 = crossed([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
GWET_ABSTRACTORS = crossed([[13, 0, 0], [0, 20, 7], [0, 4, 56]])

PUBLISHED = [
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), examples A, B and C
    (KRIPPENDORFF_A, "alpha", 0.095, None, None),
    (KRIPPENDORFF_B, "alpha", 0.692, None, None),
    (KRIPPENDORFF_C, "alpha", 0.743, 0.419, 1.0),
    # Cohen, Educational and Psychological Measurement 20 (1960): kappa .492 of 200 judgements, per cent .70
    (COHEN_1960, "kappa", 0.492, None, None),
    (COHEN_1960, "per cent", 0.70, None, None),
    # Gwet, Handbook of Inter-Rater Reliability (2014), and its R package irrCAC: four raters with missing ratings
    (KRIPPENDORFF_C, "AC1", 0.775, 0.461, 1.0),
    (KRIPPENDORFF_C, "per cent", 0.818, 0.542, 1.0),
    # the same package: two abstractors, 100 patients
    (GWET_ABSTRACTORS, "kappa", 0.796, 0.679, 0.914),
    (GWET_ABSTRACTORS, "AC1", 0.849, 0.763, 0.936),
    (GWET_ABSTRACTORS, "alpha", 0.797, 0.679, 0.915),
]


@pytest.mark.parametrize(("ratings", "measure", "value", "low", "high"), PUBLISHED)
def test_published_examples(ratings, measure, value, low, high):
    found = MEASURES[measure](ratings)
    assert found.value == pytest.approx(value, abs=0.0006)
    if low is not None:
        assert (found.low, found.high) == pytest.approx((low, high), abs=0.0006)


@pytest.mark.parametrize(
    ("measure", "published"),
    [("kappa", 0.05891072), ("AC1", 0.04321747)],
)
def test_published_standard_errors(measure, published):
    """The R package's functions for tables divide by n where those for raw ratings, followed here, divide by n - 1."""
    assert MEASURES[measure](GWET_ABSTRACTORS).se * math.sqrt(99 / 100) == pytest.approx(published, abs=1e-6)


@pytest.mark.parametrize(("freedom", "published"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (11, 2.201), (30, 2.042), (120, 1.980)])
def test_students_t_as_tables_print_it(freedom, published):
    assert student_quantile(0.975, freedom) == pytest.approx(published, abs=0.0006)


@pytest.mark.parametrize(("agreeing", "units", "low", "high"), [(10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (15, 20, 0.5313, 0.8881)])
def test_wilsons_interval(agreeing, units, low, high):
    found = per_cent([("a", "a")] * agreeing + [("a", "b")] * (units - agreeing))
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.0002)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("ratings", [[], [("a", None)], [(None, "b"), ("a", None)], [(None, None)]])
def test_nothing_in_common_is_said(measure, ratings):
    found = MEASURES[measure](ratings)
    assert found.value is None and found.note == "nothing in common to compare"


@pytest.mark.parametrize("measure", ["kappa", "alpha", "AC1"])
def test_one_category_only_is_not_called_agreement_beyond_chance(measure):
    found = MEASURES[measure]([("a", "a")] * 5)
    assert found.value is None and "only one category" in found.note


def test_a_coder_who_never_varies_is_told():
    found = cohen_kappa([("a", "a")] * 9 + [("a", "b")])
    assert found.value == 0 and found.low is None and "same answer throughout" in found.note


def test_kappa_is_for_two():
    assert "two coders" in cohen_kappa([("a", "a", "b")]).note


RATINGS = st.lists(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=3, max_size=3).map(tuple), max_size=25)


@given(RATINGS, st.permutations([0, 1, 2]), st.permutations(["a", "b", "c"]))
def test_coefficients_do_not_depend_on_order_or_names(ratings, order, names):
    renamed = dict(zip("abc", names, strict=True)) | {None: None}
    turned = [tuple(renamed[unit[i]] for i in order) for unit in reversed(ratings)]
    for measure in (per_cent, krippendorff_alpha, gwet_ac1):
        one, other = measure(ratings), measure(turned)
        assert one.value == pytest.approx(other.value) and one.units == other.units
        if one.value is not None:
            assert one.value <= 1 + 1e-9
            assert one.low is None or (one.low <= one.value + 1e-9 and one.value <= one.high + 1e-9)


@pytest.fixture(scope="module")
def corpus(seeds):
    return seeds


def coder(corpus, path, name, rows, rejected=(), edited=None, table="quotes"):
    session = Session(corpus, table, ledger=path, coder=name)
    for place in rows:
        session.go(place)
        if place in (edited or {}):
            session.edit(*edited[place])
        (session.reject if place in rejected else session.accept)()
    return read_ledger(path, missing_ok=True)


def told(frame, field, table="quotes"):
    return frame[(frame["table"] == table) & (frame["field"] == field)].iloc[0]


def test_two_ledgers_are_compared_row_by_row_and_field_by_field(corpus, tmp_path):
    ada = coder(corpus, tmp_path / "a.csv", "ada", range(10), rejected={4, 9})
    ben = coder(corpus, tmp_path / "b.csv", "ben", range(2, 12), rejected={4, 5}, edited={6: ("actor", "X"), 7: ("kind", "mixed")})
    found = agreement(corpus, {"ada": ada, "ben": ben})
    rows = told(found, "row")
    assert rows["units"] == 8 and rows["per_cent"] == 75.0
    assert rows["kappa"] == pytest.approx((0.75 - 0.625) / (1 - 0.625))
    actors = told(found, "actor")
    assert actors["units"] == 5 and actors["per_cent"] == 80.0
    assert told(found, "kind")["per_cent"] == 80.0 and told(found, "span")["per_cent"] == 100.0
    assert rows["in_words"].startswith("ada and ben agree on whether a stretch is one of the quotes in 75 per cent of 8 (")
    differing = disagreements(corpus, {"ada": ada, "ben": ben})
    assert sorted(set(differing["field"])) == ["actor", "actor_type", "kind", "organization", "party", "row"], (
        "with the actor goes what follows from it"
    )
    assert differing.set_index("field").loc["kind", ["ada", "ben"]].tolist() != ["mixed", "mixed"]
    for row in differing.itertuples():
        assert corpus[row.article_id].text[row.start : row.end] == row.text


def test_machine_against_coder(corpus, tmp_path):
    ada = coder(corpus, tmp_path / "a.csv", "ada", range(10), rejected={4}, edited={0: ("actor", "X")})
    found = agreement(corpus, {"machine": None, "ada": ada}, ["quotes"])
    assert told(found, "row")["per_cent"] == 90.0 and told(found, "row")["kappa"] == 0
    assert "same answer throughout" in told(found, "row")["in_words"]
    assert told(found, "actor")["per_cent"] == pytest.approx(100 * 8 / 9)


def test_a_row_added_by_one_is_denied_only_by_who_went_through_the_article(corpus, tmp_path):
    first = next(iter(corpus))
    here = [
        place for place, row in enumerate(Session(corpus, "quotes", ledger=tmp_path / "n.csv", coder="n").rows) if row.values["article_id"] == first
    ]
    start = corpus[first].text.index("The aim would be")
    for name, rows in (("ada", here), ("ben", here), ("cy", here[:3])):
        coder(corpus, tmp_path / f"{name}.csv", name, rows)
    session = Session(corpus, "quotes", ledger=tmp_path / "ada.csv", coder="ada")
    session.go(here[0])
    session.add(start, start + 30, {"kind": "indirect"})
    ledgers = {name: read_ledger(tmp_path / f"{name}.csv") for name in ("ada", "ben", "cy")}
    both = agreement(corpus, {name: ledgers[name] for name in ("ada", "ben")}, ["quotes"])
    assert told(both, "row")["units"] == len(here) + 1 and told(both, "row")["per_cent"] < 100
    partly = agreement(corpus, {name: ledgers[name] for name in ("ada", "cy")}, ["quotes"])
    assert told(partly, "row")["units"] == 3 and told(partly, "row")["per_cent"] == 100
    three = agreement(corpus, ledgers, ["quotes"])
    assert "for two coders" in told(three, "row")["in_words"]


def test_nothing_in_common_is_told_in_words(corpus, tmp_path):
    ada = coder(corpus, tmp_path / "a.csv", "ada", range(3))
    ben = coder(corpus, tmp_path / "b.csv", "ben", range(5, 9))
    row = told(agreement(corpus, {"ada": ada, "ben": ben}), "row")
    assert row["in_words"] == "ada and ben have nothing in common to compare: of the quotes, ada judged 3, ben judged 4, and none was judged by two."
    assert row["units"] == 0 and math.isnan(row["per_cent"])


@pytest.mark.parametrize(("coders", "tables", "error"), [({"ada": None}, ["quotes"], StcalibError), ({"a": None, "b": None}, ["quotas"], TableError)])
def test_what_cannot_be_compared_is_said(corpus, coders, tables, error):
    with pytest.raises(error):
        agreement(corpus, coders, tables)
