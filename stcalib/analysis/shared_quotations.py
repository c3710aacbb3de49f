"""The same quotation across articles: which articles carry it, and where their wordings differ.

Two rows are one utterance where their words agree in long runs. Differences are found word by word; a difference in
the marks alone ("we're" and "we’re", case, a comma) is told apart from one in the words. The work grows with the number of
quotations: what is printed in the same words is one wording, and a wording is compared with the few that share most runs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import pandas as pd

RUN = 4
"""Words in a row that two wordings must share to be compared at all."""
SHARED_PART = 0.6
"""Part of the shorter wording's words that must stand in the longer one, in runs, for the two to be one utterance."""
LEAST_WORDS = 6
"""A shorter quotation is too short to be told from another of the same words."""
COMMON_RUN = 50
"""A run of words that so many utterances hold is a phrase, and leads to none but these."""
MOST_COMPARED = 8
"""With so many wordings a wording is compared: those that share most runs with it."""

_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"[^\w]+")
COLUMNS = [
    "utterance", "quote_id", "article_id", "actor", "party", "kind", "text", "reference", "same", "n_words_differ", "n_marks_differ", "differences",
]  # fmt: skip
UTTERANCE_COLUMNS = ["utterance", "reference", "actor", "party", "n_articles", "n_places", "n_wordings", "n_words_differ", "articles", "quote_ids"]
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch in which two wordings differ: the words of each, and whether only marks and case do."""

    here: str
    there: str
    marks_only: bool


def _plain(word: str) -> str:
    return _MARKS.sub("", word.lower().replace("’", "'")).replace("_", "")


def _blocks(here: Sequence[str], there: Sequence[str]) -> list[tuple[int, int, int]]:
    matcher = SequenceMatcher(None, here, there, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def word_differences(here: str, there: str, whole: bool = False) -> list[Difference]:
    """The differences between two wordings of a quotation, in order.

    Only the part that both tell is compared, from their first common word to their last, unless `whole`: a report may
    quote less without wording it otherwise.
    """
    a, b = _WORD.findall(here), _WORD.findall(there)
    plain_a, plain_b = [_plain(w) for w in a], [_plain(w) for w in b]
    blocks = _blocks(plain_a, plain_b)
    if not blocks:
        return [Difference(here, there, False)] if here != there else []
    found = list(_between(a, b, blocks, whole))
    return [d for d in found if d.here != d.there]


def _between(a: Sequence[str], b: Sequence[str], blocks: Sequence[tuple[int, int, int]], whole: bool) -> Iterator[Difference]:
    at_a, at_b = (0, 0) if whole else blocks[0][:2]
    for i, j, size in blocks:
        if i > at_a or j > at_b:
            here, there = a[at_a:i], b[at_b:j]
            yield Difference(" ".join(here), " ".join(there), not any(map(_plain, here)) and not any(map(_plain, there)))
        for k in range(size):
            if a[i + k] != b[j + k] and _trimmed(a[i + k]) != _trimmed(b[j + k]):
                yield Difference(a[i + k], b[j + k], True)
        at_a, at_b = i + size, j + size
    if whole and (at_a < len(a) or at_b < len(b)):
        yield Difference(" ".join(a[at_a:]), " ".join(b[at_b:]), False)


def _trimmed(word: str) -> str:
    """A word without the quotation marks around it and the comma or stop that the sentence puts behind it."""
    return word.strip("\"“”'‘’,.").replace("’", "'")


def marked(here: str, there: str) -> str:
    """`here` with its differences from `there` in brackets: [-there-]{+here+}; words that only one has stand alone."""
    a, b = _WORD.findall(here), _WORD.findall(there)
    pieces: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, [_plain(w) for w in a], [_plain(w) for w in b], autojunk=False).get_opcodes():
        if tag == "equal":
            pieces += a[i1:i2]
            continue
        if j2 > j1:
            pieces.append(f"[-{' '.join(b[j1:j2])}-]")
        if i2 > i1:
            pieces.append(f"{{+{' '.join(a[i1:i2])}+}}")
    return " ".join(pieces)


def shared_quotes(quotes: pd.DataFrame, kinds: Sequence[str] = ("direct", "mixed")) -> pd.DataFrame:
    """The quotations that stand in more than one article, a row for each place in which one stands.

    `utterance` numbers them; `reference` is the longest wording, with which the others are compared; `same` is the part
    of its words that a row has (0 to 1); `n_words_differ` counts the stretches in which the words differ, `n_marks_differ`
    those in which marks or case alone do, and `differences` lists the former as "there → here". `utterances` gives one
    row a quotation.
    """
    spoken = quotes[quotes["kind"].isin(kinds)]
    names = ("quote_id", "article_id", "actor", "party", "kind", "text")
    told = {str(row[0]): row for row in zip(*(spoken[name].to_list() for name in names), strict=True)}
    words = {key: tuple(plain for w in _WORD.findall(str(row[5])) if (plain := _plain(w))) for key, row in told.items()}
    article = {key: str(row[1]) for key, row in told.items()}
    rows: list[list[object]] = []
    groups = [group for group in _grouped(words, article) if len({article[key] for key in group}) > 1]
    for number, group in enumerate(groups, 1):
        reference = max(group, key=lambda key: (len(words[key]), key))
        for key in sorted(group, key=lambda key: (article[key], key)):
            quote_id, article_id, actor, party, kind, text = told[key]
            compared = _compared(str(text), str(told[reference][5]))
            rows.append([number, quote_id, article_id, actor, party, kind, text, told[reference][5], *compared])
    return pd.DataFrame(rows, columns=COLUMNS)


def utterances(shared: pd.DataFrame) -> pd.DataFrame:
    """The quotations of `shared_quotes`, one a row with all its places, those of most articles first.

    `n_articles`, `n_places` and `n_wordings` count where it stands and in how many wordings, `n_words_differ` the places whose
    words differ from the `reference`; `articles` and `quote_ids` name all of them, parted by "; ", place by place.
    """
    rows = []
    for number, part in shared.groupby("utterance", sort=True):
        first = part[part["text"] == part["reference"]].iloc[0]
        numbers = [part["article_id"].nunique(), len(part), part["text"].nunique(), int((part["n_words_differ"] > 0).sum())]
        places = ["; ".join(part[name]) for name in ("article_id", "quote_id")]
        places = ["; ".join(part[name]) for name in ("article_id", "quote_id")]
        rows.append([number, first["reference"], first["actor"], first["party"], *numbers, *places])
    found = pd.DataFrame(rows, columns=UTTERANCE_COLUMNS)
    return found.sort_values(["n_articles", "n_places", "utterance"], ascending=[False, False, True], kind="stable", ignore_index=True)


@lru_cache(maxsize=4096)
def _compared(text: str, reference: str) -> tuple[float, int, int, str]:
    """What a wording has of the reference: the part of its words, the differences in words and in marks, the former in words."""
    differences = word_differences(text, reference) if text != reference else []
    told = [d for d in differences if not d.marks_only]
    words, whole = ([plain for w in _WORD.findall(one) if (plain := _plain(w))] for one in (text, reference))
    same = 1.0 if text == reference else round(_shared(words, whole) / len(whole), 2)
    listed = "; ".join(f"{d.there or '(nothing)'} → {d.here or '(nothing)'}" for d in told)
    return same, len(told), len(differences) - len(told), listed


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two wordings share, in runs of `RUN` or more."""
    return sum(size for _, _, size in _blocks(a, b) if size >= RUN)


def _grouped(words: Mapping[str, _Words], article: Mapping[str, str]) -> list[list[str]]:
    """Groups of quotations of which each is one utterance with another of its group, in the order of their keys."""
    wordings: dict[_Words, list[str]] = {}
    for key, spoken in words.items():
        if len(spoken) >= LEAST_WORDS:
            wordings.setdefault(spoken, []).append(key)
    leader = _leaders(wordings, {spoken: {article[key] for key in keys} for spoken, keys in wordings.items()})
    groups: dict[_Words, list[str]] = {}
    for key, spoken in words.items():
        if spoken in leader:
            groups.setdefault(leader[spoken], []).append(key)
    return list(groups.values())


def _leaders(wordings: Mapping[_Words, object], articles: Mapping[_Words, set[str]]) -> dict[_Words, _Words]:
    """The wording that leads the group of each. The longest are taken first, and each joins those with which it shares enough."""
    leader: dict[_Words, _Words] = {}
    holders: dict[_Words, dict[_Words, _Words]] = {}

    def lead(spoken: _Words) -> _Words:
        while leader[spoken] != spoken:
            leader[spoken] = leader[leader[spoken]]
            spoken = leader[spoken]
        return spoken

    for spoken in sorted(wordings, key=lambda one: (-len(one), one)):
        leader[spoken] = spoken
        runs = list(dict.fromkeys(spoken[i : i + RUN] for i in range(len(spoken) - RUN + 1)))
        met = Counter(held for run in runs for held in holders.get(run, {}).values())
        for other, _ in sorted(met.items(), key=lambda item: (-item[1], item[0]))[:MOST_COMPARED]:
            apart = len(articles[spoken] | articles[other]) > 1 and lead(spoken) != lead(other)
            if apart and _shared(spoken, other) >= SHARED_PART * min(len(spoken), len(other)):
                leader[lead(spoken)] = lead(other)
        for run in runs:
            held = holders.setdefault(run, {})
            if len(held) < COMMON_RUN:
                held.setdefault(lead(spoken), spoken)
    return {spoken: lead(spoken) for spoken in leader}
