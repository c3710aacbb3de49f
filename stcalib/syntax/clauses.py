"""The clauses of a sentence: where each begins and ends, its kind and members, and who is said to have said it.

Read once an article and shared by the finders: `clauses_of(article, number)` gives the `SentenceClauses` of a sentence.
The words around quotations and those inside them are cut apart, since each voice makes sentences of its own. Where
clauses begin is told by the openers of the language (`rooms/syntax.toml`) and by marks; subject, verb and object are
read from token classes (see `text.tokens`), and only when they are asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import word_list, word_set
from stcalib.syntax.noun_phrases import NOUN_PHRASE, Mention
from stcalib.syntax.reporting_clauses import reports_in
from stcalib.syntax.source_phrases import Declined, Report
from stcalib.syntax.subjects import main_subject, subject_before, subject_behind, subjects_in
from stcalib.syntax.titled_works import with_names, works_in
from stcalib.text.article import Article
from stcalib.text.tokens import MASKS, Tokens, tokens_of

MAIN, CONDITION, EXCEPTION, CONTRAST, ASIDE = "main", "condition", "exception", "contrast", "aside"
SUBORDINATE, COORDINATE, RELATIVE, QUESTION = "subordinate", "coordinate", "relative", "question"
CONTENT, REPORT, BEHIND_MARK = "content", "report", "behind mark"
KINDS = (CONDITION, EXCEPTION, CONTRAST, ASIDE, SUBORDINATE, COORDINATE, RELATIVE, QUESTION)
"""The kinds of clause that a word opens. Of the others "main" opens with none, "report" has a reporting verb, "content" is what that
reports, "behind mark" stands behind a colon, semicolon or dash."""
FRONTED = frozenset((CONDITION, EXCEPTION, ASIDE, SUBORDINATE))
"""Kinds of clause that may stand before their main clause, with a comma between."""

_STOPS = r"[;:]|[—–…]|--+|(?<![.!?])[.!?]+(?=[\s”\"’')\]]|$)|\n"
_VERB = re.compile(r"(?:p|(?<![I])X)[AZXI]*[VYEGN]?|(?<!I)[VYE]")
"""A finite verb with its auxiliaries; behind an auxiliary any word may be the verb."""
_PAUSE = re.compile(r"[,;:()\[\]—–…]|--+|(?<=\s)-(?=\s)")
_THAT_REACH = 8
"""Tokens behind a reporting verb within which the "that" of its clause is looked for."""
_MARKS = "\"“”'‘’«»"
_OUTSIDE = f"{_MARKS} ,{''.join(MASKS)}"
"""What is no clause where nothing else stands: marks and masked quotations, whose clauses are given apart."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a clause of a kind begins: at the word `start`..`end`, or behind the mark that stands there."""

    start: int
    end: int
    kind: str


@by_language
def _opener() -> re.Pattern[str]:
    """The words and marks at which a clause begins, in a group for each kind."""
    openers = (
        word_list("syntax.condition_openers"), word_list("syntax.exception_openers"), word_list("syntax.contrast_openers"),
        word_list("syntax.aside_openers"), word_list("syntax.subordinate_openers"), word_list("syntax.coordinate_openers"),
        word_list("syntax.relative_openers"), word_list("syntax.question_openers"),
    )  # fmt: skip
    named = []
    for number, words in enumerate(openers):
        plain = [word for word in words if not word.startswith(",")]
        led = [word.removeprefix(", ") for word in words if word.startswith(",")]
        either = [rf"\b{alternatives(plain)}\b"] * bool(plain) + [rf", {alternatives(led)}\b"] * bool(led)
        named.append(f"(?P<k{number}>{'|'.join(either) or r'(?!)'})")
    return re.compile("|".join((*named, _STOPS)), re.IGNORECASE)


@by_language
def _abbreviations() -> frozenset[str]:
    lexicon = load_lexicon()
    months = (name for month in lexicon.calendar.month for name in month.abbreviations)
    return frozenset((*lexicon.words.abbreviations, *lexicon.words.leading_abbreviations, *lexicon.titles.honorifics, *months))


def openings(text: str, start: int, end: int) -> Iterator[Opening]:
    """Where clauses begin in `text[start:end]`, in order; the beginning itself is none."""
    for match in _opener().finditer(text, start, end):
        if match.lastgroup is not None:
            yield Opening(*match.span(), KINDS[int(match.lastgroup[1:])])
        elif match[0] != "." or not is_abbreviated(text, start, match.start()):
            yield Opening(*match.span(), MAIN if match[0][0] in ".!?\n" else BEHIND_MARK)


def part_starts(text: str, start: int, end: int, whole: Iterable[tuple[int, int]] = ()) -> list[int]:
    """Where the stretches of `text[start:end]` between commas, brackets, dashes and openers of clauses begin, in order.

    None begins inside a span of `whole`, nor at a relative pronoun without a comma, whose clause goes with its noun.
    """
    cuts = {start, *(pause.end() for pause in _PAUSE.finditer(text, start, end))}
    cuts |= {opening.start if opening.kind in KINDS else opening.end for opening in openings(text, start, end) if opening.kind != RELATIVE}
    spans = sorted(whole)
    begins = [begin for begin, _ in spans]
    return [cut for cut in sorted(cuts - {end}) if (before := bisect_left(begins, cut)) == 0 or cut >= spans[before - 1][1]]


def is_abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether a stop belongs to the word before it: "U.S.", "Dr."."""
    word = text[max(start, stop - 12) : stop].rpartition(" ")[2].strip(_MARKS + "(")
    return "." in word or len(word) == 1 or word in _abbreviations()


@dataclass(frozen=True)
class Clause:
    """A clause: `start`..`end` in the reading copy, its opener included; `t.classes[first:last]` are its tokens.

    Grammatical parts are given in tokens of `t`, as everywhere in this room; `span` makes offsets of them.
    """

    start: int
    end: int
    opener: str
    kind: str
    t: Tokens = field(repr=False)
    first: int
    last: int
    quoted: bool
    sentence: SentenceClauses = field(repr=False)

    @cached_property
    def verb(self) -> tuple[int, int] | None:
        """The first finite verb with its auxiliaries; None in a clause without one."""
        match = _VERB.search(self.t.classes, self.first, self.last)
        return match.span() if match is not None else None

    @cached_property
    def subject(self) -> Mention | None:
        """The subject of the verb; of a relative clause the noun that its pronoun takes up."""
        if self.verb is None:
            return None
        at = self.verb[0]
        if self.t.classes[at] == "p":
            return Mention(at, at + 1)
        goes_on = self.kind == RELATIVE or not self.t.classes[self.first : at].strip("AZ")
        before = at - 1
        while before >= self.first and self.t.classes[before] in "AXZ":
            before -= 1
        found = subject_before(self.t, before)
        if found is not None and (found.first >= self.first or goes_on):
            return found
        return subject_behind(self.t, at + 1) if goes_on and self.t.classes[at] == "X" else None

    @cached_property
    def object(self) -> tuple[int, int] | None:
        """The noun phrase right behind the verb, adverbs passed over."""
        if self.verb is None:
            return None
        at = self.verb[1]
        while at < self.last and self.t.classes[at] == "A":
            at += 1
        letter, behind = self.t.classes[at : at + 1], self.t.classes[at + 1 : at + 2]
        if at < self.last and (letter == "O" or (letter == "P" and behind not in (*"XVYE",))):
            return at, at + 1
        match = NOUN_PHRASE.match(self.t.classes, at, self.last)
        return match.span() if match is not None else None

    @cached_property
    def negated(self) -> bool:
        """Whether its verb is denied, or its subject is nobody: "never crossed", "none of them crossed", "nor did they"."""
        if self.verb is None:
            return False
        words = [word.lower().replace("’", "'") for word in self.t.words[self.verb[0] : self.verb[1]]]
        if not word_set("negated").isdisjoint(words) or "Z" in self.t.classes[slice(*self.verb)]:
            return True
        opening = self.t.words[self.subject.first].lower() if self.subject is not None else ""
        return opening in load_lexicon().cues.phrases.nobody or self.opening_word in word_set("syntax.nor")

    @property
    def opening_word(self) -> str:
        """The first word of its tokens in small letters."""
        return self.t.words[self.first].lower() if self.first < self.last else ""

    @cached_property
    def asked(self) -> bool:
        """Whether it is a question, in direct or indirect speech."""
        if self.kind == QUESTION:
            return True
        text = self.sentence.article.plain
        return text[self.end : self.end + 2].lstrip(_MARKS)[:1] == "?" or text[self.start : self.end].rstrip(_MARKS + " ").endswith("?")

    @cached_property
    def conditional(self) -> bool:
        """Whether it tells no fact: it is a condition or an exception, or its verb is one of supposing."""
        if self.kind in (CONDITION, EXCEPTION):
            return True
        return self.verb is not None and not word_set("syntax.supposing").isdisjoint(word.lower() for word in self.t.words[slice(*self.verb)])

    @cached_property
    def attributed(self) -> Report | None:
        """The reporting clause of its sentence in whose content it stands; None where the reporter speaks."""
        at = self.verb[0] if self.verb is not None else self.first
        if at >= self.last:
            return None
        report = reported_by(self.sentence.tokens, self.sentence.reports, self.t.starts[at])
        return None if self.kind == REPORT else report

    def span(self, tokens: tuple[int, int]) -> tuple[int, int]:
        """Offsets of a range of its tokens in the reading copy."""
        return self.t.starts[tokens[0]], min(self.end, self.t.end(tokens[1] - 1))


class SentenceClauses:
    """The clauses of one sentence, with its reporting clauses and subjects. Make it with `clauses_of`."""

    def __init__(self, article: Article, number: int) -> None:
        self.article, self.number = article, number

    @cached_property
    def works(self) -> list[int]:
        """The tokens that are titles of works in quotation marks."""
        return works_in(self.article, self.article.tokens(self.number))

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens of the sentence, its quotations masked, the titles of works as names."""
        return with_names(self.article.tokens(self.number), self.works)

    @cached_property
    def _reported(self) -> tuple[list[Report], list[Declined]]:
        return reports_in(self.tokens)

    @property
    def reports(self) -> list[Report]:
        """The reporting clauses, in order."""
        return self._reported[0]

    @property
    def declined(self) -> list[Declined]:
        """The reporting verbs that report nothing, with the reason."""
        return self._reported[1]

    @cached_property
    def subjects(self) -> list[Mention]:
        """The subjects of the finite verbs around the quotations, each once."""
        return subjects_in(self.tokens)

    def main_subject(self, before: int) -> Mention | None:
        """The subject of the first finite verb before a token."""
        return main_subject(self.tokens, before)

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """Where words and marks open clauses, in order, whoever speaks them."""
        sentence = self.article.sentences[self.number]
        return tuple(openings(self.article.plain, sentence.start, sentence.end))

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses around the quotations and inside them, in order of their beginnings."""
        found = list(self._cut(self.tokens, self.article.masked, quoted=False))
        sentence = self.article.sentences[self.number]
        quotations = self.article.quotations
        for quotation in quotations[bisect_left(quotations, sentence.start, key=lambda q: q.start) :]:
            if quotation.start >= sentence.end:
                break
            start, end = quotation.start, quotation.end
            while start < end and self.article.plain[start] in _MARKS:
                start += 1
            while end > start and self.article.plain[end - 1] in _MARKS:
                end -= 1
            found += self._cut(tokens_of(self.article.plain, start, end), self.article.plain, quoted=True, bounds=(start, end))
        return tuple(sorted(found, key=lambda clause: (clause.start, -clause.end)))

    def at(self, offset: int) -> Clause | None:
        """The innermost clause at an offset of the reading copy: inside a quotation the one of its words."""
        around = [clause for clause in self.clauses if clause.start <= offset < clause.end]
        return min(around, key=lambda clause: (not clause.quoted, clause.end - clause.start), default=None)

    def _cut(self, t: Tokens, text: str, *, quoted: bool, bounds: tuple[int, int] | None = None) -> Iterator[Clause]:
        sentence = self.article.sentences[self.number]
        low, high = bounds or (sentence.start, sentence.end)
        opened = [one for one in self.openings if low <= one.start and one.end <= high and (quoted or text[one.start] not in MASKS)]
        found = [*opened, *_resumed(t, opened), *(() if quoted else self._reported_at())]
        start, opener, kind = low, "", MAIN
        for opening in (*sorted(found, key=lambda one: one.start), Opening(high, high, MAIN)):
            if opening.start > start and (opener or text[start : opening.start].strip(_OUTSIDE)):
                first, last = bisect_left(t.starts, start), bisect_left(t.starts, opening.start)
                yield Clause(start, opening.start, opener, kind, t, first, last, quoted, self)
            start, kind, opener = max(start, opening.start), opening.kind, ""
            if opening.kind in KINDS:
                opener = text[opening.start : opening.end].lstrip(", ").lower()
            else:
                start = max(start, opening.end)
                while start < high and text[start] == " ":
                    start += 1

    def _reported_at(self) -> Iterator[Opening]:
        """Where reporting clauses and what they report begin: "it rained, | Roe said", "said on Monday | that it would"."""
        t = self.tokens
        for report in self.reports:
            if report.order in ("before", "after"):
                yield Opening(t.starts[report.start], t.starts[report.start], REPORT)
            if report.order in ("before", "joined", "participle", "noun"):
                that = t.classes.find("H", report.end, report.end + _THAT_REACH)
                first = that if that >= 0 and _VERB.search(t.classes, report.end, that) is None else report.end
                if first < len(t.classes) and t.classes[first] in "HDCNKPp#" and _VERB.search(t.classes, first) is not None:
                    yield Opening(t.starts[first], t.starts[first], CONTENT)


def _resumed(t: Tokens, opened: list[Opening]) -> Iterator[Opening]:
    """Where a main clause begins or goes on behind the comma that closes a clause: "If it rains, we …", "the lock, which froze, will"."""
    closing: str | None = None
    at = {bisect_left(t.starts, opening.start): opening.kind for opening in opened if opening.kind in KINDS}
    first = {0, *(bisect_left(t.starts, opening.end) for opening in opened if opening.kind in (MAIN, BEHIND_MARK))}
    opens = True
    for i, letter in enumerate(t.classes):
        opens = i in first or (opens and letter in "Q,&AS")
        kind = at.get(i, MAIN)
        if (kind in FRONTED and opens) or (kind == RELATIVE and t.classes[i - 1 : i] == ","):
            closing = kind
        elif letter == "," and closing is not None and i + 1 < len(t.classes) and t.classes[i + 1] not in "W&":
            goes_on = t.classes[i + 1] in "XVYE" if closing == RELATIVE else _VERB.search(t.classes, i + 1) is not None
            if goes_on:
                yield Opening(t.starts[i], t.end(i), MAIN)
                closing = None


def clauses_of(article: Article, number: int) -> SentenceClauses:
    """The clauses of the sentence with that number, read once an article."""
    held = article.memo.get("clauses")
    if not isinstance(held, dict):
        held = article.memo["clauses"] = {}
    if number not in held:
        held[number] = SentenceClauses(article, number)
    found = held[number]
    assert isinstance(found, SentenceClauses)
    return found


def reported_by(t: Tokens, reports: list[Report], offset: int) -> Report | None:
    """The one of the reporting clauses of a sentence in whose content an offset lies; "according to X" goes before the others."""
    at = bisect_right(t.starts, offset) - 1
    if at < 0 or offset >= t.end(at):
        return None
    in_quotation = t.classes[at] in "Qq"
    best: Report | None = None
    closing: Report | None = None
    for report in reports:
        if report.subject is not None and report.subject.first <= at < report.subject.last:
            continue
        if report.order == "phrase":
            best = best or report
        elif at >= report.end:
            if _reaches(t, report, at):
                best = report
        elif report.order in ("after", "before") and at < report.start and _closes(t, report, in_quotation):
            closing = closing or report
    phrase = best if best is not None and best.order == "phrase" else None
    return phrase or closing or best


def _reaches(t: Tokens, report: Report, at: int) -> bool:
    """Whether the content of a report that began before runs on to the token `at`."""
    between = t.classes[report.end : at]
    if "Q" not in between and ";" in t.words[report.end : at]:
        return False
    if report.order == "after" and "Q" not in between and "q" not in between and report.subject is not None:
        return t.classes[report.subject.last : report.subject.last + 1] in ("H",)
    return True


def _closes(t: Tokens, report: Report, in_quotation: bool) -> bool:
    """Whether a report stands behind its content: "…, the force said"."""
    if report.order == "after" or in_quotation:
        return True
    before, behind = t.classes[report.start - 1 : report.start], t.classes[report.end : report.end + 1]
    follows = behind in ("", ",", "T", "R", "S", "-", ";") or (behind not in ("H",) and report.end >= len(t.classes) - 6)
    return before in (",", "-", "Q", "q") and follows and behind != "H"
