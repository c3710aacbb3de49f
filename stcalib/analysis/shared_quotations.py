"""The same quotation across articles: which articles carry it, and where their wordings differ.

Two rows are one utterance where their words agree in long runs. Differences are found word by word; a difference in
the marks alone ("we're" and "we’re", case, a comma) is told apart from one in the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

import pandas as pd

RUN = 4
"""Words in a row that two wordings must share to be compared at all."""
SHARED_PART = 0.6
"""Part of the shorter wording's words that must stand in the longer one, in runs, for the two to be one utterance."""
LEAST_WORDS = 6
"""A shorter quotation is too short to be told from another of the same words."""
COMMON_RUN = 50
"""A run of words that so many quotations hold is a phrase and leads to none."""

_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"[^\w]+")
COLUMNS = [
    "utterance", "quote_id", "article_id", "actor", "party", "kind", "text", "reference", "same", "n_words_differ", "n_marks_differ", "differences",
]  # fmt: skip


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
    """The quotations that stand in more than one article, a row for each article's wording.

    `utterance` numbers them; `reference` is the longest wording, with which the others are compared; `same` is the part
    of its words that a row has (0 to 1); `n_words_differ` counts the stretches in which the words differ, `n_marks_differ`
    those in which marks or case alone do, and `differences` lists the former as "there → here".
    """
    spoken = quotes[quotes["kind"].isin(kinds)]
    keys = [str(key) for key in spoken["quote_id"]]
    text = dict(zip(keys, map(str, spoken["text"]), strict=True))
    article = dict(zip(keys, map(str, spoken["article_id"]), strict=True))
    words = {key: [_plain(w) for w in _WORD.findall(value) if _plain(w)] for key, value in text.items()}
    rows: list[dict[str, object]] = []
    known = spoken.set_index("quote_id")
    groups = [group for group in _grouped(words, article) if len({article[key] for key in group}) > 1]
    for number, group in enumerate(groups, 1):
        reference = max(group, key=lambda key: (len(words[key]), key))
        for key in sorted(group, key=lambda key: (article[key], key)):
            differences = word_differences(text[key], text[reference]) if key != reference else []
            told = [d for d in differences if not d.marks_only]
            row = known.loc[key]
            same = round(_shared(words[key], words[reference]) / len(words[reference]), 2)
            listed = "; ".join(f"{d.there or '(nothing)'} → {d.here or '(nothing)'}" for d in told)
            rows.append({
                "utterance": number, "quote_id": key, "article_id": article[key], "actor": row["actor"], "party": row["party"], "kind": row["kind"],
                "text": text[key], "reference": text[reference], "same": same, "n_words_differ": len(told),
                "n_marks_differ": len(differences) - len(told), "differences": listed,
            })  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words two wordings share, in runs of `RUN` or more."""
    return sum(size for _, _, size in _blocks(a, b) if size >= RUN)


def _grouped(words: dict[str, list[str]], article: dict[str, str]) -> list[list[str]]:
    """Groups of quotations of which each is one utterance with another of its group, in the order of their keys."""
    holders: dict[tuple[str, ...], list[str]] = {}
    for key, spoken in words.items():
        if len(spoken) >= LEAST_WORDS:
            for run in dict.fromkeys(tuple(spoken[i : i + RUN]) for i in range(len(spoken) - RUN + 1)):
                holders.setdefault(run, []).append(key)
    pairs = {pair for keys in holders.values() if 1 < len(keys) <= COMMON_RUN for pair in combinations(sorted(keys), 2)}
    leader = {key: key for key in words}

    def lead(key: str) -> str:
        while leader[key] != key:
            key = leader[key]
        return key

    for a, b in sorted(pairs):
        if article[a] != article[b] and _shared(words[a], words[b]) >= SHARED_PART * min(len(words[a]), len(words[b])):
            first, second = sorted((lead(a), lead(b)))
            leader[second] = first
    groups: dict[str, list[str]] = {}
    for key in words:
        groups.setdefault(lead(key), []).append(key)
    return list(groups.values())
