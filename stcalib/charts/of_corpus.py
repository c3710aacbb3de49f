"""A chart in one line: of a corpus, of a table of it, or of the small table that the chart is made from.

`of_corpus` wraps the function of a chart. A corpus gives everything that the chart takes; a frame that lacks columns, a
second table that is not given and a value of another kind are told with what is wanted.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

import pandas as pd

from stcalib.analysis.stances import once
from stcalib.charts.codebook import measures_of, parties_of
from stcalib.core.errors import TableError, WrongTypeError
from stcalib.core.near import few
from stcalib.corpus.corpus import Corpus
from stcalib.display.theme import Measures, Parties
from stcalib.official.check import check_counts
from stcalib.official.series import load_series

Options = Mapping[str, Any]
Drawing = TypeVar("Drawing")


@dataclass(frozen=True)
class Drawn:
    """What a chart draws: `columns` that its first table needs, `made` in words; and of which table of a corpus it can be made."""

    made: str
    columns: tuple[str, ...] = ()
    table: str = ""
    raw: tuple[str, ...] = ()
    make: Callable[[pd.DataFrame], pd.DataFrame] | None = None

    def of(self, data: object, chart: str) -> object:
        """The table to draw. Raises `WrongTypeError` or `TableError` that says what is lacking."""
        if not self.columns:
            if not hasattr(data, "nodes"):
                raise WrongTypeError(chart, data, self._wanted)
            return data
        if not isinstance(data, pd.DataFrame):
            raise WrongTypeError(chart, data, self._wanted)
        lacking = [name for name in self.columns if name not in data]
        if lacking and self.make is not None and set(self.raw) <= set(data.columns):
            return self.make(data)
        if lacking:
            raise TableError(f"{chart}: the frame lacks {', '.join(lacking)}; it has {few(map(str, data.columns))}. Give {self._wanted}")
        return data

    @property
    def _wanted(self) -> str:
        return ", or ".join(filter(None, ("a corpus", f"its table of {self.table}" if self.table else "", self.made)))


class Tables:
    """What charts are drawn from, of a corpus: the rows of all articles that are on the issue."""

    def __init__(self, corpus: Corpus):
        self.corpus = corpus

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles that figures take in."""
        frame = self.corpus.articles
        return frame[frame["left_out"].isna()].reset_index(drop=True)

    def rows(self, table: str, article_id: str | None = None) -> pd.DataFrame:
        """The rows of a table, of those articles or of one."""
        frame: pd.DataFrame = getattr(self.corpus, table)
        keep = frame["article_id"] == article_id if article_id else frame["article_id"].isin(self.articles["article_id"])
        return frame[keep].reset_index(drop=True)

    @cached_property
    def parties(self) -> Parties:
        """Colours and names of parties."""
        return parties_of(self.corpus.codebook)

    @cached_property
    def measures(self) -> Measures:
        """Colours, names and units of measures."""
        return measures_of(self.corpus.codebook)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Short labels of the propositions, in the order of the codebook."""
        return {entry.id: entry.label for entry in self.corpus.codebook.propositions.proposition}

    @cached_property
    def stances(self) -> pd.DataFrame:
        """The positions, wire copy once."""
        return once(self.rows("positions"))

    @cached_property
    def official(self) -> pd.DataFrame:
        """The official series of the codebook."""
        return load_series(None, self.corpus.codebook)

    @property
    def source(self) -> str:
        """Where the official figures come from."""
        return "" if self.official.empty else self.corpus.codebook.issue.official_source

    @property
    def trend(self) -> tuple[str, str]:
        """Measure and place that the codebook's trend figure shows."""
        counts, chosen = self.corpus.codebook.counts, self.corpus.codebook.issue.trend
        if chosen is not None:
            return chosen.measure, chosen.place
        return counts.measure[0].id if counts.measure else "", counts.default_place or ""

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """What the official series says of each count."""
        counts = self.rows("counts")
        places = zip(*(counts[name] for name in ("count_id", "article_id", "sentence_start", "sentence_end")), strict=True)
        sentences = {str(key): self.corpus[article].text[start:end] for key, article, start, end in places}
        return check_counts(counts, self.corpus.articles, self.official, codebook=self.corpus.codebook, sentences=sentences)

    def article(self, article_id: str | None) -> str:
        """That article, or the one with most rows. Raises `UnknownArticleError`."""
        if article_id is not None:
            return self.corpus[article_id].article_id
        ids = pd.concat([self.rows(name)["article_id"] for name in ("counts", "quotes", "positions")])
        known = [*ids.value_counts(sort=True).index, *self.corpus]
        if not known:
            raise TableError("charts.article_strip: the corpus holds no article. Make one with load_corpus or Corpus.from_texts")
        return str(known[0])


def of_corpus(first: Drawn, told: Callable[[Tables, dict[str, Any]], Options]) -> Callable[[Callable[..., Drawing]], Callable[..., Drawing]]:
    """Lets a chart take a corpus instead of its tables.

    `first` says what the chart draws otherwise, `told` gives its arguments of a corpus; it may take options of its own out of
    those that the caller gives. What the caller gives goes before what the corpus tells.
    """

    def wrap(draw: Callable[..., Drawing]) -> Callable[..., Drawing]:
        name, signature = f"charts.{draw.__name__}", inspect.signature(draw)

        called = next(iter(signature.parameters))

        @wraps(draw)
        def chart(*given: Any, **options: Any) -> Drawing:
            data, *more = given or (options.pop(called, None),)
            if isinstance(data, Corpus):
                if more:
                    raise WrongTypeError(name, more[0], f"options by name beside a corpus: {', '.join(signature.parameters)}")
                arguments = told(Tables(data), options)
                return draw(**{**arguments, **options})
            data = first.of(data, name)
            bound = signature.bind_partial(data, *more, **options).arguments
            needed = [one for one, about in signature.parameters.items() if about.default is about.empty and one not in bound]
            if needed:
                raise TableError(f"{name}: {', '.join(needed)} lacking. Give the table beside the first one, or a corpus alone: {name}(corpus)")
            return draw(data, *more, **options)

        return chart

    return wrap
