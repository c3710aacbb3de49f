"""Positions by rule: wordings are found (`scheme`), what the sentence makes of them is read (`stance`), and who does so is
told (`holder`). A wording that gives no candidate is listed with the reason.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.patterns import Encoded
from stcalib.core.rows import Published, Quote, Skipped
from stcalib.positions.anaphora import TAKEN_UP, Anaphora
from stcalib.positions.author import speaks_of_author
from stcalib.positions.candidate import STANCES, Candidate
from stcalib.positions.clause_openings import Openings
from stcalib.positions.doubts import Doubts
from stcalib.positions.holder import Holders
from stcalib.positions.listed import Listed
from stcalib.positions.replies import Replies
from stcalib.positions.reporters import Reporters
from stcalib.positions.scheme import Scheme
from stcalib.positions.shared_stance import Accord
from stcalib.positions.stance import Surroundings
from stcalib.positions.subject_kinds import Holder
from stcalib.positions.traits import DOUBT, of_holder, of_words
from stcalib.positions.voices import Voice, Voices, interviewers
from stcalib.positions.whose import NOBODY, TOLD, Whose
from stcalib.positions.wording_match import Hit, Mark, Reading
from stcalib.syntax.focus import Referents
from stcalib.text.article import Article

NEAR_BEFORE, NEAR_BEHIND = 8, 4
"""Sentences before and behind a wording in which a word of the topic must stand."""


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
    worded: dict[int, list[Hit]] = field(default_factory=dict)
    """The wordings in each sentence, whether or not they apply there."""
    declined: set[tuple[int, str]] = field(default_factory=set)
    """The sentences and propositions where a wording stands in what takes no stance: a question, a condition, a contrast."""

    def __post_init__(self) -> None:
        leading = interviewers(self.article, self.quotes)
        quotes = [quote for quote in self.quotes if quote.actor not in leading] if leading else self.quotes
        self.holders = Holders(self.article, quotes, self.codebook, self.published)
        self.voices = Voices(self.article, quotes, self.text)
        self.bounds = self.voices.bounds
        self.openings = Openings(self.article, self.text, self.bounds)
        self.anchored = self.scheme.is_anchored(self.text)
        self.anaphora = Anaphora(self.scheme, self.text, self.voices, self.marks_of)
        reporters = Reporters(self.article, self.scheme, self.text, self.bounds, self.openings, self.holders)
        listed = Listed(self.article, self.scheme, self.text, self.voices, self.holders, self.marks_of)
        self.whose = Whose(self.article, self.scheme, self.text, self.voices, self.holders, self.marks_of, self.openings, reporters, listed)
        self.doubts = Doubts(self.scheme, self.text, self.voices, self.whose, self.marks_of)
        self.accord = Accord(self.scheme, self.text, self.voices, self.holders, self.openings)
        self.replies = Replies(self.scheme, self.text, self.voices, self.holders, self._readings)

    # ---- reading
    def read(self) -> None:
        """Fills the rows and what was skipped."""
        raised: Referents[Hit] = Referents()
        by_sentence = self._hits_by_sentence()
        for number in range(len(self.bounds)):
            hits = by_sentence.get(number, [])
            if hits or (raised.last is not None and number - raised.last.sentence <= TAKEN_UP):
                hits = hits + self.anaphora.taken_up(number, hits, raised)
            for hit in sorted(hits, key=lambda h: (h.start, h.end)):
                self._read_hit(number, hit)
            for taken in (*self.accord.joined(number, hits, raised), *self.replies.to(number, raised)):
                voice = self.voices.voice(number, taken.hit.start, taken.hit.end)
                self._row(number, voice, taken.hit, Reading(taken.sign, "subject"), taken.sign, taken.holder, "quote" if voice.quote else "report")
            for hit in by_sentence.get(number, []):
                raised.add(hit, self.text.start(hit.start), number)

    def _hits_by_sentence(self) -> dict[int, list[Hit]]:
        starts = [lo for lo, _ in self.bounds]
        found: dict[int, list[Hit]] = {}
        for hit in self.scheme.hits(self.text):
            number = bisect_right(starts, hit.start) - 1
            if number < 0 or hit.end > self.bounds[number][1]:
                continue
            self.worded.setdefault(number, []).append(hit)
            if self._applies(number, hit):
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
            return self.holders.target.is_named(self.voices.span(*hit.target), self.text.start(hit.target[0]), number)
        return True

    def is_near_topic(self, number: int) -> bool:
        """Whether a word of the topic stands in a sentence or near it."""
        if number not in self.near:
            words = self.scheme.topic_words
            first, last = max(0, number - NEAR_BEFORE), min(len(self.bounds) - 1, number + NEAR_BEHIND)
            stretch = self.bounds[first][0], self.bounds[last][1]
            self.near[number] = not words or self.scheme.any_of(words).search(self.text.symbols, *stretch) is not None
        return self.near[number]

    def _surroundings(self, number: int, voice: Voice, hit: Hit) -> Surroundings:
        """The words that one voice speaks around a wording, with the cues in them."""
        lo, hi = voice.lo, max(voice.hi, hit.end)
        marks = [m for m in self.marks_of(number) if lo <= m.start and m.end <= hi]
        return Surroundings(self.scheme, self.text, lo, hi, self.bounds[number][1], marks, self.openings)

    def _readings(self, number: int, hit: Hit) -> list[Reading] | str:
        """What the clause of a wording in a sentence makes of it."""
        return self._surroundings(number, self.voices.voice(number, hit.start, hit.end), hit).readings(hit)

    def marks_of(self, number: int) -> list[Mark]:
        """The cues of stance in a sentence."""
        if number not in self.marks:
            self.marks[number] = self.scheme.cues(self.text, *self.bounds[number])
        return self.marks[number]

    # ---- one wording
    def _read_hit(self, number: int, hit: Hit) -> None:
        voice = self.voices.voice(number, hit.start, hit.end)
        readings = self._surroundings(number, voice, hit).readings(hit)
        if isinstance(readings, str):
            if not hit.taken_up:
                self.declined.add((number, hit.proposition.id))
            self._skip(number, voice, hit, readings)
            return
        given, reason = 0, NOBODY
        for reading in readings:
            outcome = self.whose.held(number, voice, hit, reading)
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
                basis="report" if basis == TOLD else basis,
                wording=self.voices.span(hit.start, hit.end),
                cue=self.voices.whole(*cue) if cue else None,
                quote=voice.quote,
                read_by="rules",
                traits=frozenset(self._traits(number, voice, hit, reading, sign, holder, basis)),
                wording_at=(hit.start, hit.end),
                cue_at=(self.voices.word_begins(cue[0]), cue[1]) if cue else None,
            )
        )

    def on_itself(self, holder: Holder, proposition: str, stance: str) -> str:
        """The stance, where its holder belongs to the body that the proposition is about; else nothing."""
        return stance if proposition in self.scheme.about_target and self.holders.target.is_of(holder) else ""

    def _traits(self, number: int, voice: Voice, hit: Hit, reading: Reading, sign: int, holder: Holder, basis: str) -> Iterator[str]:
        """How a row was read: what its estimate rests on."""
        yield f"reads {hit.reads}"
        yield f"held by {reading.holder}"
        yield f"basis {'report' if basis == TOLD else basis}"
        yield f"cue {self.whose.kind_of(reading.cue) if reading.cue else 'none'}"
        yield f"words {min(hit.end - hit.start, 6)}"
        if hit.taken_up:
            yield f"taken up by {hit.taken_up}"
        if voice.quote is not None:
            yield f"in {voice.quote.kind}"
        if hit.wording.after:
            yield "apart"
        if self._is_told_by_author(voice, hit, reading, holder):
            yield DOUBT + "the author's words, and not of themselves"
        for doubt in self.doubts.of(number, voice, hit, reading, basis):
            yield DOUBT + doubt
        yield from of_holder(holder, voice.quote, self.on_itself(holder, hit.proposition.id, STANCES[sign]))
        yield from of_words(self.scheme, self.text, self.openings, min(voice.lo, hit.start), max(voice.hi, hit.end))

    def _is_told_by_author(self, voice: Voice, hit: Hit, reading: Reading, holder: Holder) -> bool:
        """Whether the author of a column says what is so, and neither "I" nor what should be done."""
        is_demand = hit.reads == "plan" and (reading.cue is None or reading.holder != "subject")
        if voice.quote is not None or holder not in self.holders.author or is_demand:
            return False
        return hit.reads != "plan" or not speaks_of_author(self.article, self.text.start(voice.lo), self.text.ends[max(voice.hi, hit.end) - 1])

    def _skip(self, number: int, voice: Voice, hit: Hit, reason: str) -> None:
        if hit.taken_up:
            return
        start, end, text = self.voices.evidence(number, voice)
        raised = f"{hit.proposition.id} ({self.voices.span(hit.start, hit.end)!r})"
        self.skipped.append(Skipped(self.article.article_id, "positions", start, end, text, f"{raised}: {reason}"))
