"""Stretches of a page that are somebody's own words without a reporting clause in each paragraph.

A statement ("X issued the following statement:", "X wrote:", "From X:"), the turns of a transcript or interview
("KWAN:", "Q:"), what stands above a signature ("— Rosa Baum, minister of roads"), a post with its author behind it.
Found once an article; whose words they are is told by the mention that opens or closes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.people_words import first_names, person_words
from stcalib.language.word_sets import compiled, pattern, word_list, word_set
from stcalib.syntax.clauses import SentenceClauses, clauses_of
from stcalib.syntax.noun_phrases import Mention
from stcalib.syntax.page_paragraphs import LONGEST_LABEL, MASK, Paragraph, Stretch, span_of
from stcalib.syntax.signatures import signed
from stcalib.syntax.subjects import subject_behind, subject_of
from stcalib.text.article import Article
from stcalib.text.tokens import MASKS, Tokens, word_classes
from stcalib.text.zones import READ

LONGEST_TURN_LABEL = 240
"""Characters of a label with an office in brackets at most."""
LONGEST_LEAD = 700
"""Characters of the sentence that announces a statement at most."""
TURNS = 2
"""So many labelled paragraphs make a transcript."""
_SENTENCE = re.compile(r"[.!?…][\"”’)]*$")
_ASIDE = re.compile(r"[\[(][^\])]*[\])] ?")


@dataclass(slots=True)
class _Source:
    """Whose words follow: where the mention, the role beside it and the announcing verb stand."""

    speaker: tuple[int, int]
    role: tuple[int, int] | None
    cue: tuple[int, int] | None
    noun: bool


def page_stretches(article: Article) -> list[Stretch]:
    """The stretches of a page, in order; found on the first call."""
    found = article.memo.get("stretches")
    if found is None:
        turns = list(_turns(article))
        taken = {paragraph.block for turn in turns for paragraph in turn.paragraphs}
        found = sorted([*turns, *_statements(article, taken), *signed(article, taken)], key=lambda stretch: stretch.paragraphs[0].start)
        article.memo["stretches"] = found
    assert isinstance(found, list)
    return found


# ---- transcripts
@by_language
def _label() -> re.Pattern[str]:
    titles = load_lexicon().titles
    title = alternatives((*titles.honorifics, *titles.stopped, *(word.capitalize() for word in titles.formal), *word_list("syntax.before_label")))
    return compiled("syntax.turn_label", titles=title, labels=alternatives(titles.labels))


def _turns(article: Article) -> Iterator[Stretch]:
    """The turns of a transcript or interview: labelled paragraphs and what goes on behind them."""
    plain = article.plain
    labelled: dict[int, re.Match[str]] = {}
    for number, block in enumerate(article.blocks):
        within = min(block.end, block.start + LONGEST_TURN_LABEL)
        if plain.find(":", block.start, within) < 0 and plain[block.start + 1 : block.start + 2] != ".":
            continue
        match = _label().match(plain, block.start, within)
        if match is not None and _is_turn(article, match, block.end):
            labelled[number] = match
    said = [plain[match.end() : article.blocks[number].end] for number, match in labelled.items()]
    spoken = sum(pattern("syntax.spoken").search(words) is not None for words in said) * 3 >= len(said)
    labelled = {number: match for number, match in labelled.items() if _is_firm(plain, match, labelled, spoken)}
    labels = {match["name"] for match in labelled.values()}
    formal = any(match["aside"] and match["title"] for match in labelled.values())
    if not formal and (len(labelled) < TURNS or not (spoken or labels <= frozenset(load_lexicon().titles.labels))):
        return
    if labels <= {"A"} or (len(labels) == 1 and not formal and not labels <= frozenset(load_lexicon().titles.labels)):
        return
    order = sorted(labelled)
    for position, number in enumerate(order):
        match = labelled[number]
        until = order[position + 1] if position + 1 < len(order) else None
        first = Paragraph(_behind_aside(plain, match.end(), article.blocks[number].end), article.blocks[number].end, number, quoted=False)
        rest = _going_on(article, number + 1, until)
        if first.start < first.end:
            yield Stretch("transcript", (first, *rest), match.span("name"), span_of(match, "title"), labelled=True)


def _is_turn(article: Article, match: re.Match[str], end: int) -> bool:
    """Whether a label with a colon names a speaker, and words of theirs follow."""
    plain, name = article.plain, match["name"]
    said = plain[match.end() : end]
    if not said or article.masked[match.end()] in MASKS or name.lower() in _page_labels():
        return False
    if name in load_lexicon().titles.labels or (match["aside"] and match["title"]):
        return True
    if not ((_SENTENCE.search(said) and said[0].isupper()) or said[0] in "[(…"):
        return False
    words = name.split()
    if name.isupper():
        known = words[0].title() in first_names() or name.title() in plain or words[-1].lower() in person_words()
        return len(name) > 2 and (len(words) == 1 or known)
    if match["title"]:
        return True
    return len(words) == 1 or words[0] in first_names() or plain.count(name) > 1


def _is_firm(plain: str, match: re.Match[str], labelled: dict[int, re.Match[str]], spoken: bool) -> bool:
    """Whether a label of one word in small letters names a speaker: a surname of the page, or one that comes back."""
    name = match["name"]
    if " " in name or match["title"] or name.isupper() or name in load_lexicon().titles.labels:
        return True
    again = sum(other["name"] == name for other in labelled.values()) > 1
    return spoken and (again or re.search(rf"[A-ZÀ-Ý][\w.-]+ {re.escape(name)}\b", plain) is not None)


@by_language
def _page_labels() -> frozenset[str]:
    return frozenset(load_lexicon().titles.page_labels)


def _behind_aside(plain: str, start: int, end: int) -> int:
    """The first character behind a direction in brackets: "[laughs] We tried"."""
    aside = _ASIDE.match(plain, start, end)
    return aside.end() if aside is not None and aside.end() < end else start


def _going_on(article: Article, first: int, until: int | None) -> list[Paragraph]:
    """The paragraphs without a label behind a turn: all up to the next, behind the last those in the first person."""
    found = []
    last = until if until is not None else len(article.blocks)
    for number in range(first, last):
        block = article.blocks[number]
        if block.zone not in READ:
            break
        words = article.masked[block.start : block.end]
        if until is None and (not pattern("syntax.first_person").search(words) or not _reporting_verbs().isdisjoint(words.split())):
            break
        found.append(Paragraph(block.start, block.end, number, quoted=False))
    return found


# ---- statements
def _statements(article: Article, taken: set[int]) -> Iterator[Stretch]:
    """What is announced as somebody's statement, letter or post a paragraph before."""
    blocks = article.blocks
    sentence_of = {sentence.block: number for number, sentence in enumerate(article.sentences)}
    covered = 0
    for number in range(len(blocks) - 1):
        if number < covered or number in taken:
            continue
        colon = article.plain[blocks[number].end - 1] == ":" or blocks[number].zone == "headline"
        if not colon and article.masked[blocks[number + 1].start : blocks[number + 1].start + 1] not in MASKS:
            continue
        source = _announced(article, number, sentence_of.get(number))
        if source is None:
            continue
        told = colon and (source.noun or (source.cue is not None and _is_in_first_person(article, number + 1)))
        paragraphs = _quoted_from(article, number + 1) or (_unquoted_from(article, number + 1) if told else [])
        paragraphs = [paragraph for paragraph in paragraphs if paragraph.block not in taken]
        if paragraphs:
            covered = paragraphs[-1].block + 1
            taken.update(paragraph.block for paragraph in paragraphs)
            yield Stretch("statement", tuple(paragraphs), source.speaker, source.role, source.cue)


def _announced(article: Article, number: int, sentence: int | None) -> _Source | None:
    """Who speaks in the paragraphs behind a block that announces them."""
    block, plain = article.blocks[number], article.plain
    line = plain[block.start : block.end]
    if block.zone == "headline":
        match = pattern("syntax.headed").match(plain, block.start, block.end)
        return None if match is None else _Source(match.span("name"), None, None, noun=True)
    match = pattern("syntax.head_line").match(plain, block.start, block.end) if len(line) <= LONGEST_LABEL and line.endswith(":") else None
    if match is not None and _describes(match["role"]) and _is_known(plain, match):
        return _Source(match.span("name"), span_of(match, "role"), None, noun=line.startswith(word_list("syntax.sender_marker")))
    if sentence is None or block.zone != "body":
        return None
    place = article.sentences[sentence]
    if place.end - place.start > LONGEST_LEAD:
        return None
    words = plain[place.start : place.end].lower()
    colon = line.endswith(":")
    noun = not _statement_nouns().isdisjoint(words.replace(":", "").replace(".", "").split())
    if not colon and not (noun and not _issuing().isdisjoint(words.split()) and not _SENTENCE_QUOTED.search(article.masked, place.start, place.end)):
        return None
    return _source_in(article, clauses_of(article, sentence), noun and (colon or any(word in words for word in word_list("syntax.following"))))


def _is_known(plain: str, match: re.Match[str]) -> bool:
    """Whether a head line with a colon names somebody: with a role, with "From", by a name of the page or a given name."""
    name = match["name"]
    return (
        bool(match["role"])
        or match.group().startswith(word_list("syntax.sender_or_author"))
        or plain.count(name) > 1
        or name.partition(" ")[0] in first_names()
    )


def _describes(role: str | None) -> bool:
    """Whether the words behind a name describe somebody and make no clause."""
    words = role.strip(" ,()").lower().split() if role else []
    return _issuing().isdisjoint(words) and all(word_classes().get(word) not in ("P", "X", "V", "Y", "p") for word in words)


_SENTENCE_QUOTED = re.compile(MASK)


@by_language
def _statement_nouns() -> frozenset[str]:
    return frozenset(load_lexicon().titles.statements)


@by_language
def _issuing() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.issuing)


@by_language
def _writing() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.writing)


def _source_in(article: Article, clauses: SentenceClauses, noun: bool) -> _Source | None:
    """The speaker in the sentence that announces a statement: who issues it, who is said to say it, whose it is."""
    t = clauses.tokens
    lower = [word.lower() for word in t.words]
    for at in [i for i, word in enumerate(lower) if word in _issuing() and (noun or word in _writing())]:
        by = next((i for i in range(at + 1, min(len(lower), at + 8)) if lower[i] in word_set("syntax.agent_marker")), None)
        passive = at > 0 and t.classes[at - 1] in "XI"
        mention = subject_behind(t, by + 1) if passive and by is not None else subject_of(t, at)
        if mention is not None:
            return _source(article, t, mention, (at, at + 1), noun or lower[at] in _writing())
    reports = [r for r in clauses.reports if r.subject is not None and r.order not in ("phrase", "noun")]
    if reports:
        last = reports[-1]
        assert last.subject is not None
        return _source(article, t, last.subject, (last.verb, last.end), noun)
    if lower and lower[0] in word_set("syntax.source_opening") and t.words[-1].endswith(":") and (mention := subject_behind(t, 1)) is not None:
        return _source(article, t, mention, None, noun)
    for at in [i for i, word in enumerate(lower) if word in _statement_nouns()]:
        if t.words[at + 1 : at + 2] and lower[at + 1] in word_set("syntax.author_markers") and (mention := subject_behind(t, at + 2)) is not None:
            return _source(article, t, mention, None, noun)
        if at and t.classes[at - 1] == "K":
            first = at - 1
            while first and t.classes[first - 1] in "CK":
                first -= 1
            return _source(article, t, Mention(first, at), None, noun=False)
    return None


def _source(article: Article, t: Tokens, mention: Mention, cue: tuple[int, int] | None, noun: bool) -> _Source:
    def place(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if span is None else (t.starts[span[0]], t.end(span[1] - 1))

    speaker = t.starts[mention.start], t.end(mention.end - 1)
    if t.classes[mention.end - 1] == "K":
        speaker = speaker[0], speaker[1] - len(re.search(r"['’]?s?$", article.plain[slice(*speaker)]).group())  # type: ignore[union-attr]
    return _Source(speaker, place(mention.role), place(cue), noun)


def _quoted_from(article: Article, first: int) -> list[Paragraph]:
    """The paragraphs from block `first` on that are quotation and nothing else."""
    found = []
    for number in range(first, len(article.blocks)):
        block = article.blocks[number]
        words = article.masked[block.start : block.end]
        if block.zone not in READ or not words or re.sub(f"{MASK}|\\W", "", words):
            break
        found.append(Paragraph(block.start, block.end, number, quoted=True))
    return found


def _unquoted_from(article: Article, first: int) -> list[Paragraph]:
    """The paragraphs from block `first` on that are plainly the statement: the first, and those in the first person."""
    found: list[Paragraph] = []
    pending: list[Paragraph] = []
    for number in range(first, len(article.blocks)):
        block = article.blocks[number]
        opens = article.masked[block.start] in MASKS
        signed = pattern("syntax.signature").match(article.plain, block.start, block.end)
        if block.zone not in READ or opens or signed or _has_attribution(article, block.start, block.end):
            break
        paragraph = Paragraph(block.start, block.end, number, quoted=False)
        if found and not pattern("syntax.first_person").search(article.masked, block.start, block.end):
            pending.append(paragraph)
            if len(pending) > 1:
                break
            continue
        found += [*pending, paragraph]
        pending = []
    return found


def _is_in_first_person(article: Article, number: int) -> bool:
    """Whether a paragraph opens with who speaks in it: "The network said:⏎We sat in that courtroom today"."""
    block = article.blocks[number]
    opening = article.masked[block.start : block.end].partition(". ")[0]
    return pattern("syntax.first_person").search(opening) is not None and re.search(MASK, opening) is None


def _has_attribution(article: Article, start: int, end: int) -> bool:
    """Whether the reporter reports in a paragraph: a quotation in it with a reporting verb outside."""
    masked = article.masked[start:end]
    return re.search(MASK, masked) is not None and not _reporting_verbs().isdisjoint(masked.split())


@by_language
def _reporting_verbs() -> frozenset[str]:
    return frozenset(load_lexicon().cues.phrases.plain_reports)
