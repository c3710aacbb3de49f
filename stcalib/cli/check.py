"""`stca check`: a codebook read against the articles that it is for. What never occurs is misspelt, missing or not needed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pandas as pd
from rich.console import Console

from stcalib.cli.build import PASSED_OVER, print_lines, settings, shown_when_slow
from stcalib.codebook.codebook import Codebook
from stcalib.core.row_fields import as_text, days_in_words
from stcalib.core.table_spec import counted
from stcalib.core.visible import visible
from stcalib.corpus.corpus import Corpus, load_corpus
from stcalib.corpus.notices import notices
from stcalib.corpus.relevance import named_countries
from stcalib.corpus.sidecar import NAME as SIDECAR
from stcalib.counts.reasons import IN_DATE, OTHER_THING, UNITS
from stcalib.learning.nearest import hardly_read
from stcalib.official.series import load_series, trend_faults
from stcalib.positions.find import IN_PASSING
from stcalib.positions.learned import shipped_for
from stcalib.positions.overlaps import Overlap, overlaps

MOST_REASONS = 6
"""Reasons that the report gives for numbers without a row."""
EXAMPLE_CHARACTERS = 60
SENTENCE_CHARACTERS = 160
MOST_OVERLAPS = 8
"""Pairs of overlapping wordings that are shown; the others are counted."""
MOST_ENTRIES = 20
"""Articles without a day or outlet for which an entry is printed; the others are counted."""
_OTHERS = OTHER_THING.partition(":")[0]
"""How a reason begins that names what a number counts."""
_QUOTED = re.compile(r"\A('.*'|\".*\")(?= )", re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def check_codebook(folder: Path | None, codebook: str | None) -> int:
    """Reads the articles of a folder with a codebook and says what of it never occurs. Gives 0, or 3 where files were passed over.

    What is not named is as in `stcalib.cli.build.settings`. Raises `StcalibError` where the codebook or the folder cannot
    be read.
    """
    console = Console(stderr=True, highlight=False)
    chosen = settings(folder, codebook, None)
    corpus = load_corpus(chosen.folder, codebook=chosen.codebook)
    corpus.read(lambda names: shown_when_slow(console, list(names)))
    series = load_series(None, corpus.codebook)
    out = Console(highlight=False)
    heading = f"Codebook {visible(corpus.codebook.name)} against {visible(str(chosen.folder))} ({len(corpus)} articles)"
    for line in (heading, *report(corpus, series)):
        out.print(line, markup=False, soft_wrap=True)
    print_lines(console, notices(corpus))
    return 0 if corpus.problems.empty else PASSED_OVER


def report(corpus: Corpus, series: pd.DataFrame) -> Iterator[str]:
    """The lines: articles without a day or outlet, issue.toml, topic, measures, propositions, parties, numbers without a row, official figures."""
    book = corpus.codebook
    yield from _undated(corpus)
    yield from _issue(book)
    yield from _topic(corpus)
    yield from _in_passing(corpus)
    yield from _used("measure", (measure.id for measure in book.counts.measure), corpus.counts["measure"], "counts.toml")
    yield from _used("place", (place.code for place in book.counts.place), corpus.counts["place"], "counts.toml")
    yield from _used("proposition", (entry.id for entry in book.propositions.proposition), corpus.positions["proposition"], "propositions.toml")
    yield from _overlapping(corpus)
    yield from _hardly_read(corpus)
    yield from _reader(book)
    if book.actors.party:
        parties = pd.concat([corpus.quotes["party"], corpus.positions["party"]])
        yield from _used("party", (party.code for party in book.actors.party), parties, "actors.toml")
    else:
        yield "party: none in actors.toml, so that figures compare organizations"
    yield from _without_a_row(corpus)
    yield from _official(book, series)


def _undated(corpus: Corpus) -> Iterator[str]:
    """Which articles have no day or no outlet, and the entries of articles.toml that would tell them, to be filled in. A day of which
    one end alone is known counts as none, and its entry says what is known."""
    articles = corpus.articles[corpus.articles["left_out"].isna()]
    known = {row["article_id"]: (as_text(row["published_earliest"]), as_text(row["published_latest"])) for row in articles.to_dict("records")}
    half = {name: days for name, days in known.items() if any(days) and not all(days)}
    lacking = {"published": [name for name, days in known.items() if not all(days)]}
    lacking["outlet"] = articles.loc[articles["outlet"].isna(), "article_id"].tolist()
    yield f"day: {_days_told(known, half)}"
    without = len(lacking["outlet"])
    yield f"outlet: {f'{without} of {len(articles)} articles have none' if without else 'known of every article'}"
    names = sorted({name for each in lacking.values() for name in each})
    if not names:
        return
    yield f"fill in and add to {SIDECAR} beside the articles (a day as 2018-05-01; an article that has an entry there takes the lines into it):"
    for name in names[:MOST_ENTRIES]:
        yield f"  [{name if _BARE_KEY.fullmatch(name) else visible(json.dumps(name, ensure_ascii=False))}]"
        for key, each in lacking.items():
            if name in each:
                yield f'  {key} = ""' + (f"  # {days_in_words(*half[name])}" if key == "published" and name in half else "")
    if len(names) > MOST_ENTRIES:
        yield f"  and {len(names) - MOST_ENTRIES} more articles"


def _days_told(known: Mapping[str, tuple[str, str]], half: Mapping[str, tuple[str, str]]) -> str:
    """Of how many articles the day of publication is known, and how well."""
    none = sum(not any(days) for days in known.values())
    several = sum(all(days) and days[0] != days[1] for days in known.values())
    told = [f"{none} of {len(known)} articles have none"] if none else []
    told += [f"of {len(half)} of {len(known)} articles one end alone is known, inferred from the texts"] if half else []
    told += ["known of every article"] if not told else []
    return ", ".join(told + ([f"of {several} within some days"] if several else []))


def _issue(book: Codebook) -> Iterator[str]:
    """What issue.toml names and nothing knows: the trend's measure and place, the country."""
    country = book.issue.country
    yield from (f"issue.toml: trend: {visible(fault)}" for fault in trend_faults(book))
    if country is not None and country not in (named := named_countries()):
        told = (
            f"country {visible(repr(country))} is not on the list of countries, so that only the codebook's places tell which articles are about it"
        )
        yield f"issue.toml: {told}. The list has {', '.join(named)}"


def _topic(corpus: Corpus) -> Iterator[str]:
    words = corpus.codebook.counts.topic
    if not words:
        yield "topic: none in counts.toml, so that every article counts as one on the issue"
        return
    texts = [corpus[article_id].plain.lower() for article_id in corpus]
    missing = [word for word in words if not any(word in text for text in texts)]
    yield f"topic: {len(words) - len(missing)} of {len(words)} words occur" + (f"; never: {', '.join(missing)}" if missing else "")


def _in_passing(corpus: Corpus) -> Iterator[str]:
    """Which articles are read for no position, since they name the topic once and late."""
    names = corpus.skipped.loc[corpus.skipped["reason"] == IN_PASSING, "article_id"].tolist()
    if names:
        shown = ", ".join(visible(name) for name in names[:MOST_ENTRIES]) + (", …" if len(names) > MOST_ENTRIES else "")
        advice = "more words in topic.article of propositions.toml change that"
        yield f"topic named in passing: {counted('articles', len(names))} read for no position ({shown}); {advice}"


def _used(what: str, known: Iterable[str], column: pd.Series, file: str) -> Iterator[str]:
    """How many rows each id has, and which has none."""
    ids = list(known)
    if not ids:
        yield f"{what}: none in {file}"
        return
    rows = column.value_counts()
    used = [f"{key} {int(rows[key])}" for key in ids if key in rows]
    never = [key for key in ids if key not in rows]
    yield f"{what}: " + (", ".join(used) or "no row of any") + (f"; in no row: {', '.join(never)}" if never else "")


def _overlapping(corpus: Corpus) -> Iterator[str]:
    """The wordings of propositions that overlap in the articles, each pair with one example: which is read, or that both are."""
    examples: dict[tuple[str, ...], Overlap] = {}
    for article_id in corpus:
        for one in overlaps(corpus[article_id], corpus.codebook):
            examples.setdefault(one.kind, one)
    shown = sorted(examples.values(), key=lambda one: not one.is_passed_over)
    for one in shown[:MOST_OVERLAPS]:
        first, second = (
            f"{hit.proposition.id} ({hit.wording.means}, {visible(words)!r})"
            for hit, words in ((one.first, one.first_words), (one.second, one.second_words))
        )
        advice = "; put the longer wording before it in the file" if one.first.core == one.second.core else ""
        told = f"the first alone is read{advice}" if one.is_passed_over else "both are read from these words"
        yield f"overlap: {first} and {second}: {told} (as in {_example(corpus, one.article_id, one.start, one.end)})"
    if len(shown) > MOST_OVERLAPS:
        yield f"overlap: {len(shown) - MOST_OVERLAPS} more pairs of wordings"


def _example(corpus: Corpus, article_id: str, start: int, end: int, around: int = EXAMPLE_CHARACTERS // 2) -> str:
    """A stretch of an article with the whole words in so many characters around it; a long stretch is cut."""
    text = corpus[article_id].text
    before, behind = text[max(0, start - around) : start], text[end : end + around]
    before = before[before.find(" ") + 1 :] if start > around else before
    behind = behind[: behind.rfind(" ") + 1] if end + around < len(text) else behind
    said = " ".join((before + text[start:end] + behind).split())
    cut = len(said) > SENTENCE_CHARACTERS or (around and end + around < len(text))
    return f"{visible(article_id)}: {'… ' if around and start > around else ''}{visible(said[:SENTENCE_CHARACTERS])}{' …' if cut else ''}"


def _hardly_read(corpus: Corpus) -> Iterator[str]:
    """The propositions that are hardly ever read, each with the sentences nearest to it that no row takes."""
    for one in hardly_read(corpus):
        nearest = "; nearest to it, and in no row:" if one.nearest else ""
        yield f"hardly read: {one.proposition}, {counted('positions', one.n)} or proposals{nearest}"
        for sentence in one.nearest:
            text = visible(sentence.text)
            yield f"  {visible(sentence.article_id)}: {text[:SENTENCE_CHARACTERS]}{'…' if len(text) > SENTENCE_CHARACTERS else ''}"


def _reader(book: Codebook) -> Iterator[str]:
    """Whether positions have a learned reader, and where it comes from."""
    given = sum(bool(entry.examples) for entry in book.propositions.proposition)
    if book.model is not None:
        yield f"learned reader: the project's own ({visible(book.model)})"
    elif (shipped := shipped_for(book)) is not None:
        yield f"learned reader: that of the package for {shipped}"
    elif book.propositions.proposition:
        todo = f"{given} propositions have examples: run stca learn" if given else "give examples of each side, and run stca learn"
        yield f"learned reader: none; {todo}"


def _without_a_row(corpus: Corpus) -> Iterator[str]:
    """For which reasons numbers and wordings of propositions gave no row, the commonest first, each with an example; dates, money and
    the like are left out."""
    skipped = corpus.skipped[~corpus.skipped["reason"].isin((IN_DATE, IN_PASSING, *UNITS.values()))]
    yield from _by_reason(corpus, skipped[skipped["table"] == "counts"], "number", _reason_of_number)
    yield from _by_reason(corpus, skipped[skipped["table"] == "positions"], "wording", _reason_of_wording)


def _by_reason(corpus: Corpus, declined: pd.DataFrame, what: str, kind: Callable[[str], str]) -> Iterator[str]:
    """A line for each of the commonest kinds of reason."""
    alike: dict[str, list[dict[str, object]]] = {}
    for row in declined.to_dict("records"):
        alike.setdefault(kind(str(row["reason"])), []).append({str(key): value for key, value in row.items()})
    reasons = sorted(alike.items(), key=lambda told: -len(told[1]))
    for reason, rows in reasons[:MOST_REASONS]:
        first = rows[0]
        start, end = int(str(first["start"])), int(str(first["end"]))
        around = EXAMPLE_CHARACTERS // 2 if end - start < EXAMPLE_CHARACTERS else 0
        named = _named(rows) if reason == _OTHERS else ""
        example = _example(corpus, str(first["article_id"]), start, end, around)
        yield f"no row: {_several(len(rows), what)}, {visible(reason)}{named} (as in {example})"
    left = sum(len(rows) for _, rows in reasons[MOST_REASONS:])
    if left:
        yield f"no row: {_several(left, what)} for {_several(len(reasons) - MOST_REASONS, 'more reason')}; the table skipped has all"


def _reason_of_number(reason: str) -> str:
    """A reason without the thing that a number counts."""
    return _OTHERS if reason.startswith(f"{_OTHERS}:") else reason


def _reason_of_wording(reason: str) -> str:
    """A reason without the proposition and wording before it, and without the subject that it quotes."""
    told = reason.partition("): ")[2] or reason
    return _QUOTED.sub("the subject", told)


def _several(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _named(rows: list[dict[str, object]]) -> str:
    """What the numbers count that no measure does, the commonest first."""
    words = Counter(str(row["reason"]).rpartition(": ")[2] for row in rows)
    shown = [visible(word) for word, _ in words.most_common(MOST_REASONS)]
    return f": {', '.join(shown)}{', …' if len(words) > MOST_REASONS else ''}"


def _official(book: Codebook, series: pd.DataFrame) -> Iterator[str]:
    if series.empty:
        yield "official figures: none (official.csv beside the codebook's files)"
        return
    has = set(series["measure"])
    without = [measure.id for measure in book.counts.measure if measure.id not in has and measure.checked_against not in has]
    yield f"official figures: {len(series)} lines of {', '.join(sorted(has))}" + (f"; none of {', '.join(without)}" if without else "")
