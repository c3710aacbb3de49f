"""Whose stance a reading gives: from a place in a sentence to those who hold it, or why nobody does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from stcalib.codebook.patterns import Encoded
from stcalib.core.rows import Quote
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.reporting_verbs import cue_forms
from stcalib.language.word_sets import pattern, word_list, word_set
from stcalib.positions.clause_openings import Openings
from stcalib.positions.holder import Holders
from stcalib.positions.holder_words import owned_words
from stcalib.positions.listed import Listed
from stcalib.positions.reporters import REPORTER_WORDS, Reporters
from stcalib.positions.scheme import Scheme
from stcalib.positions.subject_kinds import Holder, Subject
from stcalib.positions.voices import Voice, Voices
from stcalib.positions.wording_match import Hit, Mark, Reading
from stcalib.syntax.clauses import CONDITION
from stcalib.text.article import Article

Held = list[tuple[int, Holder, str]]
"""Signs with those who hold them and the basis."""
CUE_WORDS = 5
"""Words before a quote among which a verb of attitude may introduce it."""
OWNER_WORDS = 5
"""Words before a noun of demand in which its owner stands."""
GIVING_WORDS = 5
"""Words between a demand and the verb that utters it, or the words that tell whose it is."""
NOBODY = "nobody is told to hold it"
TOLD = "told"
"""The basis of what somebody says that another holds."""
BEFORE_SUBJECT = 40
"""Characters before a subject in which "none of the" may stand."""


@by_language
def _nobody() -> re.Pattern[str]:
    words = load_lexicon().stances.publics
    return re.compile(rf"\b{alternatives(words.none)}\b(?:\s+{alternatives(words.of)}\b)*\s*$", re.IGNORECASE)


@by_language
def _begins_with_nobody() -> re.Pattern[str]:
    return re.compile(rf"{alternatives(load_lexicon().stances.publics.none)}\b", re.IGNORECASE)


@by_language
def _behind_imperative() -> frozenset[str]:
    return frozenset(load_lexicon().stances.publics.behind_imperative)


@by_language
def _asking() -> frozenset[str]:
    return frozenset(load_lexicon().stances.publics.asking)


@dataclass(frozen=True)
class Whose:
    """Tells those who hold what is read in one article. `marks_of` gives the cues of stance in a sentence."""

    article: Article
    scheme: Scheme
    text: Encoded
    voices: Voices
    holders: Holders
    marks_of: Callable[[int], list[Mark]]
    openings: Openings
    reporters: Reporters
    listed: Listed
    _unheld: dict[str, bool] = field(default_factory=dict)

    def held(self, number: int, voice: Voice, hit: Hit, reading: Reading) -> Held | str:
        """Who takes the stance of a reading in a sentence: (sign, holder, basis), or why nobody."""
        quote = voice.quote
        if quote is not None and self.is_nobodys(quote):
            return "nobody is said to say it"
        if quote is not None and self._is_prediction(quote, reading):
            return "expected, not wanted"
        speakers = self._speakers(number, quote) if quote else []
        if hit.own and not any(self.holders.target.is_of(speaker) for speaker in speakers):
            return "spoken by nobody of the body that it is about"
        by_kind = {
            "bare": self._bare,
            "owner": self._owned,
            "sender": self._sent,
            "subject": self._of_subject,
            "speaker": self._of_speaker,
            "clause": self._of_speaker,
        }
        return by_kind[reading.holder](number, voice, hit, reading, speakers)

    def _speakers(self, number: int, quote: Quote) -> list[Holder]:
        """The speakers of a quote; where it is a demand of their body that somebody repeats, they too: "repeated her party's call"."""
        speakers = self.holders.speakers(quote, number)
        if quote.speaker_start is None or not owned_words().match(quote.speaker or ""):
            return speakers
        at, _ = self.voices.words(*self.voices.plain(quote.speaker_start, quote.speaker_start + 1))
        voice = Voice(*self.voices.bounds[number], None)
        givers = [giver for giver in self._givers(number, voice, at, []) if all(giver.name != speaker.name for speaker in speakers)]
        return [*speakers, *(giver for giver in givers if any(self.holders.same_side(giver, speaker) for speaker in speakers))]

    # ---- the words of nobody
    def is_nobodys(self, quote: Quote) -> bool:
        """Whether words are told as nobody's: "none of them said", "if she says"."""
        if quote.quote_id not in self._unheld:
            at = quote.speaker_start
            self._unheld[quote.quote_id] = at is not None and (self.is_nobody(quote.speaker or "", at) or self._is_supposed(quote, at))
        return self._unheld[quote.quote_id]

    def is_nobody(self, text: str, start: int) -> bool:
        """Whether a mention, with the words before it, means that nobody does a thing: "few Liberals", "nobody in the party"."""
        at = self.voices.plain(start, start)[0]
        before = self.article.plain[max(0, at - BEFORE_SUBJECT) : at]
        return _begins_with_nobody().match(text) is not None or _nobody().search(before) is not None

    def _is_supposed(self, quote: Quote, at: int) -> bool:
        """Whether a condition governs the speaking: "If Roe says that ..., few will listen"."""
        start, _ = self.voices.words(*self.voices.plain(quote.sentence_start, quote.sentence_start + 1))
        speaker, _ = self.voices.words(*self.voices.plain(at, at + 1))
        conditions = self.openings.within(start, speaker, CONDITION)
        return any("," not in self.text.symbols[opening.end : speaker] for opening in conditions)

    def _is_prediction(self, quote: Quote, reading: Reading) -> bool:
        """Whether words only say what somebody expects to happen: "thinks it will be overturned"."""
        if reading.cue is None or quote.cue is None or self._kind(reading) != "commitment":
            return False
        return quote.cue.split()[-1].lower() in self.scheme.expecting and self.text.word(reading.cue[1]) in word_set("positions.be")

    def _tellers(self, number: int, voice: Voice, at: int) -> list[Holder]:
        """The subject of a verb of saying that governs the verb at a word, where it is another than that verb's own."""
        lo, _ = self.voices.bounds[number]
        said = [m for m in self.marks_of(number) if m.kind in ("assertion", "hearsay") and lo <= m.start and m.end <= at]
        subject = self.subject_at(number, voice, at)
        if not said or subject is None or subject.kind == "third":
            return []
        teller = self.subject_at(number, voice, said[-1].start)
        own = self.text.start(said[-1].start) > self.voices.plain(subject.start, subject.start + 1)[0]
        if teller is None or teller.start == subject.start or own:
            return []
        return self.holders.resolved(teller, number)

    def _is_adversary(self, teller: Holder, holder: Holder) -> bool:
        """Whether one is known by name and not of the party of the other, who has one."""
        if holder.party is None or teller.type not in ("person", "party", "organization", "government") or self.holders.same_side(teller, holder):
            return False
        return teller.party != holder.party

    # ---- by kind of reading
    def _owned(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> Held | str:
        if owner := self._owner(number, reading.at):
            return [(reading.sign, owner, "report")]
        givers = self._givers(number, voice, reading.at, speakers) or self._from_whom(number, hit)
        return [(reading.sign, giver, "report") for giver in givers] or NOBODY

    def _givers(self, number: int, voice: Voice, noun: int, speakers: list[Holder]) -> list[Holder]:
        """Whose demand it is that they utter: "sent a letter asking to", "has repeated its call for"."""
        verb = next((at for at in range(noun - 1, max(voice.lo, noun - GIVING_WORDS) - 1, -1) if self.text.word(at) in self.scheme.giving), None)
        if verb is None:
            return []
        subject = self.subject_at(number, voice, verb)
        if self._is_speaker(voice, subject):
            return speakers
        return self.holders.resolved(subject, number) if subject is not None and not self._not_a_holder(subject) else []

    def _from_whom(self, number: int, hit: Hit) -> list[Holder]:
        """Whose demand it is that is told behind it: "calls to close it have come from both the NDP and the Greens"."""
        _, hi = self.voices.bounds[number]
        found = self.scheme.came_from.search(self.text.symbols, hit.end, hi)
        if found is None or not self._is_plain(hit.end, found.start()):
            return []
        end = next((at for at in range(found.end(), hi) if self.text.symbols[at] in ".;:!?\n"), hi)
        start = self.text.start(found.end())
        return self.holders.resolved(Subject(self.voices.span(found.end(), end), start, "other"), number) if end > found.end() else []

    def _is_plain(self, start: int, end: int) -> bool:
        """Whether no clause ends between two words, and few stand there."""
        return end - start <= GIVING_WORDS and not any(self.openings.within(start, end))

    def _sent(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> Held | str:
        sender = self.holders.sender(self.voices.span(*reading.cue)) if reading.cue and voice.quote is None else None
        return [(reading.sign, sender, "report")] if sender else "somebody else tells of it"

    def _of_subject(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> Held | str:
        if self.text.word(reading.at - 1) in word_set("positions.who") and self.text.word(reading.at - 2) in _asking():
            return "who would do so is the question"
        return self._subject(number, voice, hit, reading, speakers)

    def _of_speaker(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> Held | str:
        quote = voice.quote
        if speakers and quote is not None:
            denied = hit.reads != "plan" and self.is_denial(quote)
            if hit.proposition.kind == "fact" and not denied and self.cue_sign(quote) is not None:
                return "asked for, not said to be so"
            return self._spoken(number, voice, hit, -reading.sign if denied else reading.sign, speakers)
        if quote is not None:
            return "nobody is named as speaking"
        if reading.holder == "clause":
            return self._subject(number, voice, hit, reading, speakers)
        if listed := self._listed(number, reading.sign):
            return listed
        reporters = self.reporters.of(number, hit) or self._authors(number, hit)
        return [(reading.sign, reporter, "report") for reporter in reporters] or "told by the reporter, in nobody's name"

    def _listed(self, number: int, sign: int) -> Held:
        """The rows of those whose list a sentence is an item of."""
        turn, asking = self.listed.demanded(number)
        return [(sign * turn, holder, "report") for holder in asking]

    def _spoken(self, number: int, voice: Voice, hit: Hit, sign: int, speakers: list[Holder]) -> Held:
        """The speakers' rows; a spokesperson of nobody named who tells what a body does speaks for the body."""
        if len(speakers) == 1 and pattern("positions.spokesperson").fullmatch(speakers[0].name):
            subject = self.subject_at(number, voice, hit.start, clause=True)
            bodies = self.holders.resolved(subject, number) if subject else []
            if bodies and bodies[0].type in ("organization", "government", "party"):
                return [(sign, bodies[0], "quote")]
        return [(sign, speaker, "quote") for speaker in speakers]

    def _bare(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> Held | str:
        """A wording on which its own clause takes no stance: the verb that reports the clause may."""
        quote = voice.quote
        if quote is None:
            if listed := self._listed(number, reading.sign):
                return listed
            if self._is_order(number, hit) and (authors := self._authors(number, hit)):
                return [(reading.sign, author, "report") for author in authors]
            return "raised, and no stance taken on it"
        if not speakers:
            return "nobody is named as speaking"
        if (sign := self.cue_sign(quote) or self._sign_before(voice)) is not None:
            return [(reading.sign * sign, speaker, "quote") for speaker in speakers]
        if self._is_imperative(voice, hit):
            return [(reading.sign, speaker, "quote") for speaker in speakers]
        return "raised, and no stance taken on it"

    # ---- what reports a quote
    def _sign_before(self, voice: Voice) -> int | None:
        """1 or -1 where a verb of attitude stands right before somebody's words: "wrote to her asking that ..."."""
        marks = [m for m in self.scheme.cues(self.text, max(0, voice.lo - CUE_WORDS), voice.lo + 1) if m.kind == "attitude"]
        return marks[-1].sign if marks and marks[-1].end >= voice.lo - 1 else None

    def _is_imperative(self, voice: Voice, hit: Hit) -> bool:
        """Whether a wording opens somebody's words as a demand: "Scrap the deal"; get rid of it, she said."""
        assert voice.quote is not None
        if hit.reads != "plan" or self.text.word(hit.start).endswith(word_list("positions.verbal_endings")):
            return False
        if self._is_spoken_of(voice, hit):
            return False
        if voice.quote.kind == "direct" and hit.start <= voice.lo + 1:
            return True
        leads = voice.quote.cue_start is not None and voice.quote.cue_start >= voice.quote.end and hit.start == voice.lo
        if leads and self.text.word(hit.start + 1) in _behind_imperative():
            return True
        return self.text.symbols[hit.start - 1 : hit.start] == ":" or self.text.pieces[hit.start].lstrip()[:1] in ("“", '"', "‘")

    def _is_spoken_of(self, voice: Voice, hit: Hit) -> bool:
        """Whether a wording is a noun of which something is said, and no order: "a suspension is not what we need"."""
        before = self.text.word(hit.start - 1) if hit.start > voice.lo else ""
        return before in word_set("positions.before_judged") or self.text.word(hit.end) in word_set("positions.predicates")

    def _authors(self, number: int, hit: Hit) -> list[Holder]:
        """The author of a column, where a wording is their own and not what they quote."""
        sentence, offset = self.article.sentences[number], self.text.start(hit.start)
        if self.article.masked[offset] != self.article.plain[offset]:
            return []
        return self.holders.authors(sentence.start, sentence.end)

    def _is_order(self, number: int, hit: Hit) -> bool:
        """Whether a wording opens a sentence of the author's own as an order, or stands behind a colon: "Suspend it."."""
        if hit.reads != "plan" or self.text.word(hit.start).endswith(word_list("positions.verbal_endings")):
            return False
        return hit.start == self.voices.bounds[number][0] or self.text.symbols[hit.start - 1] == ":"

    def is_denial(self, quote: Quote) -> bool:
        """Whether a quote is what somebody denies: "Roe denied that ..."."""
        kinds = {cue.kind for cue in cue_forms().get(quote.cue or "", ())}
        if kinds == {"doubtful"} and self.cue_sign(quote) == -1:
            return True
        if quote.cue_start is None or quote.cue_start >= quote.start:
            return False
        lo, hi = self.voices.words(*self.voices.plain(quote.cue_start, quote.start))
        marks = self.scheme.cues(self.text, lo, min(hi, lo + REPORTER_WORDS) + 1)
        return len(marks) > 1 and marks[0].kind == "attitude" and marks[0].sign < 0 and marks[1].kind in ("hearsay", "noun")

    def cue_sign(self, quote: Quote) -> int | None:
        """1 or -1 where a quote's cue is itself a verb of attitude ("urged", "warned against")."""
        if not quote.cue:
            return None
        marks = self.scheme.cues(
            cue := self.scheme.vocabulary.encode(" ".join((quote.cue, *word_list("positions.infinitive_marker")))), 0, len(cue.symbols)
        )
        return next((mark.sign for mark in marks if mark.kind in ("attitude", "noun")), None)

    # ---- the subject of a verb
    def _subject(self, number: int, voice: Voice, hit: Hit, reading: Reading, speakers: list[Holder]) -> Held | str:
        subject = self.subject_at(number, voice, reading.at, reading.holder == "clause")
        if subject is None and voice.quote is None:
            sentence = self.article.sentences[number]
            subject = self.holders.opening_subject(sentence.start, sentence.end) or self._behind_participle(number, reading.at, hit.end)
        denied = bool(speakers) and voice.quote is not None and self.is_denial(voice.quote)
        if speakers and self._is_speaker(voice, subject):
            turned = denied != (subject is not None and _begins_with_nobody().match(subject.text) is not None)
            return [(-reading.sign if turned else reading.sign, speaker, "quote") for speaker in speakers]
        if subject is not None and subject.kind == "first" and voice.quote is None and self.holders.author:
            return [(reading.sign, author, "report") for author in self.holders.author]
        if subject is None and voice.quote is None and (viewed := self.reporters.for_whom(number)):
            return [(reading.sign, holder, "report") for holder in viewed]
        if reason := self._not_a_holder(subject):
            return reason
        assert subject is not None
        if speakers and self._is_undertaking_of_things(hit, reading, subject):
            return [(reading.sign, speaker, "quote") for speaker in speakers]
        found = self._told_of(number, voice, reading.at, subject) or self.holders.resolved(subject, number)
        if not found:
            return self._of_nobody_known(hit, reading, subject, speakers)
        if denied:
            own = [speaker for speaker in speakers if any(self.holders.same_side(speaker, holder) for holder in found)]
            return [(-reading.sign, speaker, "quote") for speaker in own] or "somebody else denies that this stance is taken"
        return self._rows(number, voice, hit, reading, found, speakers) or "somebody else denies that this stance is taken"

    def _behind_participle(self, number: int, at: int, end: int) -> Subject | None:
        """The subject of the main clause behind a participle that opens the sentence: "After urging Ottawa to ..., Roe left"."""
        lo, _ = self.voices.bounds[number]
        words = [self.text.word(i) for i in range(lo, at + 1)]
        opens = word_set("positions.before_participle")
        is_participle = words[-1].endswith(word_list("gerund_ending")) or words[-2:-1] == [*word_list("positions.perfect_participle")]
        if not is_participle or not opens.issuperset(words[:-1]):
            return None
        return self.holders.main_subject(number, self.text.ends[end - 1])

    def _not_a_holder(self, subject: Subject | None) -> str:
        """Why a subject takes no stance; nothing where it may."""
        if subject is None:
            return "the subject cannot be told"
        if subject.kind == "poll":
            return "the result of a poll: no actor's stance"
        if subject.kind in ("first", "public"):
            return NOBODY
        return "nobody is said to hold it" if self.is_nobody(subject.text, subject.start) else ""

    def _is_undertaking_of_things(self, hit: Hit, reading: Reading, subject: Subject) -> bool:
        """Whether a thing is said to do what is worded: "the treaty will be suspended"; the speaker says so."""
        return self._kind(reading) == "commitment" and subject.text.islower() and subject.kind == "other" and hit.reads == "plan"

    def _of_nobody_known(self, hit: Hit, reading: Reading, subject: Subject, speakers: list[Holder]) -> Held | str:
        """What a subject that nobody can be told to be does is its speaker's, where it is told as so or reproached."""
        kind = self._kind(reading)
        if speakers and self._is_refusal(reading):
            return [(-reading.sign, speaker, "quote") for speaker in speakers]
        if speakers and (kind == "commitment" or (kind == "assertion" and hit.reads in ("claim", "shown"))):
            return [(reading.sign, speaker, "quote") for speaker in speakers]
        return f"{subject.text!r} cannot be told to be anybody who takes a stance"

    def _rows(self, number: int, voice: Voice, hit: Hit, reading: Reading, found: list[Holder], speakers: list[Holder]) -> Held:
        rows: Held = []
        basis = "act" if hit.reads == "act" or (reading.cue and self.scheme.is_act(self.text, reading.at)) else "report"
        for holder in found:
            own = [speaker for speaker in speakers if self.holders.same_side(speaker, holder)]
            if speakers and not own and self._is_refusal(reading):
                rows += [(-reading.sign, speaker, "quote") for speaker in speakers]
            if reading.outer is not None:
                rows += self._outer(number, voice, reading, holder, speakers)
            elif own and voice.quote is not None and voice.quote.cue not in word_set("positions.according_to"):
                rows += [(reading.sign, speaker, "quote") for speaker in own]
            else:
                tellers = speakers or self._tellers(number, voice, reading.at)
                told = basis != "act" and any(self._is_adversary(teller, holder) for teller in tellers)
                rows.append((reading.sign, holder, TOLD if told else basis))
                if not speakers and reading.cue is None and hit.reads in ("claim", "shown"):
                    own = [teller for teller in tellers if teller.name != holder.name and self.holders.same_side(teller, holder)]
                    rows += [(reading.sign, teller, basis) for teller in own]
        return rows

    def _is_refusal(self, reading: Reading) -> bool:
        return reading.cue is not None and self.text.word(reading.cue[0]).startswith(word_list("positions.refusing"))

    def _told_of(self, number: int, voice: Voice, at: int, subject: Subject) -> list[Holder]:
        """The speakers of a report behind a wording, where the verb in it is theirs: "the minister said he would not say"."""
        told = self.voices.voice(number, at, at + 1).quote if voice.quote is None and subject.kind == "third" else None
        return self.holders.speakers(told, number) if told is not None and told.kind == "indirect" else []

    def _kind(self, reading: Reading) -> str:
        return self.kind_of(reading.cue) if reading.cue is not None else ""

    def kind_of(self, cue: tuple[int, int]) -> str:
        """The kind of the cue that stands between two words."""
        marks = self.scheme.cues(self.text, *cue)
        return marks[0].kind if marks else ""

    def _outer(self, number: int, voice: Voice, reading: Reading, holder: Holder, speakers: list[Holder]) -> Held:
        """Somebody denies, or will not say, that the holder takes the stance: it is theirs where they speak for the holder."""
        assert reading.outer is not None
        subject = self.subject_at(number, voice, reading.outer.start)
        if subject is None or self._is_speaker(voice, subject):
            deniers = speakers
        else:
            deniers = self.holders.resolved(subject, number)
        outer = 0 if reading.outer.kind == "evasion" else -reading.sign
        return [(outer, denier, "report") for denier in deniers if self.holders.same_side(denier, holder)]

    def _is_speaker(self, voice: Voice, subject: Subject | None) -> bool:
        """Whether the subject of a verb inside a quote is the quote's own speaker."""
        if voice.quote is None:
            return False
        if subject is None or subject.kind in ("first", "public"):
            return True
        start = self.voices.plain(voice.quote.start, voice.quote.end)[0]
        return subject.start < start or (subject.kind == "third" and voice.quote.kind != "direct")

    def subject_at(self, number: int, voice: Voice, word: int, clause: bool = False) -> Subject | None:
        """The subject of the verb at a word; with `clause`, of the clause around it."""
        sentence = self.article.sentences[number]
        offset = self.text.start(word)
        if voice.quote is not None and voice.quote.kind != "indirect":
            return self.holders.subject(self.text.start(voice.lo), self.text.ends[voice.hi - 1], offset, True, clause)
        return self.holders.subject(sentence.start, sentence.end, offset, False, clause)

    def _owner(self, number: int, word: int) -> Holder | None:
        """Who stands before a noun as its owner: "the Conservative pitch", "Roe's call"."""
        floor = max([self.voices.bounds[number][0], word - OWNER_WORDS, *(m.end for m in self.marks_of(number) if m.end <= word)])
        start = word
        while start > floor and self.text.symbols[start - 1] not in ".,;:!?\n":
            start -= 1
            if self.text.word(start) in word_set("positions.determiners"):
                break
        if start == word:
            return None
        return self.holders.owner(self.article.plain[self.text.start(start) : self.text.start(word)], self.text.start(start), number)
