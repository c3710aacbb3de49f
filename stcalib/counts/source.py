"""In whose name a number stands: whom its own sentence credits with it.

"according to X", "X said", "figures from X show", "X puts the total at". The body that acts in the sentence ("the
RCMP intercepted") is no source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stcalib.actors.coreference import Cast
from stcalib.actors.mention import mentioned
from stcalib.codebook.codebook import Codebook
from stcalib.core.rows import Published
from stcalib.counts.units import Item, Unit
from stcalib.counts.words import words_for
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import role_words
from stcalib.language.word_sets import compiled, pattern, word_list, word_set
from stcalib.syntax.clauses import clauses_of, reported_by
from stcalib.syntax.noun_phrases import Mention
from stcalib.syntax.source_phrases import Report
from stcalib.text.article import Article
from stcalib.text.tokens import Tokens

LONGEST_SENTENCE = 4_000
"""Characters; no reporting clause is looked for in a longer sentence."""
_APPOSED = re.compile(r", ([A-ZÀ-Ý][\w’'.-]+(?: [A-ZÀ-Ý][\w’'.-]+)+), ")
_APPOSED_REACH = 120
"""Characters behind a subject in which the name is looked for that stands between commas before the verb."""
_OWNED = re.compile(r"^.{2,40}?['’]s (?=[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý])")
_POSSESSIVE = re.compile(r"['’]s?$")
_ROLE = re.compile(r"([A-Z][a-z]+) (?=[A-ZÀ-Ý][\w’'-]+ [A-ZÀ-Ý])")
"""A word with a capital before a name of two words or more: "Advocate" at the head of a sentence."""
_PRONOUN_REACH = 6
"""Sentences before a pronoun whose speakers are gone through to resolve it."""


@dataclass
class Credits:
    """Finds the source of each number of an article."""

    article: Article
    codebook: Codebook
    published: Published

    def __post_init__(self) -> None:
        words = words_for(self.codebook)
        self._names = words.credits
        self._regional = words.regions | {f"{adjective} government" for adjective in self.codebook.actors.regional}
        self._cast: Cast | None = None

    def credit(self, unit: Unit, start: int, place: str | None = None) -> str | None:
        """The source of the number at `start`, which speaks of `place`; None where the reporter speaks."""
        name = self.credited(unit, start)
        if name is not None and (government := self._names.get(f"government of {name.lower()}")) is not None:
            return government
        if name is not None and name.lower() in self._regional:
            title = next((p.title for p in self.codebook.counts.place if p.code == place), None)
            return f"Government of {title}" if title else name
        return name

    def credited(self, unit: Unit, start: int) -> str | None:
        """The source as the sentence names it."""
        sentence = self.article.sentences[unit.sentence]
        if sentence.end - sentence.start > LONGEST_SENTENCE:
            return None
        if (name := self.of_data(unit, start)) is not None:
            return name
        told = clauses_of(self.article, unit.sentence)
        tokens, reports = told.tokens, [r for r in told.reports if not self.counts(unit, told.tokens, r)]
        report = reported_by(tokens, reports, start)
        if report is None:
            return self.putting(unit, start) or self.speaking_on(tokens, unit, start)
        mention = report.subject or next((r.subject for r in reversed(reports) if r.subject is not None and r.verb < report.verb), None)
        return self.named(tokens, mention, unit.sentence) if mention is not None else None

    def counts(self, unit: Unit, t: Tokens, report: Report) -> bool:
        """Whether a reporting verb is a word of counting here ("claimed asylum", "claims"), or has a number as its subject."""
        verb = t.starts[report.verb]
        if t.words[report.verb].lower() in word_set("counts.nouns"):
            return True
        behind = t.words[report.verb + 1].lower() if report.verb + 1 < len(t.words) else ""
        if t.words[report.verb].lower() in word_set("counts.tallies") and (
            behind in word_set("counts.no_numbers") or t.classes[report.verb + 1 : report.verb + 2] == "#"
        ):
            return True
        if any(item.start <= verb < item.end and item.has("action", "event", "people", "excluded", "total", "summing") for item in unit.items):
            return True
        if report.cue is not None and report.cue.frames == frozenset({"quote"}) and not set(t.classes) & set("Qq"):
            return True
        subject = report.subject
        if subject is None or report.order == "phrase":
            return False
        first, last = t.starts[subject.first], t.end(subject.last - 1)
        within = [item for item in unit.items if first <= item.start < last]
        return any(item.number is not None for item in within) and any(item.has("people", "event") and not item.has("excluded") for item in within)

    # ---- reporting clauses
    def speaking_on(self, t: Tokens, unit: Unit, start: int) -> str | None:
        """The speaker of a quotation that goes on without a reporting clause: whoever spoke last in the paragraph."""
        at = next((i for i in range(len(t.starts)) if t.starts[i] <= start < t.end(i)), None)
        if at is None or t.classes[at] not in "Qq":
            return None
        for index in range(unit.sentence - 1, max(-1, unit.sentence - 3), -1):
            span = self.article.sentences[index]
            if span.block < unit.block - 1 or span.end - span.start > LONGEST_SENTENCE:
                return None
            told = clauses_of(self.article, index)
            mention = next((r.subject for r in reversed(told.reports) if r.subject is not None and r.order != "phrase"), None)
            if mention is not None:
                return self.named(told.tokens, mention, index)
        return None

    # ---- figures that speak
    def of_data(self, unit: Unit, start: int) -> str | None:
        """ "federal figures show", "numbers released by X": the body whose figures they are."""
        items = unit.items
        for i, item in enumerate(items if unit.knows("data") else ()):
            if not item.has("data") or item.label("event") is not None:
                continue
            verb = self.speaking(items, i)
            phrase = i >= 2 and any(items[k].word in word_set("counts.according") for k in range(max(0, i - 5), i))
            if verb is None and not phrase:
                continue
            if (owner := self.owner(unit, i, verb)) is not None:
                return owner
        return self.showing(unit, start)

    def showing(self, unit: Unit, start: int) -> str | None:
        """ "The department shows …", "RCMP say …": a body of the codebook right before a verb of showing or saying."""
        items = unit.items
        showing = [k for k, item in enumerate(items) if k and item.word in word_set("counts.show")] if unit.says(word_set("counts.show")) else []
        for k in showing:
            closes = k + 1 == len(items) and any(near.word == "," for near in items[max(0, k - 6) : k])
            if items[k].end <= start or closes:
                for first in range(max(0, k - 9), k):
                    if (name := self.known(self.article.plain[items[first].start : items[k - 1].end])) is not None:
                        return name
        return None

    def speaking(self, items: list[Item], i: int) -> int | None:
        """The verb by which the figures at `i` speak, or None."""
        for k in range(i + 1, min(len(items), i + 14)):
            if items[k].has("data_verb") and not items[k].has("dated"):
                return k
            if items[k].has("data_verb") and items[k].word in word_set("counts.telling_verbs"):
                return k
            number = items[k].number
            if number is not None and number.unit is None and not number.year:
                return None
        return None

    def owner(self, unit: Unit, i: int, verb: int | None) -> str | None:
        """Whose figures stand at item `i`: named before them or behind "from", "by", "of"."""
        items = unit.items
        limit = verb if verb is not None else min(len(items), i + 10)
        for k in range(i + 1, min(limit, len(items))):
            if items[k].word in word_set("counts.source_from") and k + 1 < len(items) and items[k - 1].word not in word_set("counts.asked"):
                name = self.longest_known(items, k + 1, min(k + 9, limit, len(items)), k + 1) or self.proper(unit, k + 1, limit)
                if name is not None:
                    return name
        return self.releasing(items, i, limit) or self.owning(items, i)

    def longest_known(self, items: list[Item], first: int, last: int, least: int) -> str | None:
        """The codebook's name for the longest run of items from `first` on that ends behind `least` and not behind `last`."""
        text = self.article.plain
        names = (self.known(text[items[first].start : items[end - 1].end]) for end in range(last, least, -1))
        return next((name for name in names if name is not None), None)

    def releasing(self, items: list[Item], i: int, limit: int) -> str | None:
        """The body right before its act, behind figures: "figures the agency released"."""
        text = self.article.plain
        for first in range(i + 1, min(i + 3, limit)):
            for last in range(min(first + 8, limit), first, -1):
                dated = last < len(items) and items[last].has("dated")
                if dated and (name := self.known(text[items[first].start : items[last - 1].end])) is not None:
                    return name
        return None

    def owning(self, items: list[Item], i: int) -> str | None:
        """The body named before figures, with no mark between: "the agency's own figures"."""
        text = self.article.plain
        mark = next((k + 1 for k in range(i - 1, -1, -1) if items[k].is_mark), 0)
        for first in range(max(0, i - 8), i):
            for last in range(i, max(first, mark - 1), -1):
                if (name := self.known(text[items[first].start : items[last - 1].end])) is not None:
                    return name
        return None

    def proper(self, unit: Unit, first: int, limit: int) -> str | None:
        """A name of two words or more behind "from" or "by"."""
        text, items = self.article.plain, unit.items
        k = first
        if k < len(items) and items[k].word in word_set("counts.article"):
            k += 1
        start = k
        while k < min(limit, len(items)) and text[items[k].start].isupper() and not items[k].is_mark:
            k += 1
        return text[items[start].start : items[k - 1].end] if k - start >= 2 else None

    def putting(self, unit: Unit, start: int) -> str | None:
        """ "The department put the total at 2,464"."""
        items = unit.items
        at = next((i for i, item in enumerate(items) if item.start <= start < item.end), None)
        if at is None or not any(items[k].word in word_set("counts.at") for k in range(max(0, at - 2), at)):
            return None
        for k in range(at - 1, 0, -1):
            if items[k].word.split(" ")[0] in word_set("counts.put"):
                for first in range(max(0, k - 9), k):
                    for last in range(k, first, -1):
                        if (name := self.known(self.article.plain[items[first].start : items[last - 1].end])) is not None:
                            return name
                return None
        return None

    # ---- names
    def known(self, words: str) -> str | None:
        """The codebook's name for a source, by one of its aliases."""
        plain = " ".join(_POSSESSIVE.sub("", words.strip(" ,")).lower().replace("’", "'").split())
        return self._names.get(plain) or self._names.get(pattern("counts.article").sub("", plain, count=1))

    def named(self, t: Tokens, mention: Mention, sentence: int) -> str | None:
        """The canonical name of a subject: an agency by the codebook, a person in full, else as printed."""
        plain = self.article.plain
        words = _OWNED.sub("", plain[t.starts[mention.start] : t.end(mention.end - 1)])
        whole = plain[t.starts[mention.first] : t.end(mention.last - 1)]
        words, whole = _without_role(words), _without_role(whole)
        if self.is_time(words) or words.startswith(word_list("counts.of_opening")) or whole.startswith(word_list("counts.of_opening")):
            return self.apposed(t, mention)
        for candidate in (whole, words):
            if (name := self.known(candidate)) is not None:
                return name
        if (name := self.behind_bracket(t.starts[mention.first])) is not None:
            return name
        if (data := self.data_owner(whole)) is not None:
            return data
        if words.split() and any(word.lower() in word_set("counts.figures") for word in words.split()[:4]):
            return None
        if words.lower() in word_set("counts.personal"):
            self.prime(sentence)
        if (office := pattern("counts.office").search(whole)) is not None:
            return office[1]
        actor = self.cast.resolve(replace(mentioned(self.article, t, mention), text=words), sentence)
        if actor is not None and actor.name.startswith(word_list("counts.of_opening")):
            return self.apposed(t, mention)
        if actor is not None and not actor.basis.startswith("description"):
            return self.known(actor.name) or _without_role(actor.name)
        if words.lower() in word_set("counts.personal"):
            return actor.name if actor is not None else None
        return self.described(pattern("counts.article").sub("", whole, count=1))

    def is_time(self, words: str) -> bool:
        """Whether what looks like a speaker is a word of time at the head of the sentence: "Last week, …"."""
        return words.split()[:1] != [] and words.split()[0].lower() in word_set("counts.time_openers")

    def apposed(self, t: Tokens, mention: Mention) -> str | None:
        """The name between commas before the verb of a report whose subject was not read: "…, Joan Abel, told reporters"."""
        match = _APPOSED.search(self.article.plain, t.end(mention.end - 1), t.end(mention.end - 1) + _APPOSED_REACH)
        return match[1] if match is not None else None

    def behind_bracket(self, start: int) -> str | None:
        """ "Royal Canadian Mounted Police (RCMP) in Quebec said": the name before the bracket."""
        match = pattern("counts.bracketed").search(self.article.plain, max(0, start - 90), start)
        if match is None:
            return None
        words = match[1].split()
        return next((name for first in range(len(words)) if (name := self.known(" ".join(words[first:]))) is not None), None)

    def data_owner(self, words: str) -> str | None:
        """The owner of figures that are the subject of a reporting verb: "Federal data"."""
        parts = words.split()
        if len(parts) < 2 or parts[-1].lower() not in load_lexicon().counting.data:
            return None
        return next((name for first in range(len(parts) - 1) if (name := self.known(" ".join(parts[first:-1]))) is not None), None)

    def described(self, words: str) -> str | None:
        """A description as a name: by its apposition elsewhere in the text, a union by those whom it unites."""
        if not words.strip() or words.lower() in word_set("counts.articles_alone") or any(char.isdigit() for char in words):
            return None
        head = words.split(word_list("counts.in_inside")[0])[0].split()[-1].lower()
        if head:
            match = compiled("counts.apposed_name", head=re.escape(head)).search(self.article.plain[:20_000])
            if match and match[1].split()[-1][0].isupper():
                return match[1]
        if match := pattern("counts.body_of").fullmatch(words.lower()):
            return f"{match['people']}' {match['body']}"
        return words

    @property
    def cast(self) -> Cast:
        """The actors of the article, for the full names of those who are credited."""
        if self._cast is None:
            self._cast = Cast(self.article, self.codebook, self.published)
        return self._cast

    def prime(self, sentence: int) -> None:
        """Goes through the speakers of the sentences before, so that a pronoun finds its antecedent."""
        for index in range(max(0, sentence - _PRONOUN_REACH), sentence + 1):
            span = self.article.sentences[index]
            if span.end - span.start > LONGEST_SENTENCE:
                continue
            told = clauses_of(self.article, index)
            for report in told.reports:
                mention = report.subject
                if mention is None:
                    continue
                words = self.article.plain[told.tokens.starts[mention.start] : told.tokens.end(mention.end - 1)]
                if words.lower() not in word_set("counts.personal"):
                    self.cast.resolve(mentioned(self.article, told.tokens, mention), index)


def _without_role(words: str) -> str:
    """A name of two words or more without the office or occupation before it."""
    role = _ROLE.match(words)
    return words[role.end() :] if role is not None and role[1].lower() in role_words() else words
