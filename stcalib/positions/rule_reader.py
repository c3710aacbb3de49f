"""Positions by rule: wordings are found (`scheme`), what the sentence makes of them is read (`stance`), and who does so is
told (`holder`). A wording that gives no candidate is listed with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Encoded
from stcalib.core.rows import Published, Quote, Skipped
from stcalib.language.reporting_verbs import cue_forms
from stcalib.positions.anaphora import TAKEN_UP, Anaphora
from stcalib.positions.candidate import Candidate
from stcalib.positions.holder import Holders
from stcalib.positions.reporters import REPORTER_WORDS, Reporters
from stcalib.positions.scheme import Scheme
from stcalib.positions.shared_stance import Accord
from stcalib.positions.stance import Clause
from stcalib.positions.subject_kinds import Holder, Subject
from stcalib.positions.voices import Voice, Voices
from stcalib.positions.wording_match import Hit, Mark, Reading
from stcalib.text.article import Article

NEAR_BEFORE, NEAR_BEHIND = 8, 4
"""Sentences before and behind a wording in which a word of the topic must stand."""
CUE_WORDS = 5
"""Words before a quote among which a verb of attitude may introduce it."""
_SPOKESPERSON = re.compile(r"(?:an? |the )?(?:\w+ )?spokes(?:man|woman|person)", re.IGNORECASE)
OWNER_WORDS = 5
"""Words before a noun of demand in which its owner stands."""
_NOBODY = "nobody is told to hold it"
_BEHIND_IMPERATIVE = frozenset("it the this that them rid up out off down".split())


@dataclass
class RuleReader:
    """The reading of one article by its wordings."""

    article: Article
    quotes: Sequence[Quote]
    codebook: Codebook
    published: Published
    scheme: Scheme
    text: Encoded
    rows: list[Candidate] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    near: dict[int, bool] = field(default_factory=dict)
    seen: set[tuple[int, int, str, str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.holders = Holders(self.article, self.quotes, self.codebook, self.published)
        self.voices = Voices(self.article, self.quotes, self.text)
        self.bounds = self.voices.bounds
        self.anchored = self.scheme.is_anchored(self.text)
        self.anaphora = Anaphora(self.scheme, self.text, self.voices, self.marks_of)
        self.reporters = Reporters(self.article, self.scheme, self.text, self.bounds, self.holders)
        self.accord = Accord(self.scheme, self.text, self.voices, self.holders)

    # ---- reading
    def read(self) -> None:
        """Fills the rows and what was skipped."""
        raised: list[tuple[int, Hit]] = []
        by_sentence = self._hits_by_sentence()
        for number in range(len(self.bounds)):
            hits = by_sentence.get(number, [])
            if hits or (raised and number - raised[-1][0] <= TAKEN_UP):
                hits = hits + self.anaphora.taken_up(number, hits, raised)
            for hit in sorted(hits, key=lambda h: (h.start, h.end)):
                self._read_hit(number, hit)
            for taken in self.accord.joined(number, hits):
                voice = self.voices.voice(number, taken.hit.start, taken.hit.end)
                self._row(number, voice, taken.hit, Reading(taken.sign, "subject"), taken.sign, taken.holder, "report")
            raised.extend((number, h) for h in by_sentence.get(number, []))

    def _hits_by_sentence(self) -> dict[int, list[Hit]]:
        starts = [lo for lo, _ in self.bounds]
        found: dict[int, list[Hit]] = {}
        for hit in self.scheme.hits(self.text):
            number = bisect_right(starts, hit.start) - 1
            if number < 0 or hit.end > self.bounds[number][1] or not self._applies(number, hit):
                continue
            found.setdefault(number, []).append(hit)
        return found

    def _applies(self, number: int, hit: Hit) -> bool:
        """Whether a wording stands where it must: near the topic, by an agreement that the article names, and so on."""
        scheme, symbols = self.scheme, self.text.symbols
        if not self.anchored and scheme.anchored_terms.search(symbols, hit.start, hit.end):
            return False
        if not self.is_near_topic(number):
            return False
        first = self.bounds[max(0, number - hit.wording.near_within)][0]
        if hit.wording.near and not scheme.any_of(hit.wording.near).search(symbols, first, hit.start):
            return False
        if hit.target is not None:
            return self.holders.is_target(self.voices.span(*hit.target), self.text.start(hit.target[0]), number)
        return True

    def is_near_topic(self, number: int) -> bool:
        """Whether a word of the topic stands in a sentence or near it."""
        if number not in self.near:
            words = self.scheme.topic_words
            first, last = max(0, number - NEAR_BEFORE), min(len(self.bounds) - 1, number + NEAR_BEHIND)
            stretch = self.bounds[first][0], self.bounds[last][1]
            self.near[number] = not words or self.scheme.any_of(words).search(self.text.symbols, *stretch) is not None
        return self.near[number]

    def _clause(self, number: int, voice: Voice, hit: Hit) -> Clause:
        """The words that one voice speaks around a wording, with the cues in them."""
        lo, hi = voice.lo, max(voice.hi, hit.end)
        marks = [m for m in self.marks_of(number) if lo <= m.start and m.end <= hi]
        return Clause(self.scheme, self.text, lo, hi, self.bounds[number][1], marks)

    def marks_of(self, number: int) -> list[Mark]:
        """The cues of stance in a sentence."""
        if number not in self.marks:
            self.marks[number] = self.scheme.cues(self.text, *self.bounds[number])
        return self.marks[number]

    # ---- one wording
    def _read_hit(self, number: int, hit: Hit) -> None:
        voice = self.voices.voice(number, hit.start, hit.end)
        clause = self._clause(number, voice, hit)
        readings = clause.readings(hit)
        if isinstance(readings, str):
            self._skip(number, voice, hit, readings)
            return
        given, reason = 0, _NOBODY
        for reading in readings:
            outcome = self._holders(number, voice, hit, reading)
            if isinstance(outcome, str):
                reason = outcome
                continue
            for sign, holder, basis in outcome:
                if not hit.taken_up and holder.name in self.voices.span(hit.start, hit.end):
                    continue
                if hit.wording.one_sided and not hit.taken_up and sign != hit.sign:
                    reason = "denied, which says nothing of what is wanted"
                    continue
                self._row(number, voice, hit, reading, sign, holder, basis)
                given += 1
        if not given:
            self._skip(number, voice, hit, reason)

    def _holders(self, number: int, voice: Voice, hit: Hit, reading: Reading) -> list[tuple[int, Holder, str]] | str:
        """Who takes the stance of a reading: (sign, holder, basis), or why nobody."""
        quote = voice.quote
        speakers = self.holders.speakers(quote, number) if quote else []
        if hit.own and not any(self.holders.is_of_target(speaker) for speaker in speakers):
            return "spoken by nobody of the body that it is about"
        if reading.holder == "bare":
            return self._bare(voice, hit, reading, speakers)
        if reading.holder == "owner":
            owner = self._owner(number, reading.at)
            return [(reading.sign, owner, "report")] if owner else _NOBODY
        if reading.holder == "sender":
            sender = self.holders.sender(self.voices.span(*reading.cue)) if reading.cue and quote is None else None
            return [(reading.sign, sender, "report")] if sender else "somebody else tells of it"
        if reading.holder == "subject":
            if self.text.word(reading.at - 1) == "who" and self.text.word(reading.at - 2) in ("over", "about", "on", "asked", "of"):
                return "who would do so is the question"
            return self._subject(number, voice, hit, reading, speakers)
        if speakers:
            denied = quote is not None and hit.reads != "plan" and self._is_denial(quote)
            if hit.proposition.kind == "fact" and quote is not None and not denied and self._cue_sign(quote) is not None:
                return "asked for, not said to be so"
            return self._spoken(number, voice, hit, -reading.sign if denied else reading.sign, speakers)
        if quote is not None:
            return "nobody is named as speaking"
        if reading.holder == "clause":
            return self._subject(number, voice, hit, reading, speakers)
        reporters = self.reporters.of(number, hit)
        return [(reading.sign, reporter, "report") for reporter in reporters] or "told by the reporter, in nobody's name"

    def _spoken(self, number: int, voice: Voice, hit: Hit, sign: int, speakers: list[Holder]) -> list[tuple[int, Holder, str]]:
        """The speakers' rows; a spokesperson of nobody named who tells what a body does speaks for the body."""
        if len(speakers) == 1 and _SPOKESPERSON.fullmatch(speakers[0].name):
            subject = self._subject_at(number, voice, hit.start, clause=True)
            bodies = self.holders.resolved(subject, number) if subject else []
            if bodies and bodies[0].type in ("organization", "government", "party"):
                return [(sign, bodies[0], "quote")]
        return [(sign, speaker, "quote") for speaker in speakers]

    def _bare(self, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> list[tuple[int, Holder, str]] | str:
        """A wording on which its own clause takes no stance: the verb that reports the clause may."""
        quote = voice.quote
        if quote is None:
            return "raised, and no stance taken on it"
        if not speakers:
            return "nobody is named as speaking"
        if (sign := self._cue_sign(quote) or self._sign_before(voice)) is not None:
            return [(reading.sign * sign, speaker, "quote") for speaker in speakers]
        if self._is_imperative(voice, hit):
            return [(reading.sign, speaker, "quote") for speaker in speakers]
        return "raised, and no stance taken on it"

    def _sign_before(self, voice: Voice) -> int | None:
        """1 or -1 where a verb of attitude stands right before somebody's words: "wrote to her asking that ..."."""
        marks = [m for m in self.scheme.cues(self.text, max(0, voice.lo - CUE_WORDS), voice.lo + 1) if m.kind == "attitude"]
        return marks[-1].sign if marks and marks[-1].end >= voice.lo - 1 else None

    def _is_imperative(self, voice: Voice, hit: Hit) -> bool:
        """Whether a wording opens somebody's words as a demand: "Scrap the deal"; get rid of it, she said."""
        assert voice.quote is not None
        direct = voice.quote.kind == "direct" and hit.start <= voice.lo + 1
        leads = voice.quote.cue_start is not None and voice.quote.cue_start >= voice.quote.end and hit.start == voice.lo
        told = leads and self.text.word(hit.start + 1) in _BEHIND_IMPERATIVE
        opens = direct or told or self.text.symbols[hit.start - 1 : hit.start] == ":" or self.text.pieces[hit.start].lstrip()[:1] in ("“", '"', "‘")
        return opens and not self.text.word(hit.start).endswith(("ing", "ed")) and hit.reads == "plan"

    def _is_denial(self, quote: Quote) -> bool:
        """Whether a quote is what somebody denies: "Roe denied that ..."."""
        kinds = {cue.kind for cue in cue_forms().get(quote.cue or "", ())}
        if kinds == {"doubtful"} and self._cue_sign(quote) == -1:
            return True
        if quote.cue_start is None or quote.cue_start >= quote.start:
            return False
        lo, hi = self.voices.words(*self.voices.plain(quote.cue_start, quote.start))
        marks = self.scheme.cues(self.text, lo, min(hi, lo + REPORTER_WORDS) + 1)
        return len(marks) > 1 and marks[0].kind == "attitude" and marks[0].sign < 0 and marks[1].kind in ("hearsay", "noun")

    def _cue_sign(self, quote: Quote) -> int | None:
        """1 or -1 where a quote's cue is itself a verb of attitude ("urged", "warned against")."""
        if not quote.cue:
            return None
        marks = self.scheme.cues(cue := self.scheme.vocabulary.encode(quote.cue + " to"), 0, len(cue.symbols))
        return next((mark.sign for mark in marks if mark.kind in ("attitude", "noun")), None)

    def _subject(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> list[tuple[int, Holder, str]] | str:
        subject = self._subject_at(number, voice, reading.at, reading.holder == "clause")
        if subject is None and voice.quote is None:
            sentence = self.article.sentences[number]
            subject = self.holders.opening_subject(sentence.start, sentence.end)
        quote = voice.quote
        basis = "act" if hit.reads == "act" or (reading.cue and self.scheme.is_act(self.text, reading.at)) else "report"
        if speakers and self._is_speaker(voice, subject):
            return [(reading.sign, speaker, "quote") for speaker in speakers]
        if subject is None:
            return "the subject cannot be told"
        if subject.kind == "poll":
            return "the result of a poll: no actor's stance"
        if subject.kind in ("first", "public"):
            return _NOBODY
        sign = reading.sign * (-1 if subject.text.lower() in ("nobody", "no one", "neither") else 1)
        cue = self._kind(reading.cue) if speakers and reading.cue is not None else ""
        refused = reading.cue is not None and self.text.word(reading.cue[0]).startswith("refus")
        if cue == "commitment" and subject.text.islower() and subject.kind == "other" and hit.reads == "plan":
            return [(sign, speaker, "quote") for speaker in speakers]
        found = self._told_of(number, voice, reading.at, subject) or self.holders.resolved(subject, number)
        if not found and speakers and refused:
            return [(-sign, speaker, "quote") for speaker in speakers]
        if not found and (cue == "commitment" or (cue == "assertion" and hit.reads in ("claim", "shown"))):
            return [(sign, speaker, "quote") for speaker in speakers]
        if not found:
            return f"{subject.text!r} cannot be told to be anybody who takes a stance"
        rows: list[tuple[int, Holder, str]] = []
        for holder in found:
            if refused and speakers and not any(self.holders.same_side(speaker, holder) for speaker in speakers):
                rows += [(-sign, speaker, "quote") for speaker in speakers]
            if reading.outer is not None:
                rows += self._outer(number, voice, reading, sign, holder, speakers)
                continue
            own = [speaker for speaker in speakers if self.holders.same_side(speaker, holder)]
            if own and quote is not None and quote.cue != "according to":
                rows += [(sign, speaker, "quote") for speaker in own]
            else:
                rows.append((sign, holder, basis))
        return rows or "somebody else denies that this stance is taken"

    def _told_of(self, number: int, voice: Voice, at: int, subject: Subject) -> list[Holder]:
        """The speakers of a report behind a wording, where the verb in it is theirs: "the minister said he would not say"."""
        told = self.voices.voice(number, at, at + 1).quote if voice.quote is None and subject.kind == "third" else None
        return self.holders.speakers(told, number) if told is not None and told.kind == "indirect" else []

    def _kind(self, cue: tuple[int, int]) -> str:
        marks = self.scheme.cues(self.text, *cue)
        return marks[0].kind if marks else ""

    def _outer(self, number: int, voice: Voice, reading: Reading, sign: int, holder: Holder, speakers: list[Holder]) -> list[tuple[int, Holder, str]]:
        """Somebody denies, or will not say, that the holder takes the stance: it is theirs where they speak for the holder."""
        assert reading.outer is not None
        subject = self._subject_at(number, voice, reading.outer.start)
        if subject is None or self._is_speaker(voice, subject):
            deniers = speakers
        else:
            deniers = self.holders.resolved(subject, number)
        outer = 0 if reading.outer.kind == "evasion" else -sign
        return [(outer, denier, "report") for denier in deniers if self.holders.same_side(denier, holder)]

    def _is_speaker(self, voice: Voice, subject: Subject | None) -> bool:
        """Whether the subject of a verb inside a quote is the quote's own speaker."""
        if voice.quote is None:
            return False
        if subject is None or subject.kind in ("first", "public"):
            return True
        start = self.voices.plain(voice.quote.start, voice.quote.end)[0]
        return subject.start < start or (subject.kind == "third" and voice.quote.kind != "direct")

    def _subject_at(self, number: int, voice: Voice, word: int, clause: bool = False) -> Subject | None:
        sentence = self.article.sentences[number]
        offset = self.text.start(word)
        if voice.quote is not None and voice.quote.kind != "indirect":
            return self.holders.subject(self.text.start(voice.lo), self.text.ends[voice.hi - 1], offset, True, clause)
        return self.holders.subject(sentence.start, sentence.end, offset, False, clause)

    def _owner(self, number: int, word: int) -> Holder | None:
        """Who stands before a noun as its owner: "the Conservative pitch", "Roe's call"."""
        floor = max([self.bounds[number][0], word - OWNER_WORDS, *(m.end for m in self.marks_of(number) if m.end <= word)])
        start = word
        while start > floor and self.text.symbols[start - 1] not in ".,;:!?\n":
            start -= 1
            if self.text.word(start) in ("the", "a", "an", "that", "this"):
                break
        if start == word:
            return None
        return self.holders.owner(self.article.plain[self.text.start(start) : self.text.start(word)], self.text.start(start), number)

    # ---- rows
    def _row(self, number: int, voice: Voice, hit: Hit, reading: Reading, sign: int, holder: Holder, basis: str) -> None:
        start, end, text = self.voices.evidence(number, voice)
        key = (start, end, holder.name, hit.proposition.id, sign)
        if key in self.seen:
            return
        self.seen.add(key)
        self.accord.add(number, hit, sign, holder)
        cue = reading.cue
        self.rows.append(
            Candidate(
                number=number,
                words=(min(voice.lo, hit.start), max(voice.hi, hit.end)),
                start=start,
                end=end,
                text=text,
                holder=holder,
                proposition=hit.proposition.id,
                sign=sign,
                basis=basis,
                wording=self.voices.span(hit.start, hit.end),
                cue=self.voices.whole(*cue) if cue else None,
                quote=voice.quote,
                read_by="rules",
                traits=frozenset(self._traits(voice, hit, reading, holder, basis)),
            )
        )

    def _traits(self, voice: Voice, hit: Hit, reading: Reading, holder: Holder, basis: str) -> Iterator[str]:
        """How a row was read: what its estimate rests on."""
        yield f"reads {hit.reads}"
        yield f"held by {reading.holder}"
        yield f"basis {basis}"
        yield f"cue {self._kind(reading.cue) if reading.cue else 'none'}"
        yield f"actor {holder.type or 'unknown'}"
        yield f"words {min(hit.end - hit.start, 6)}"
        if hit.taken_up:
            yield f"taken up by {hit.taken_up}"
        if voice.quote is not None:
            yield f"in {voice.quote.kind}"
        if hit.wording.after:
            yield "apart"

    def _skip(self, number: int, voice: Voice, hit: Hit, reason: str) -> None:
        if hit.taken_up:
            return
        start, end, text = self.voices.evidence(number, voice)
        raised = f"{hit.proposition.id} ({self.voices.span(hit.start, hit.end)!r})"
        self.skipped.append(Skipped(self.article.article_id, "positions", start, end, text, f"{raised}: {reason}"))
