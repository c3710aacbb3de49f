"""A corpus: the articles of a folder or mapping, and the tables read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from stcalib.actors.registry import registry_of
from stcalib.codebook.codebook import Codebook
from stcalib.codebook.usual import DEFAULT, usual_codebook
from stcalib.core.errors import StcalibError, UnknownArticleError, WrongTypeError
from stcalib.core.near import not_known
from stcalib.core.rows import REVIEWED, ArticleRow, Clue, Problem, Published, Row
from stcalib.core.table_spec import ROW_TYPES, TABLES
from stcalib.core.visible import visible
from stcalib.corpus.actor_names import NAME as ACTOR_NAMES
from stcalib.corpus.actor_names import ActorNames, checked_names, read_actor_names
from stcalib.corpus.actors import IDENTIFIED, Identified
from stcalib.corpus.codebook_tables import EXPLAINED
from stcalib.corpus.datapackage import Origin, origin_of
from stcalib.corpus.day_clues import DISAGREES
from stcalib.corpus.derived import derived_from
from stcalib.corpus.faults import DAY_ADVICE, LANGUAGE_ADVICE, UNFIT_ADVICE
from stcalib.corpus.folder import ARTICLE_ENDING, read_folder
from stcalib.corpus.frames import framed_articles
from stcalib.corpus.given import given_codebook, given_days, given_facts, given_ledger, given_texts, half_in
from stcalib.corpus.kept import Kept, kept_in
from stcalib.corpus.reader import Found, article_row, read_in_language_of
from stcalib.corpus.reading import Progress, Reading
from stcalib.corpus.relevance import OTHER_LANGUAGE
from stcalib.corpus.shards import check_table, framed, frames_as_read, in_parts, scan, shards_folder, write_shards
from stcalib.corpus.sidecar import NAME as SIDECAR
from stcalib.corpus.sidecar import Told, read_sidecar
from stcalib.corpus.sources import Source, Sources, half_of
from stcalib.corpus.tables import frame_of, own, write_tables
from stcalib.corpus.warm import Warm
from stcalib.corrections.applied import Report, apply
from stcalib.corrections.ledger import Ledger
from stcalib.corrections.live_row import rows_of
from stcalib.corrections.recomputed import by_registry
from stcalib.display.marked_article import MarkedArticle
from stcalib.text.article import Article

if TYPE_CHECKING:
    from pyarrow.dataset import Dataset

FRAMED_TOGETHER = 500
"""The rows of so many articles become objects at once."""


class Corpus(Mapping[str, MarkedArticle]):
    """Articles and the tables read from them. Make one with `load_corpus` or `Corpus.from_texts`.

    `articles`, `counts`, `quotes`, `positions`, `skipped`, `dating` and `problems` are pandas data frames; their
    columns are described in `stcalib.core.rows`. Counts, quotes and positions are as the ledger of corrections leaves
    them; `machine_frames` has them as they were read, `corrected` says what became of each decision.
    A corpus is a mapping of article ids to articles with their rows: `corpus[article_id]` draws itself in a notebook, and `keys`,
    `items`, `values` and `get` are those of a dict. A frame is the caller's own. Nothing is read before it is asked for.
    """

    def __init__(
        self,
        articles: Iterable[Article | Source],
        published: Mapping[str, Published],
        codebook: Codebook,
        told: Mapping[str, Told] | None = None,
        problems: Iterable[Problem] = (),
        ledger: Ledger | None = None,
        passed_over: Iterable[str] = (),
        names: ActorNames = ActorNames(),
        kept: Kept | None = None,
    ):
        self.codebook = codebook
        read_in_language_of(self.codebook)
        self.passed_over = tuple(passed_over)
        """Names of files and folders beside the articles that are plainly none: hidden ones, a README."""
        self._ledger = ledger
        self._names = names
        self._problems = list(problems)
        sources: list[Source] = []
        same: dict[str, str] = {}
        for source in sorted((a if isinstance(a, Source) else Source.of(a) for a in articles), key=lambda one: one.article_id):
            if (unfit := half_in("its id", half_of(source.article_id), source)) is not None:
                self._problems.append(unfit)
                continue
            if (half := half_in("its text", source.half, source)) is not None:
                self._problems.append(half)
            if (first := same.setdefault(source.sha256, source.article_id)) != source.article_id:
                file = source.file or source.article_id
                self._problems.append(Problem(file, f"the same text as {first}", "It is read once; remove one of the two"))
            else:
                sources.append(source)
        self._articles = Sources(sources)
        self._told = dict(told or {})
        self._given = dict(published)
        self._reading = Reading(self._articles, codebook, self._told, self._given, kept)
        self._frames: dict[str, pd.DataFrame] = {}
        self._shards: Path | None = None

    @classmethod
    def from_texts(
        cls,
        texts: Mapping[str, str],
        published: Mapping[str, str | date] | None = None,
        codebook: str | Path | Codebook = DEFAULT,
        corrections: str | Path | Ledger | None = None,
        names: Mapping[str, Mapping[str, Any]] | None = None,
        metadata: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Corpus:
        """A corpus of texts by article id, with publication days (ISO or `date`) where they are known.

        `metadata` tells what the texts lack, by article id with the keys of `articles.toml` (title, outlet, author, dateline,
        published, url …); `names` are entries as `actor_names.toml` has them, by the name that each actor is to have.
        Raises `WrongTypeError` for anything else than such mappings, `StcalibError` for a day or key that is none.
        """
        articles = given_texts(texts)
        given, undated = given_days(published, texts)
        told, misplaced = given_facts(metadata, texts)
        days = {key: Published(one.published, one.published, "sidecar", "given with the text") for key, one in told.items() if one.published}
        called, problems = checked_names(names or {}, texts)
        unknown = [*undated, *misplaced, *problems]
        return cls(articles, {**days, **given}, given_codebook(codebook), told, unknown, given_ledger(corrections), (), called)

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        *,
        article_id: str | None = None,
        codebook: str | Path | Codebook = DEFAULT,
        corrections: str | Path | Ledger | None = None,
        **columns: str,
    ) -> Corpus:
        """A corpus of the rows of a data frame, each text as it stands in its cell.

        `text`, `title`, `outlet`, `author`, `published`, `url`, `section` and `language` name the columns of these fields;
        what is not named is guessed by the names of the columns. `article_id` names the column of the ids; without it the
        index gives them where it holds words, else the number of the row. A row without text is listed in `problems`.
        """
        articles, told, problems = framed_articles(frame, columns, article_id)
        published = {name: Published(t.published, t.published, "sidecar", "given in the data frame") for name, t in told.items() if t.published}
        return cls(articles.values(), published, given_codebook(codebook), told, problems, given_ledger(corrections))

    def __getitem__(self, article_id: str) -> MarkedArticle:
        """An article with its rows. Raises `UnknownArticleError`, a `KeyError`, that names those whose ids come near."""
        if article_id not in self._articles:
            raise UnknownArticleError(not_known(article_id, "article", self._articles))
        article = self._articles[article_id]
        return MarkedArticle.of(article, [self.article_row(article_id), *self._rows(article_id)])

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._articles

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<Corpus of {len(self)} articles, codebook {self.codebook.name}>"

    # ---- reading
    def published(self, article_id: str) -> Published:
        """The interval in which an article was published. The others are read for it only where it does not tell its day."""
        return self._reading.published(article_id)

    def found(self, article_id: str) -> Found:
        """The rows of one article, read when first asked for."""
        return self._reading.found(article_id)

    def read(self, progress: Progress = iter, jobs: int = 1) -> Corpus:
        """Reads every article now, in `jobs` processes. `progress` wraps the article ids as they are worked through.

        What is kept of an earlier run is not read again. The result is the same for any number of processes.
        """
        self._reading.read(progress, jobs)
        return self

    # ---- tables
    def _own(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A table for the caller, made once: what is done to it stays with the caller."""
        if name not in self._frames:
            self._frames[name] = make()
        return own(self._frames[name])

    @property
    def articles(self) -> pd.DataFrame:
        """The articles with what they say of themselves and when they were published."""
        return self._own("articles", self._article_rows)

    def _article_rows(self) -> pd.DataFrame:
        self._reading.first_pass()
        return frame_of(ArticleRow, [self.article_row(article_id) for article_id in self._articles])

    @property
    def counts(self) -> pd.DataFrame:
        """Stated quantities, one number a row."""
        return own(self._corrected[0]["counts"])

    @property
    def derived(self) -> pd.DataFrame:
        """What the counts of each article imply by plain arithmetic, with the ids of the rows it comes from."""
        return self._own("derived", lambda: derived_from(self.counts, self.codebook.counts.default_place))

    @property
    def quotes(self) -> pd.DataFrame:
        """Reported speech, one stretch a row."""
        return own(self._identified.frames["quotes"])

    @property
    def positions(self) -> pd.DataFrame:
        """Who takes which stance on which proposition, one sentence of evidence a row."""
        return own(self._identified.frames["positions"])

    @property
    def actors(self) -> pd.DataFrame:
        """Who speaks and takes stances across the articles, one actor a row, as `actor_names.toml` beside them corrects it."""
        return self._own("actors", lambda: self._identified.actors)

    @property
    def propositions(self) -> pd.DataFrame:
        """What the ids in the column `proposition` mean."""
        return self._explained("propositions")

    @property
    def parties(self) -> pd.DataFrame:
        """What the codes in the column `party` mean."""
        return self._explained("parties")

    @property
    def measures(self) -> pd.DataFrame:
        """What the ids in the column `measure` mean."""
        return self._explained("measures")

    def _explained(self, table: str) -> pd.DataFrame:
        return self._own(table, lambda: EXPLAINED[table][0](self.codebook, {name: getattr(self, name) for name in EXPLAINED[table][1]}))

    @cached_property
    def _identified(self) -> Identified:
        frames = {name: self._corrected[0][name] for name in IDENTIFIED}
        return Identified(frames, self._names, registry_of(self.codebook), self.published)

    @property
    def proposals(self) -> pd.DataFrame:
        """Positions that are not certain enough for the table, each with the reason: for an analyst to accept or reject."""
        return own(self._corrected[0]["proposals"])

    @property
    def skipped(self) -> pd.DataFrame:
        """What looked like a row and was declined, with the reason."""
        return own(self._corrected[0]["skipped"])

    @property
    def corrected(self) -> Report:
        """What became of each decision of the ledger of corrections."""
        report = self._corrected[1]
        return Report(own(report.decisions), {table: own(frame) for table, frame in report.rejected.items()})

    @property
    def is_corrected(self) -> bool:
        """Whether a ledger of corrections belongs to it."""
        return self._ledger is not None

    @property
    def machine_frames(self) -> dict[str, pd.DataFrame]:
        """The tables `counts`, `quotes`, `positions`, `proposals` and `skipped` as read, before any correction."""
        return {name: own(frame) for name, frame in self._machine.items()}

    @cached_property
    def _machine(self) -> dict[str, pd.DataFrame]:
        parts = list(self._machine_parts())
        return {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]} if parts else frames_as_read([])

    def _machine_parts(self) -> Iterator[dict[str, pd.DataFrame]]:
        """The tables as read, so many articles at a time."""
        return framed(self._reading.every(), FRAMED_TOGETHER)

    @cached_property
    def _corrected(self) -> tuple[dict[str, pd.DataFrame], Report]:
        return apply(self._machine, self._articles, self._ledger or [], by_registry(self))

    def _rows(self, article_id: str) -> Iterable[Row]:
        """The rows of one article as the ledger leaves them."""
        found = self.found(article_id)
        if self._ledger is None:
            if not self._names.entries:
                return found.rows
            tables = {name: frame_of(ROW_TYPES[name], getattr(found, name)) for name in (*REVIEWED, "skipped")}
            tables |= Identified({name: tables[name] for name in IDENTIFIED}, self._names, registry_of(self.codebook), self.published).frames
        else:
            tables = {**self._corrected[0], **self._identified.frames}
        frames = {name: frame[frame["article_id"] == article_id] for name, frame in tables.items() if name != "proposals"}
        return [row for name, frame in frames.items() for row in rows_of(frame, ROW_TYPES[name])]

    @property
    def dating(self) -> pd.DataFrame:
        """The words that bound the inferred publication intervals."""
        return self._own("dating", lambda: frame_of(Clue, self._reading.dated[1]))

    @property
    def problems(self) -> pd.DataFrame:
        """Input that could not be used, with the reason and what to do. Every article is read for it."""
        return self._own("problems", self._told_problems)

    def _told_problems(self) -> pd.DataFrame:
        faults = [problem for found in self._reading.every() for problem in found.problems]
        read = [problem for key in self._articles for problem in self._problems_of(key)]
        return frame_of(Problem, [*self._problems, *read, *self._reading.dated[2], *self._disagreeing(), *faults, *self._not_applied()])

    def problems_of(self, article_id: str) -> pd.DataFrame:
        """The problems that bear on the rows of one article: its own, and those of the files beside the articles."""
        beside = [problem for problem in self._problems if problem.file in (SIDECAR, ACTOR_NAMES, self.file_of(article_id))]
        read = [*self._problems_of(article_id), *self._disagreeing([article_id]), *self.found(article_id).problems]
        return frame_of(Problem, [*beside, *read, *self._not_applied()])

    def _problems_of(self, article_id: str) -> Iterator[Problem]:
        """What the first reading of an article could not use."""
        first = self._reading.first(article_id)
        yield from first.problems
        if first.left_out is not None and first.left_out.kind == OTHER_LANGUAGE:
            yield Problem(self.file_of(article_id), f"not read: {first.left_out.reason}", LANGUAGE_ADVICE)

    def _not_applied(self) -> list[Problem]:
        """The lines of the ledger that could not be applied."""
        unfit = self.corrected.problems.to_dict("records") if self._ledger is not None else []
        return [Problem(f"{one['ledger']}, line {one['line']}", f"not applied: {one['explanation']}", UNFIT_ADVICE) for one in unfit]

    def _disagreeing(self, article_ids: Iterable[str] | None = None) -> list[Problem]:
        """The days that the user gives and the page contradicts."""
        asked = self._given if article_ids is None else article_ids
        dated = ((key, self.published(key)) for key in asked if key in self._given and key in self._articles)
        return [Problem(self.file_of(key), str(day.evidence), DAY_ADVICE) for key, day in dated if DISAGREES in str(day.evidence)]

    def file_of(self, article_id: str) -> str:
        """The file of an article as messages name it; its id where it has none."""
        return self._articles.by_id[article_id].file or article_id

    @property
    def texts(self) -> Sources:
        """The articles without their rows, by id; each is read when asked for."""
        return self._articles

    def text_of(self, article_id: str) -> str:
        """The text of an article, and nothing found in it."""
        return self._articles.by_id[article_id].article().text

    @property
    def notice(self) -> str:
        """What is to be told of the keeping of what was read; empty where nothing is."""
        return self._reading.kept.notice

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name, in the order in which they are written."""
        return {name: getattr(self, name) for name in TABLES}

    def scan(self, table: str) -> Dataset:
        """A table as an Arrow dataset over Parquet files on the disk: the rows of the frame of that name, read piece by piece.

        The first call reads what was not read yet (`corpus.read(jobs=2)` does so in several processes) and writes the files; they
        serve as long as the corpus does. With a ledger the tables are made in memory once. Raises `TableError` where there is no such table.
        """
        check_table(table)
        if self._shards is None:
            told = (self._reading.state, self._told, self._names, self._ledger, sorted(self._given.items()))
            folder, there = shards_folder(self, self._reading.kept.folder, *told)
            if not there:
                write_shards(folder, self._parts())
            self._shards = folder
        return scan(self._shards, table)

    def _parts(self) -> Iterator[Mapping[str, pd.DataFrame]]:
        """The tables, those that grow with the articles so many articles at a time."""
        if self._ledger is not None:
            yield self.tables()
            return
        ids = iter(self._articles)
        articles = (frame_of(ArticleRow, [self.article_row(key) for key in islice(ids, FRAMED_TOGETHER)]) for _ in count())
        actors = Identified({}, self._names, registry_of(self.codebook), self.published)
        yield from in_parts(self._machine_parts(), articles, actors, self.codebook)
        yield {"dating": self.dating, "problems": self.problems}

    @property
    def origin(self) -> Origin:
        """What the tables are made with: versions, codebook, ledger, licence, as `datapackage.json` tells them."""
        return origin_of(self.codebook, self._ledger)

    def write(self, out: str | Path) -> list[Path]:
        """Writes all tables to a folder as CSV and Parquet with `datapackage.json`, as `stca build` does; gives the files.

        Raises `TableError` where the folder cannot be written.
        """
        return write_tables(self.tables(), out, origin=self.origin)

    def article_row(self, article_id: str) -> ArticleRow:
        """The row of one article in the table of articles."""
        told = self._told.get(article_id, Told())
        return article_row(self._articles.by_id[article_id], self._reading.first(article_id), told, self.published(article_id))


def load_corpus(
    path: str | Path,
    codebook: str | Path | Codebook | None = None,
    corrections: str | Path | Ledger | None = None,
    cache: Path | None = None,
    warm: Warm | None = None,
) -> Corpus:
    """The corpus of a folder: every `.txt` file in it and below it is an article, `articles.toml` tells what the pages lack,
    `actor_names.toml` which names are one actor. An article's id is its path in the folder, with `/` and without the ending.

    Without a codebook it is the project's own, the folder `codebook` beside the folder of articles, and where there is none
    the package's `stca`. `corrections` is a ledger that reviewers wrote, applied to the tables in the order of its lines. A file or line
    that cannot be used is listed in `problems` and does not keep the others from being read. `cache` is a folder in which
    what is read is kept for the next time (`stcalib.corpus.kept`), `warm` what a process has at hand of an earlier reading; both change
    nothing but the time. Raises `StcalibError` where the folder is missing or holds no article at all, or the ledger is missing.
    """
    if not isinstance(path, str | Path):
        raise WrongTypeError("path", path, "the folder of the articles. For texts in memory there are Corpus.from_texts and Corpus.from_frame")
    folder = Path(path)
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise StcalibError(f"{visible(str(path))}: {what}; a folder of articles is wanted. Put each article into a {ARTICLE_ENDING} file there")
    read = read_folder(folder, warm)
    if not read.articles:
        seen = "; ".join(f"{visible(p.file)}: {p.problem}" for p in read.problems[:3])
        found = f"no readable article ({seen})" if seen else "no article"
        raise StcalibError(f"{visible(str(path))}: {found}. Put each article into a {ARTICLE_ENDING} file of its own in the folder")
    known = {article.article_id for article in read.articles}
    told, faults = read_sidecar(folder, known)
    names, misnamed = read_actor_names(folder, known)
    published = {key: Published(t.published, t.published, "sidecar", f"given in {SIDECAR}") for key, t in told.items() if t.published}
    problems = [*read.problems, *faults, *misnamed]
    book = given_codebook(usual_codebook(folder) if codebook is None else codebook)
    kept = kept_in(cache, book) if warm is None else warm.kept(cache, book)
    return Corpus(read.articles, published, book, told, problems, given_ledger(corrections), read.passed_over, names, kept)
