"""What a notebook works with: its checked parameters, the tables that they select, and where its figures go.

`check_parameters` is the one call at the top of each notebook. The `Study` that it gives reads the corpus when a table
is first asked for, selects rows by the parameters, and saves figures with the data behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from stcalib.analysis.actor_names import group_of
from stcalib.analysis.asked_period import Period, parse_period
from stcalib.analysis.consistency import check_consistency
from stcalib.charts.codebook import groups_of, measures_of, parties_of
from stcalib.codebook.codebook import Codebook, load_codebook
from stcalib.codebook.usual import DEFAULT
from stcalib.core.errors import ParameterError
from stcalib.core.rows import REVIEWED
from stcalib.core.table_spec import ROW_TYPES
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus, load_corpus
from stcalib.corpus.kept import project_cache
from stcalib.corpus.notices import notices
from stcalib.display import theme
from stcalib.notebook.figures import SavedFigure, save_figure, table_digest
from stcalib.notebook.parameters import SOURCE, WITH_PROPOSALS, check_known, check_meanings
from stcalib.notebook.passed import passed_values
from stcalib.official.check import check_counts
from stcalib.official.series import load_series, trend_of
from stcalib.text.article import Article

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from stcalib.charts.base import Chart

DAYS = frozenset({"published_earliest", "published_latest", "updated", "period_start", "period_end", "said_on", "as_of"})
QUIET = frozenset({"folder", "out", "codebook", "top", "only_vintage", "tier", "by"})
"""Parameters that do not select rows."""


_at_hand: dict[tuple[str, str, str, str], Corpus] = {}


def read_ahead(values: Mapping[str, Any], progress: Callable[[Iterable[str]], Iterable[str]] = iter) -> Corpus:
    """Reads a corpus for all studies of it that follow in this process and in those forked from it.

    `values` are a notebook's parameters, paths relative to the working directory. `progress` is that of `Corpus.read`.
    """
    corpus = _at_hand[_source(values)] = _corpus_of(values).read(progress)
    return corpus


def _source(values: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Working directory, folder, codebook and ledger of corrections."""
    folder, codebook, corrections = (str(values.get(name) or "") for name in SOURCE)
    return (str(Path.cwd()), folder, codebook or DEFAULT, corrections)


def _corpus_of(values: Mapping[str, Any]) -> Corpus:
    _, folder, codebook, corrections = _source(values)
    return load_corpus(folder, codebook=codebook, corrections=corrections or None, cache=project_cache(Path(folder)))


def check_parameters(notebook: str, **values: Any) -> Study:
    """Checks the parameters of a notebook and gives what it works with.

    `folder` (of articles) is needed; `period`, `outlets`, `parties`, `places`, `measures`, `propositions`, `actors`,
    `article_id`, `corrections`, `codebook`, `series`, `covers`, `tier`, `by`, `out` and `top` mean the same in every notebook;
    others have the type that the parameters cell declares, and else are kept as they are. Raises `ParameterError` that
    names the parameter, the value and what is allowed.
    """
    if "folder" not in values:
        raise ParameterError(f"{notebook}: 'folder' is missing: the folder that holds the articles")
    values = passed_values(values, notebook)
    check_meanings(values, Path(), notebook)
    study = Study(notebook, values)
    study.check_selection()
    theme.enable()
    pd.set_option("display.html.use_mathjax", False)
    return study


@dataclass
class Study:
    """A notebook's corpus, selection and figures. Made by `check_parameters`."""

    notebook: str
    values: dict[str, Any]
    used: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        chosen = [f"{name} = {value!r}" for name, value in self.values.items() if value not in (None, [], "") and name not in QUIET]
        every = len(self.corpus)
        if "article_id" in self.values:
            line = f"Article {visible(self.article_id)}, of {every}"
        else:
            seen = len(self.articles)
            number = f"{seen} article{'' if seen == 1 else 's'}" if seen == every else f"{seen} of {every} articles"
            line = f"{number}, {', '.join(chosen) if chosen else 'all that are on the issue' if seen < every else 'all of them'}"
        return "\n".join([line, *notices(self.corpus)])

    @property
    def period(self) -> Period:
        """The period that the tables are cut to."""
        return parse_period(self.values.get("period"))

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook in use."""
        return load_codebook(str(self.values.get("codebook") or DEFAULT))

    @cached_property
    def corpus(self) -> Corpus:
        """The corpus as read from the folder, before any selection."""
        return _at_hand.get(_source(self.values)) or _corpus_of(self.values)

    @cached_property
    def parties(self) -> theme.Parties:
        """Colours and names of the codebook's parties."""
        return parties_of(self.codebook)

    @property
    def by(self) -> str:
        """What figures compare: that of the parameter, else parties, or organizations where the codebook has no party."""
        return str(self.values.get("by") or ("party" if self.codebook.actors.party else "organization"))

    @cached_property
    def groups(self) -> theme.Parties:
        """Colours and names of what figures compare: the parties, or the organizations or actors with most rows first."""
        if self.by == "party":
            return self.parties
        named = pd.concat([group_of(self.quotes, self.by), group_of(self.positions, self.by)]).dropna().value_counts()
        return groups_of(sorted(named.index, key=lambda name: (-named[name], name)), self.by)

    @cached_property
    def measures(self) -> theme.Measures:
        """Colours, names and units of what the codebook counts, and the titles of its places."""
        return measures_of(self.codebook)

    @property
    def measure(self) -> str:
        """The measure of the trend figure: that of the parameter, else the codebook's."""
        return str(self.values.get("measure") or trend_of(self.codebook)[0])

    @property
    def place(self) -> str:
        """The place of the trend figure: that of the parameter, else the codebook's."""
        return str(self.values.get("place") or trend_of(self.codebook)[1])

    @cached_property
    def labels(self) -> dict[str, str]:
        """Short labels of the codebook's propositions, in its order."""
        return {entry.id: getattr(entry, "label", None) or entry.id.replace("_", " ") for entry in self._propositions}

    @property
    def _propositions(self) -> Iterable[Any]:
        book = getattr(self.codebook, "propositions", None)
        return getattr(book, "proposition", ()) if book is not None else ()

    def check_selection(self) -> None:
        """Checks what is chosen of the articles against what there is; what the codebook knows is checked before. Raises `ParameterError`
        with what is allowed."""
        allowed: dict[str, Callable[[], Iterable[str]]] = {
            "outlets": lambda: self.table("articles")["outlet"].dropna(),
            "actors": lambda: [*self.table("quotes")["actor"].dropna(), *self.table("positions")["actor"].dropna()],
        }
        for name, known in allowed.items():
            if chosen := self.values.get(name):
                check_known(f"{self.notebook}: {name}", [chosen] if isinstance(chosen, str) else chosen, known())

    def table(self, name: str) -> pd.DataFrame:
        """A table of the whole corpus, with every column that it is to have and days as datetimes."""
        frame: pd.DataFrame = getattr(self.corpus, name, pd.DataFrame())
        wanted = [f.name for f in fields(ROW_TYPES[name])]
        frame = frame.reindex(columns=[*wanted, *(column for column in frame.columns if column not in wanted)])
        for column in DAYS & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
        self.used[name] = table_digest(frame)
        return frame

    def _chosen(self, name: str, columns: Mapping[str, str]) -> pd.DataFrame:
        """A table cut to the articles chosen, and to the values chosen for `columns` (parameter to column)."""
        frame = self.table(name)
        keep = frame["article_id"].isin(self.articles["article_id"])
        for parameter, column in columns.items():
            if self.values.get(parameter):
                keep &= frame[column].isin(self.values[parameter])
        return frame[keep].reset_index(drop=True)

    @cached_property
    def articles(self) -> pd.DataFrame:
        """The articles chosen: of the outlets, of the article id, and possibly published in the period; none that is left out
        as none of the issue, unless it is the one that is asked for."""
        return self._selected[self._selected["left_out"].isna() | ("article_id" in self.values)].reset_index(drop=True)

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """The articles that the selection would hold, were they not plainly none of the issue, each with the reason."""
        return self._selected[self._selected["left_out"].notna()].reset_index(drop=True)

    @cached_property
    def _selected(self) -> pd.DataFrame:
        frame = self.table("articles")
        keep = pd.Series(True, index=frame.index, dtype="bool")
        if self.values.get("outlets"):
            keep &= frame["outlet"].isin(self.values["outlets"])
        if "article_id" in self.values:
            keep &= frame["article_id"] == self.article_id
        if self.period.first:
            keep &= ~(frame["published_latest"] < pd.Timestamp(self.period.first))
        if self.period.last:
            keep &= ~(frame["published_earliest"] > pd.Timestamp(self.period.last))
        return frame[keep].reset_index(drop=True)

    @cached_property
    def counts(self) -> pd.DataFrame:
        """The counts of the articles chosen, of the measures and places, and of periods that meet the one chosen."""
        rows = self._chosen("counts", {"measures": "measure", "places": "place"})
        covers = parse_period(self.values.get("covers"))
        if covers.first:
            rows = rows[rows["period_end"] >= pd.Timestamp(covers.first)]
        if covers.last:
            rows = rows[rows["period_start"] <= pd.Timestamp(covers.last)]
        return rows.reset_index(drop=True)

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """What the official series says of each of the counts; with `only_vintage` by what was out when each article was."""
        only_vintage = bool(self.values.get("only_vintage"))
        return check_counts(
            self.counts, self.table("articles"), self.official, only_vintage=only_vintage, codebook=self.codebook, sentences=self._sentences
        )

    @cached_property
    def derived(self) -> pd.DataFrame:
        """What the counts imply by plain arithmetic: the derived rows all of whose counts are chosen."""
        rows, chosen = self.table("derived"), set(self.counts["count_id"])
        whole = pd.Series([set(str(ids).split("; ")) <= chosen for ids in rows["from_ids"]], index=rows.index, dtype="bool")
        return rows[whole].reset_index(drop=True)

    @cached_property
    def _sentences(self) -> dict[str, str]:
        """The sentence of each count by its id."""
        texts = {str(key): self.corpus[str(key)].text for key in self.counts["article_id"].unique()}
        rows = zip(*(self.counts[name] for name in ("count_id", "article_id", "sentence_start", "sentence_end")), strict=True)
        return {str(key): texts[str(article)][int(start) : int(end)] for key, article, start, end in rows}

    @cached_property
    def findings(self) -> pd.DataFrame:
        """Where the counts agree or disagree with one another."""
        return check_consistency(self.counts, self._sentences, self.codebook.counts.default_place or "", self.measures.places)

    @cached_property
    def quotes(self) -> pd.DataFrame:
        """The quotes of the articles chosen, of the parties and actors."""
        return self._chosen("quotes", {"parties": "party", "actors": "actor"})

    @cached_property
    def positions(self) -> pd.DataFrame:
        """The positions in the articles chosen, of the parties, actors and propositions."""
        return self._chosen("positions", {"parties": "party", "actors": "actor", "propositions": "proposition"})

    @cached_property
    def proposals(self) -> pd.DataFrame:
        """Positions that are not certain enough for the table, chosen in the same way."""
        return self._chosen("proposals", {"parties": "party", "actors": "actor", "propositions": "proposition"})

    @cached_property
    def stances(self) -> pd.DataFrame:
        """What comparisons count by the parameter `tier`: the positions, and behind them the proposals where these are asked for.

        The column `tier` tells them apart: "firm" or "proposal".
        """
        firm = self.positions.assign(tier="firm")
        if self.values.get("tier") != WITH_PROPOSALS:
            return firm
        proposed = self.proposals.assign(tier="proposal")
        return pd.concat([firm, proposed[firm.columns]], ignore_index=True) if len(proposed) else firm

    @property
    def n_left_out(self) -> int:
        """How many proposals of the selection the comparisons leave out."""
        return 0 if self.values.get("tier") == WITH_PROPOSALS else len(self.proposals)

    @cached_property
    def skipped(self) -> pd.DataFrame:
        """What was declined in the articles chosen, with the reason."""
        return self._chosen("skipped", {})

    @cached_property
    def problems(self) -> pd.DataFrame:
        """Files that could not be read, with the reason and what to do."""
        return self.table("problems")

    @cached_property
    def official(self) -> pd.DataFrame:
        """The official series: that of the file `series`, else the codebook's; empty where there is neither."""
        frame = load_series(self.values.get("series") or None, self.codebook)
        self.used["official"] = table_digest(frame)
        return frame

    @property
    def official_source(self) -> str:
        """Where the official figures come from, for the subtitle of a figure."""
        file = self.values.get("series")
        if file:
            return f"Official figures: {Path(file).name}."
        return "" if self.official.empty else self.codebook.issue.official_source or "Official figures: those of the codebook (official.csv)."

    @cached_property
    def article_id(self) -> str:
        """The article of that parameter; where it is None, the one with most rows."""
        if self.values.get("article_id"):
            return str(self.values["article_id"])
        found = pd.concat([self.table(name)["article_id"] for name in REVIEWED])
        articles = self.table("articles")
        on_issue = articles.loc[articles["left_out"].isna(), "article_id"].tolist()
        numbers = found.value_counts()
        sizes = {key: int(numbers.get(key, 0)) for key in sorted(on_issue or self.corpus)}
        if not sizes:
            raise ParameterError(f"{self.notebook}: the folder {self.values['folder']!r} holds no article that could be read. See study.problems")
        return str(max(sizes, key=lambda key: sizes[key]))

    @property
    def article(self) -> Article:
        """The article of `article_id`."""
        return self.corpus[self.article_id]

    def reading(self, article_id: str | None) -> Study:
        """The same study of another article, such as one that was picked; the corpus is not read again. None changes nothing."""
        if article_id is None or article_id == self.article_id:
            return self
        other = Study(self.notebook, {**self.values, "article_id": self.corpus[article_id].article_id})
        vars(other).update(corpus=self.corpus)
        return other

    @property
    def ledger(self) -> Path:
        """Where a review writes its decisions: the ledger in `corrections`, else `corrections.csv` beside the folder of articles."""
        return Path(self.values.get("corrections") or Path(self.values["folder"]).parent / "corrections.csv")

    def save(self, drawing: Chart | Figure, name: str, data: pd.DataFrame, live: Chart | None = None) -> SavedFigure:
        """Saves a figure with the data behind it, entered with this notebook's parameters, and draws it.

        `live` is what the notebook shows instead, where that can do more than print.
        """
        parameters = {key: value for key, value in self.values.items() if key not in {"folder", "out"}}
        return save_figure(
            drawing,
            name,
            data,
            self.values.get("out") or "figures",
            live=live,
            notebook=self.notebook,
            parameters=parameters,
            tables=dict(sorted(self.used.items())),
        )
