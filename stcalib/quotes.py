"""Quotes: from an article to rows of reported speech, with speaker, cue and actor."""

from __future__ import annotations

import re
from functools import cache

from stcalib.actors import Actor, Cast, mentioned
from stcalib.articles import Article, Sentence
from stcalib.codebook import EMPTY, Codebook
from stcalib.cues import cue_forms
from stcalib.grammar import ENDS_MARK, QUOTED, Tokens, tokens_of
from stcalib.records import Published, Quote, Skipped, row_id
from stcalib.speech import Mention, Report, reports_in
from stcalib.stretches import Stretch, stretches_of

_WORD = re.compile(r"[^\W\d_]+")
_MASK = re.compile(f"[{QUOTED}-{ENDS_MARK}]")
FRAGMENT_WORDS = 5
"""A quotation without a reporting clause in its sentence counts as speech from so many words on."""


@cache
def _cue_words() -> frozenset[str]:
    return frozenset(cue_forms()) | {"according"}


def find_quotes(article: Article, codebook: Codebook = EMPTY, published: Published = Published()) -> tuple[list[Quote], list[Skipped]]:
    """The quotes of an article in order, and the quotations and reporting verbs that gave none."""
    cast = Cast(article, codebook, published)
    quotes: list[Quote] = []
    skipped: list[Skipped] = []
    masked = article.masked
    words = _cue_words()
    for number, sentence in enumerate(article.sentences):
        if not (_MASK.search(masked, sentence.start, sentence.end) or any(m.group().lower() in words for m in _WORD.finditer(masked, sentence.start, sentence.end))):
            continue
        tokens = tokens_of(masked, sentence.start, sentence.end)
        reports, declined = reports_in(tokens)
        stretches = stretches_of(tokens, reports)
        stretches += _unreported(article, tokens, stretches)
        subject = next((r.subject for r in reports if r.subject is not None and r.order != "phrase"), None)
        for stretch in sorted(stretches, key=lambda s: (s.start, s.end)):
            quotes.append(_row(article, sentence, tokens, stretch, cast, subject, number))
    return quotes, skipped


def _unreported(article: Article, t: Tokens, stretches: list[Stretch]) -> list[Stretch]:
    """Quotations of a sentence that no reporting clause claims but that are speech all the same."""
    covered = {i for s in stretches for i in range(s.start, s.end)}
    found = []
    for i, letter in enumerate(t.classes):
        if letter not in "Qq" or i in covered:
            continue
        words = article.plain[t.starts[i] : t.ends[i]].strip("\"“”'‘’«» .,!?").split()
        alone = not t.classes.strip("Q-")
        if alone or (len(words) >= FRAGMENT_WORDS and not _is_title(words)):
            found.append(Stretch(i, i + 1, None))
    return found


def _is_title(words: list[str]) -> bool:
    """Whether quoted words are written as a title: all but the small ones with a capital."""
    long = [w for w in words if len(w) > 3]
    return bool(long) and all(w[0].isupper() or not w[0].isalpha() for w in long)


def _row(article: Article, sentence: Sentence, t: Tokens, stretch: Stretch, cast: Cast, main: Mention | None, number: int) -> Quote:
    report = stretch.report
    mention = (report.subject or (main if report.order in ("joined", "participle") else None)) if report else None
    actor: Actor | None
    if mention is not None:
        actor = cast.resolve(mentioned(article, t, mention), number)
    else:
        actor = cast.continued()
    start, end, text = article.cut(t.starts[stretch.start], t.ends[stretch.end - 1])
    inside = t.classes[stretch.start : stretch.end]
    kind = "direct" if not inside.strip("Qq") else "mixed" if "Q" in inside or "q" in inside else "indirect"
    speaker = article.cut(t.starts[mention.start], t.ends[mention.end - 1]) if mention else (None, None, None)
    cue = article.cut(t.starts[report.verb], t.ends[report.end - 1]) if report else (None, None, None)
    role = article.cut(t.starts[mention.role[0]], t.ends[mention.role[1] - 1]) if mention and mention.role else (None, None, None)
    s_start, s_end, _ = article.cut(sentence.start, sentence.end)
    return Quote(
        quote_id=row_id("q", article.sha256, start, end),
        article_id=article.article_id,
        start=start,
        end=end,
        text=text,
        kind=kind,
        speaker=speaker[2],
        speaker_start=speaker[0],
        speaker_end=speaker[1],
        cue=cue[2],
        cue_start=cue[0],
        cue_end=cue[1],
        cue_kind=(report.cue.kind if report.cue else "neutral") if report else None,
        actor=actor.name if actor else None,
        actor_type=actor.type if actor else None,
        actor_basis=actor.basis if actor else None,
        role=role[2],
        role_start=role[0],
        role_end=role[1],
        organization=actor.organization if actor else None,
        party=actor.party if actor else None,
        party_basis=actor.party_basis if actor else None,
        said_on=None,
        said_on_text=None,
        sentence_start=s_start,
        sentence_end=s_end,
    )
