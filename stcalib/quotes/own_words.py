"""Rows of somebody's own words: the paragraphs of a statement, a transcript, a letter, a post, from the stretches of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stcalib.actors.coreference import Cast
from stcalib.actors.mention import Actor, Mentioned
from stcalib.core.rows import Quote, row_id
from stcalib.language.lexicon import load_lexicon
from stcalib.language.reporting_verbs import cue_forms
from stcalib.language.word_sets import pattern, word_set
from stcalib.syntax.page_paragraphs import Paragraph, Stretch
from stcalib.syntax.stretches import page_stretches
from stcalib.text.article import Article

_NAMED_INSIDE = re.compile(r" \((?:[A-Z][\w.]*\.? )?(?P<name>[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w.'’-]+)+)[ ,)]")
"""A name in brackets behind a label: "The Chair (Mr. Rob Roe)"."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A paragraph of a stretch: `named` where the mention stands with it, `quoted` where it is in quotation marks."""

    stretch: Stretch
    start: int
    end: int
    named: bool
    quoted: bool


def own_words(article: Article) -> dict[int, OwnWords]:
    """The paragraphs of the page's stretches, by the number of their block."""
    found: dict[int, OwnWords] = {}
    for stretch in page_stretches(article):
        for number, paragraph in enumerate(stretch.paragraphs):
            named = _is_named(stretch, paragraph, number)
            found.setdefault(paragraph.block, OwnWords(stretch, paragraph.start, paragraph.end, named, paragraph.quoted))
    return found


def _is_named(stretch: Stretch, paragraph: Paragraph, number: int) -> bool:
    """Whether the mention belongs to the row: with a label and an announcement to the first, with a signature to the last."""
    if stretch.kind != "signed":
        return number == 0
    return paragraph is stretch.paragraphs[-1]


def own_row(article: Article, words: OwnWords, cast: Cast, sentence: int) -> Quote:
    """The row of a paragraph of somebody's own words."""
    stretch = words.stretch
    actor = _actor(article, stretch, cast, sentence)
    if actor is not None and not words.named and stretch.kind != "signed":
        actor = replace(actor, basis="speech continued")
    start, end, text = article.cut(words.start, words.end)
    speaker = _cut(article, stretch.speaker if words.named else None)
    cue = _cut(article, stretch.cue if words.named else None)
    role = _cut(article, stretch.role if words.named else None)
    cues = cue_forms().get((cue[2] or "").lower())
    return Quote(
        quote_id=row_id("q", article.sha256, start, end), article_id=article.article_id, start=start, end=end, text=text, kind="direct",
        speaker=speaker[2], speaker_start=speaker[0], speaker_end=speaker[1],
        cue=cue[2], cue_start=cue[0], cue_end=cue[1], cue_kind=(cues[0].kind if cues else "neutral") if cue[2] else None,
        actor=actor.name if actor else None, actor_type=actor.type if actor else None, actor_basis=actor.basis if actor else None,
        actor_candidates="; ".join(cast.tied) if actor is None and cast.tied else None,
        role=role[2], role_start=role[0], role_end=role[1],
        organization=actor.organization if actor else None, party=actor.party if actor else None,
        party_basis=actor.party_basis if actor else None, said_on=None, said_on_text=None, sentence_start=start, sentence_end=end,
    )  # fmt: skip


def _actor(article: Article, stretch: Stretch, cast: Cast, sentence: int) -> Actor | None:
    """Who is meant by the mention of a stretch."""
    if stretch.speaker is None:
        return None
    name = article.plain[slice(*stretch.speaker)]
    role = article.plain[slice(*stretch.role)] if stretch.role else None
    if name in word_set("quotes.asking_label"):
        return None
    if name in word_set("quotes.answering_label"):
        return _interviewed(article, stretch, cast, sentence)
    if name in load_lexicon().titles.labels:
        name = _named_inside(article, stretch, name) or name.lower()
    name = _in_full(article, name)
    if name.isupper() and len(name) > 3:
        name = name.title()
    return cast.resolve(Mentioned(name, stretch.speaker[0], role), sentence)


def _named_inside(article: Article, stretch: Stretch, label: str) -> str | None:
    """The name in brackets behind a label, or behind the last one of its words before: "The Chair (Mr. Rob Roe)" … "The Chair"."""
    assert stretch.speaker is not None
    places = [other.speaker for other in page_stretches(article) if other.labelled and other.speaker is not None]
    same = [place for place in places if place[0] <= stretch.speaker[0] and article.plain[slice(*place)] == label]
    named = (_NAMED_INSIDE.match(article.plain, end) for _, end in reversed(same))
    return next((match["name"] for match in named if match is not None), None)


def _in_full(article: Article, name: str) -> str:
    """A label with the name in full that another label gives it: "BAUM" for "ROSA BAUM"."""
    if " " in name:
        return name
    labels = [article.plain[slice(*other.speaker)] for other in page_stretches(article) if other.labelled and other.speaker is not None]
    full = {label for label in labels if label.endswith(f" {name}")}
    return full.pop() if len(full) == 1 else name


def _interviewed(article: Article, stretch: Stretch, cast: Cast, sentence: int) -> Actor | None:
    """Who answers in an interview: the one person named before it, or the one spoken with."""
    first = page_stretches(article)[0].paragraphs[0].start
    named = {name.name: name for name in cast.roll.introduced(0, first)}
    if len(named) > 1:
        named = {
            key: name for key, name in named.items() if pattern("quotes.interviewed").search(article.plain, max(0, name.start - 120), name.start)
        }
    if len(named) != 1:
        return None
    name = next(iter(named.values()))
    return cast.resolve(Mentioned(name.name, name.start), sentence)


def _cut(article: Article, span: tuple[int, int] | None) -> tuple[int, int, str] | tuple[None, None, None]:
    return (None, None, None) if span is None else article.cut(*span)
