"""Wide, labelled CSV files for Datawrapper, Flourish and other makers of charts: one file a question, a column a series.

Names stand in words instead of ids, days as YYYY-MM-DD, months as YYYY-MM. UTF-8 with a byte order mark, so that a double click in
Excel shows quotation marks and accents as they are; a text that a spreadsheet would run as a formula has a ' before it.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from stcalib.analysis.stances import once
from stcalib.analysis.tallies import filled, monthly_averages, official_months, rows_by_article, words_by
from stcalib.core.row_fields import as_text
from stcalib.core.safe_cells import defused
from stcalib.corpus.corpus import Corpus
from stcalib.official.check import check_counts
from stcalib.official.series import load_series, trend_of

SIDES = {"support": "For", "ambivalent": "Undecided", "oppose": "Against"}
SHORT = 60
"""Characters of a text in the name of a column."""


def wide_files(corpus: Corpus) -> dict[str, bytes]:
    """The files by name, of the articles that are on the issue."""
    tables = _Tables(corpus)
    frames = {
        "articles": tables.articles_told(),
        "speech_by_party": tables.speech_by_party(),
        "speech_by_article": tables.speech_by_article(),
        "stances_by_party": tables.stances("party"),
        "stances_by_actor": tables.stances("actor"),
        "stated_by_month": tables.stated_by_month(),
        "stated_against_official": tables.stated_against_official(),
    }
    return {f"{name}.csv": csv_bytes(frame) for name, frame in frames.items()}


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as CSV with a byte order mark: whole numbers without a point, empty cells for what is missing."""
    texts = pd.DataFrame({defused(str(name)): [_cell(value) for value in frame[name]] for name in frame.columns})
    # a carriage return within a cell is no end of a row only where the cell is quoted
    quoting: Any = csv.QUOTE_ALL if any("\r" in cell for column in texts for cell in (column, *texts[column])) else csv.QUOTE_MINIMAL
    text: str = texts.to_csv(index=False, lineterminator="\n", quoting=quoting)
    return BOM_UTF8 + text.encode("utf-8", "replace")


def _cell(value: object) -> str:
    """A value as a cell: text alone can be a formula, a number below zero is none."""
    return defused(value) if isinstance(value, str) else as_text(value)


class _Tables:
    """The tables of a corpus in words."""

    def __init__(self, corpus: Corpus):
        self._corpus, self._book = corpus, corpus.codebook
        whole = corpus.articles
        self._articles = whole[whole["left_out"].isna()].reset_index(drop=True)
        self._parties = {party.code: party.short or party.name for party in self._book.actors.party}
        self._none = self._book.issue.no_party
        self._called = _distinct({str(row["article_id"]): _label(row) for row in self._articles.to_dict("records")})

    def _rows(self, table: str) -> pd.DataFrame:
        frame: pd.DataFrame = getattr(self._corpus, table)
        return frame[frame["article_id"].isin(self._articles["article_id"])].reset_index(drop=True)

    def _party(self, codes: Iterable[str]) -> list[str]:
        return [self._parties.get(code, code) or self._none for code in codes]

    def articles_told(self) -> pd.DataFrame:
        """Each article with its days and how many rows it gave."""
        rows = self._articles
        found = rows_by_article(rows, **{name: self._rows(name) for name in ("counts", "quotes", "positions")})
        return pd.DataFrame(
            {
                "Article": [self._called[key] for key in rows["article_id"]],
                "Outlet": rows["outlet"],
                "Published, earliest": rows["published_earliest"],
                "Published, latest": rows["published_latest"],
                "How the day is known": rows["published_basis"],
                "Counts": found["counts"],
                "Quotes": found["quotes"],
                "Positions": found["positions"],
                "Address": rows["url"],
            }
        )

    def speech_by_party(self) -> pd.DataFrame:
        """Reported words by party."""
        words = words_by(self._rows("quotes"), "party")
        share = (100 * words["share"]).round(1)
        told = {"Words": words["n_words"], "Quotes": words["n_quotes"], "Share of words, %": share}
        return pd.DataFrame({"Party": self._party(words["party"]), **told})

    def speech_by_article(self) -> pd.DataFrame:
        """Reported words of each article, a column a party."""
        words = words_by(self._rows("quotes"), "article_id", "party")
        grid = words.pivot_table(index="article_id", columns="party", values="n_words", aggfunc="sum", fill_value=0, sort=True)
        there = {str(code) for code in grid}
        order = [*(code for code in self._parties if code in there), *sorted(there - set(self._parties) - {""}), *({""} & there)]
        columns = {name: list(grid[code]) for code, name in zip(order, self._party(order), strict=True)}
        return pd.DataFrame({"Article": [self._called[str(key)] for key in grid.index], **columns})

    def stances(self, by: str) -> pd.DataFrame:
        """Sentences that show each stance on each proposition, by party or actor; wire copy once."""
        rows = once(self._rows("positions"))
        labels = {one.id: one.label for one in self._book.propositions.proposition}
        rows = rows.assign(**{by: filled(rows[by])})
        grid = rows.pivot_table(index=["proposition", by], columns="stance", values="text", aggfunc="size", fill_value=0, sort=True)
        grid = grid.reindex(columns=list(SIDES), fill_value=0)
        propositions, groups = ([str(key[place]) for key in grid.index] for place in (0, 1))
        told = {"Proposition": [labels.get(one, one) for one in propositions], by.capitalize(): self._party(groups) if by == "party" else groups}
        return pd.DataFrame({**told, **{name: list(grid[stance]) for stance, name in SIDES.items()}})

    def stated_by_month(self) -> pd.DataFrame:
        """The official figure of each month, and beside it each stated count at its monthly average in the months of its period;
        a count that is a part of another is left out."""
        measure, place = trend_of(self._book)
        counts = self._rows("counts")
        stated = monthly_averages(counts[(counts["place"] == place) & (counts["measure"] == measure)])
        stated = stated[~stated["part"]]
        official = official_months(load_series(None, self._book), measure, place)
        series = {"Official figure": dict(zip(_months(official["period_start"]), official["value"], strict=True))}
        names = {str(row["count_id"]): f"{self._called[str(row['article_id'])]}: {row['text']}" for row in stated.to_dict("records")}
        for row, name in zip(stated.to_dict("records"), _distinct(names).values(), strict=True):
            series[name] = dict.fromkeys(_between(row["period_start"], row["period_end"]), row["per_month"])
        months = sorted({month for known in series.values() for month in known})
        return pd.DataFrame({"Month": months, **{name: [known.get(month) for month in months] for name, known in series.items()}})

    def stated_against_official(self) -> pd.DataFrame:
        """Each stated number with the official figure that it is held against."""
        counts = self._rows("counts")
        places = zip(*(counts[name] for name in ("count_id", "article_id", "sentence_start", "sentence_end")), strict=True)
        sentences = {str(key): self._corpus[article].text[start:end] for key, article, start, end in places}
        found = check_counts(counts, self._corpus.articles, load_series(None, self._book), codebook=self._book, sentences=sentences)
        stated = counts.set_index("count_id").loc[list(found["count_id"])].reset_index()
        measures = {one.id: one.title for one in self._book.counts.measure}
        return pd.DataFrame(
            {
                "Article": [self._called[str(key)] for key in found["article_id"]],
                "As printed": found["text"],
                "Of what": [measures.get(as_text(one), as_text(one)) for one in stated["measure"]],
                "From": stated["period_start"],
                "To": stated["period_end"],
                "Stated": stated["value"],
                "Least": stated["low"],
                "Most": stated["high"],
                "Official figure": found["official"],
                "Verdict": found["verdict"],
                "Reasoning": found["reasoning"],
            }
        )


def _label(row: Mapping[Any, Any]) -> str:
    """An article in words: its outlet and title, or its id."""
    return ": ".join(filter(None, (as_text(row["outlet"]), as_text(row["title"])[:SHORT]))) or str(row["article_id"])


def _distinct(labels: Mapping[str, str]) -> dict[str, str]:
    """The labels on one line each, no two alike: the later of two bears a number."""
    seen: dict[str, int] = {}
    told = {}
    for key, words in labels.items():
        line = " ".join(words.split())
        seen[line] = seen.get(line, 0) + 1
        told[key] = line if seen[line] == 1 else f"{line} ({seen[line]})"
    return told


def _months(days: Iterable[Any]) -> list[str]:
    return [f"{pd.Timestamp(day):%Y-%m}" for day in days]


def _between(first: Any, last: Any) -> Iterator[str]:
    """The months that a period touches."""
    yield from (str(month) for month in pd.period_range(pd.Timestamp(first), pd.Timestamp(last), freq="M"))
