"""Quotes: from an article to rows of reported speech, with speaker, cue and actor.

Sentence by sentence: reporting clauses are found (`speech`), the stretches that they report are cut out
(`stretches`), and the speaker's mention is resolved (`actors`). What looked like speech and gave no row is listed
with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from stcalib.actors.appositions import role_behind
from stcalib.actors.coreference import Cast
from stcalib.actors.mention import mentioned
from stcalib.codebook.codebook import EMPTY, Codebook
from stcalib.core.rows import Published, Quote, Skipped, row_id
from stcalib.language.word_sets import word_set
from stcalib.periods.printed_dates import SpokenDay, spoken_day
from stcalib.quotes.before_clause import is_question
from stcalib.quotes.content import Stretch, stretches_of
from stcalib.quotes.own_words import OwnWords, own_row, own_words
from stcalib.syntax.clauses import SentenceClauses, clauses_of
from stcalib.syntax.noun_phrases import Mention, phrase_ending_at
from stcalib.syntax.parts import FINITE
from stcalib.syntax.reporting_clauses import reporting_words
from stcalib.syntax.source_phrases import Declined, Report
from stcalib.syntax.subjects import subject_behind
from stcalib.syntax.titled_works import is_title, quoted_words
from stcalib.text.article import Article, Sentence
from stcalib.text.tokens import ENDS_COMMA, ENDS_MARK, ENDS_STOP, MASKS, Tokens, tokens_of

FRAGMENT_WORDS = 5
"""A quotation without a reporting clause in its sentence counts as speech from so many words on."""
NAMED_WITHIN = 20_000
"""Characters on both sides of a signature in which the name is looked for again."""
NAME_CHARACTERS = 60
"""The name under a sentence set apart has at most so many characters, its office included."""

_FULL_NAME = re.compile(r"[A-ZÀ-Ý][\w.'’-]+(?: [A-ZÀ-Ý][\w.'’-]*){1,3}")
_MASKED = re.compile(f"[{''.join(MASKS)}]")
_BESIDE_WORDS = ",.:;!?…()[]—–-/'’‘\"“”«»"
_UNUSED = "no clause or quotation goes with the verb"
_TITLE = "quotation marks around a title or name"
_FRAGMENT = f"quotation of fewer than {FRAGMENT_WORDS} words that nobody is said to have spoken"
_STRAY = "quotation mark without a partner in its paragraph"
_ASKED = "quotation in what the speaker was asked"
_OWN_VOICE = "the writer speaks of themselves"


@dataclass(slots=True)
class _Found:
    """A stretch in its sentence, with the mention of its speaker."""

    number: int
    sentence: Sentence
    tokens: Tokens
    stretch: Stretch
    mention: Mention | None
    own: OwnWords | None = None


def find_quotes(article: Article, codebook: Codebook = EMPTY, published: Published = Published()) -> tuple[list[Quote], list[Skipped]]:
    """The quotes of an article in the order of the text, and what gave none, with the reason.

    `published` dates what was said "on Tuesday" and the offices that persons held.
    """
    skipped = [_skipped(article, mark.start, mark.end, _STRAY) for mark in article.stray_marks]
    found: list[_Found] = []
    for number in _speaking(article):
        found.extend(_read(article, clauses_of(article, number), skipped))
    found = _with_own_words(article, [*found, *_displayed(article)], skipped)
    cast = Cast(article, codebook, published)
    rows = [_row(article, item, cast, published) if item.own is None else own_row(article, item.own, cast, item.number) for item in found]
    rows = _with_parties_named(_with_later_speakers(article, found, rows), codebook)
    quotes = sorted(rows, key=lambda quote: (quote.start, quote.end))
    return quotes, sorted(skipped, key=lambda row: (row.start, row.end))


def _with_own_words(article: Article, found: list[_Found], skipped: list[Skipped]) -> list[_Found]:
    """What was found with the paragraphs that are somebody's own words: a statement, a turn of a transcript, a letter.

    A quotation in one that has no speaker takes its; a paragraph without marks is a row of its own, and nothing in it.
    """
    own = own_words(article)
    if not own:
        return sorted(found, key=lambda item: item.number)
    kept: list[_Found] = []
    for item in found:
        words = own.get(item.sentence.block)
        if words is None or not words.start <= item.tokens.starts[item.stretch.start] < words.end:
            kept.append(item)
        elif words.quoted and (item.stretch.report is None or item.mention is None):
            kept.append(replace(item, own=replace(words, start=item.tokens.starts[item.stretch.start], end=item.tokens.end(item.stretch.end - 1))))
        elif words.quoted:
            kept.append(item)
    first: dict[int, int] = {}
    for number, sentence in enumerate(article.sentences):
        first.setdefault(sentence.block, number)
    for block, words in own.items():
        if not words.quoted and block in first:
            number = first[block]
            kept.append(_Found(number, article.sentences[number], article.tokens(number), Stretch(0, 1, None), None, words))
    announced = {words.stretch.cue[0] for words in own.values() if words.stretch.cue is not None}
    inside = [(words.start, words.end) for words in own.values() if not words.quoted]
    plain = [article.cut(start, end)[:2] for start, end in inside]
    cues = {article.cut(at, at + 1)[0] for at in announced}
    skipped[:] = [row for row in skipped if row.start not in cues and not any(a <= row.start < b for a, b in plain)]
    return sorted(kept, key=lambda item: (item.number, item.tokens.starts[item.stretch.start]))


def _speaking(article: Article) -> Iterator[int]:
    """The numbers of the sentences that hold a quotation or a word of the cue lexicon."""
    bare, words = _without_marks(article.masked), reporting_words()
    for number, sentence in enumerate(article.sentences):
        place = sentence.start, sentence.end
        if not words.isdisjoint(bare[sentence.start : sentence.end].split()) or _MASKED.search(bare, *place):
            yield number


def _without_marks(text: str) -> str:
    """The text with a blank for each mark that can stand at a word, for telling its words quickly."""
    for mark in _BESIDE_WORDS:
        text = text.replace(mark, " ")
    return text


def _displayed(article: Article) -> Iterator[_Found]:
    """Sentences set apart with the name of who said them behind: "We cannot wait. Marta Oyelaran"."""
    sentences = article.sentences
    for number in range(1, len(sentences)):
        name, said = sentences[number], sentences[number - 1]
        last = number + 1 == len(sentences) or sentences[number + 1].block != name.block
        if said.block != name.block or not last or name.end - name.start > NAME_CHARACTERS or article.plain[name.end - 1] in ".!?":
            continue
        signed = article.plain[name.start : name.end].partition(",")[0]
        nearby = max(0, name.start - NAMED_WITHIN), name.start + NAMED_WITHIN
        quoted = _MASKED.search(article.masked, said.start, said.end) is not None
        if not quoted and _FULL_NAME.fullmatch(signed) and article.plain.count(signed, *nearby) > 1:
            tokens = tokens_of(article.masked, said.start, name.end)
            split = next(i for i, start in enumerate(tokens.starts) if start >= name.start)
            mention = Mention(split, split + len(signed.split()))
            yield _Found(number, said, tokens, Stretch(0, split, None), mention)


def _read(article: Article, clauses: SentenceClauses, skipped: list[Skipped]) -> Iterator[_Found]:
    """The stretches of one sentence; what gives none goes to `skipped`."""
    t, reports = clauses.tokens, clauses.reports
    skipped.extend([_skipped(article, t.starts[i], t.end(i), _TITLE) for i in clauses.works])
    stretches = stretches_of(t, reports) if reports else []
    declined = [*clauses.declined, *_unused(reports, stretches)]
    skipped.extend([_skipped(article, t.starts[d.verb], t.end(d.verb), d.reason) for d in declined])
    stretches += _unreported(article, clauses, stretches, skipped)
    if not stretches:
        return
    main = next((r.subject for r in reports if r.subject is not None and r.order not in ("phrase", "noun")), None)
    if main is None and t.classes.strip("Qq-"):
        main = clauses.main_subject(min((r.verb for r in reports if r.order == "joined"), default=len(t.words)))
    sentence = article.sentences[clauses.number]
    if len(stretches) > 1:
        stretches.sort(key=lambda s: (s.start, s.end))
    for stretch in stretches:
        mention = _mention_for(clauses, stretch, main)
        if stretch.report is not None and mention is not None and t.words[mention.start] == "I":
            skipped.append(_skipped(article, t.starts[stretch.start], t.end(stretch.end - 1), _OWN_VOICE))
            continue
        yield _Found(clauses.number, sentence, t, stretch, mention)


def _unused(reports: list[Report], stretches: list[Stretch]) -> list[Declined]:
    """The reporting clauses that report nothing and stand in no stretch."""
    used = {s.report.verb for s in stretches if s.report is not None}
    return [Declined(r.verb, _UNUSED) for r in reports if r.verb not in used and not any(s.start <= r.verb < s.end for s in stretches)]


def _mention_for(clauses: SentenceClauses, stretch: Stretch, main: Mention | None) -> Mention | None:
    """The mention of the speaker in the stretch's own sentence."""
    if stretch.report is None:
        behind = _speaker_behind(clauses, stretch.start) if clauses.tokens.words[stretch.start][-1] == ENDS_COMMA else None
        return behind or _announced(clauses.tokens, stretch.start) or _nearest(clauses, stretch.start) or main
    return stretch.report.subject or (_of_joined(clauses, stretch.report) if stretch.report.order == "joined" else None) or main


def _of_joined(clauses: SentenceClauses, report: Report) -> Mention | None:
    """The subject of a verb behind "and": that of the reporting clause before it that no clause holds, else that of its sentence."""
    before = (r for r in clauses.reports if r.verb < report.verb and r.subject is not None and r.order in ("before", "after"))
    beside = next((r.subject for r in before if clauses.tokens.classes[r.start - 1 : r.start] not in ("S", "W", "H")), None)
    return beside or clauses.main_subject(report.start)


def _announced(t: Tokens, quotation: int) -> Mention | None:
    """Whose words follow a colon without a verb: "More from him: “…”", "On Tuesday, the same source: “…”"."""
    if quotation < 2 or t.words[quotation - 1] != ":" or not FINITE.isdisjoint(t.classes[:quotation]):
        return None
    if t.words[0].lower() in word_set("syntax.source_opening"):
        named = subject_behind(t, 1)
        return named if named is not None and "C" in t.classes[named.first : named.last] else None
    start, end = max(t.classes.rfind(mark, 0, quotation - 1) + 1 for mark in ",;Q"), quotation - 1
    by = next((i for i in range(start, end) if t.words[i].lower() in word_set("syntax.author_markers")), None)
    if by is not None and start < by and t.words[start].lower() in word_set("syntax.goes_on"):
        return Mention(by + 1, end) if t.classes[by + 1 : end] in ("O", "D") else subject_behind(t, by + 1)
    found = phrase_ending_at(t, end, start) if t.classes[start : start + 1] in ("D", "C") else None
    return found if found is not None and found.first == start else None


def _speaker_behind(clauses: SentenceClauses, quotation: int) -> Mention | None:
    """The subject right behind a quotation that closes with a comma: "“…,” he shrugged"."""
    return next((mention for mention in clauses.subjects if mention.first == quotation + 1), None)


def _nearest(clauses: SentenceClauses, quotation: int) -> Mention | None:
    """Whose words a quotation without a reporting clause is: the last subject before it that can speak."""
    t, before = clauses.tokens, [m for m in clauses.subjects if m.end <= quotation]
    return next((m for m in reversed(before) if t.classes[m.start] == "C" or t.words[m.start].lower() in word_set("speaking_pronouns")), None)


def _unreported(article: Article, clauses: SentenceClauses, stretches: list[Stretch], skipped: list[Skipped]) -> list[Stretch]:
    """Quotations of a sentence that no reporting clause claims but that are speech all the same."""
    t = clauses.tokens
    if "Q" not in t.classes and "q" not in t.classes:
        return []
    covered = {i for s in stretches for i in range(s.start, s.end)}
    alone = not t.classes.strip("Q-")
    found = []
    for i in [i for i, letter in enumerate(t.classes) if letter in "Qq" and i not in covered]:
        words = quoted_words(article, t, i)
        led = t.classes[i - 1 : i] in (",", ";", "-") or i == 0
        attributed = led and t.words[i][-1] == ENDS_COMMA and _speaker_behind(clauses, i) is not None
        announced = i > 0 and t.words[i - 1] == ":" and t.words[i][-1] in (ENDS_STOP, ENDS_MARK)
        if is_question(t, 0, i + 1):
            skipped.append(_skipped(article, t.starts[i], t.end(i), _ASKED))
        elif not alone and (is_title(words) or (len(words) < FRAGMENT_WORDS and not attributed and not announced)):
            skipped.append(_skipped(article, t.starts[i], t.end(i), _TITLE if is_title(words) else _FRAGMENT))
        else:
            found.append(Stretch(i, i + 1, None))
    return found


def _with_parties_named(rows: list[Quote], codebook: Codebook) -> list[Quote]:
    """The rows; the organization of whom a party alone is known is that party, by its name."""
    names = {party.code: party.name for party in codebook.actors.party}
    return [replace(row, organization=names.get(row.party)) if row.party and row.organization is None else row for row in rows]


def _with_later_speakers(article: Article, found: list[_Found], rows: list[Quote]) -> list[Quote]:
    """A quotation that runs on into the next paragraph is spoken by whom that one names."""
    open_ends = {q.start for q in article.quotations if not q.closed}
    named = list(rows)
    for i in range(len(rows) - 2, -1, -1):
        item, later = found[i], found[i + 1]
        if item.own is not None or later.own is not None:
            continue
        runs_on = item.tokens.starts[item.stretch.start] in open_ends and later.sentence.block == item.sentence.block + 1
        spoken = i > 0 and found[i - 1].sentence.block == item.sentence.block and found[i - 1].mention is not None
        if item.mention is None and runs_on and not spoken and rows[i + 1].kind == "direct":
            after = named[i + 1]
            named[i] = replace(
                rows[i],
                actor=after.actor,
                actor_type=after.actor_type,
                actor_basis="speech continued" if after.actor else None,
                organization=after.organization,
                party=after.party,
                party_basis=after.party_basis,
            )
    return named


def _row(article: Article, item: _Found, cast: Cast, published: Published) -> Quote:
    t, stretch, mention = item.tokens, item.stretch, item.mention
    lesser = stretch.report is not None and stretch.report.order in ("participle", "after")
    aside = lesser and mention is not None and t.classes[mention.first - 1 : mention.first] in ("R", "S")
    if mention is None:
        actor = cast.continued(item.number, t.starts[stretch.start]) if stretch.report is None else cast.continued()
    else:
        actor = cast.resolve(mentioned(article, t, mention, aside), item.number, t.starts[stretch.start])
    start, end, text = article.cut(t.starts[stretch.start], t.end(stretch.end - 1))
    speaker = _cut(article, t, (mention.start, mention.end) if mention else None)
    cue = _cut(article, t, (stretch.report.verb, stretch.report.end) if stretch.report else None)
    role = _role(article, t, mention, item.sentence.end)
    said = _said_on(article, item, published)
    sentence = article.cut(item.sentence.start, item.sentence.end)
    # by position, in the order of the columns: rows are many, and naming each column takes time in every one
    return Quote(
        row_id("q", article.sha256, start, end), article.article_id, start, end, text, _kind(stretch, t.classes[stretch.start : stretch.end]),
        speaker[2], speaker[0], speaker[1],
        cue[2], cue[0], cue[1], _cue_kind(stretch.report),
        actor.name if actor else None, actor.type if actor else None, actor.basis if actor else None,
        "; ".join(cast.tied) if actor is None and cast.tied else None,
        role[2], role[0], role[1],
        actor.organization if actor else None, actor.party if actor else None, actor.party_basis if actor else None,
        said.day if said else None, said.text if said else None,
        sentence[0], sentence[1],
    )  # fmt: skip


def _role(article: Article, t: Tokens, mention: Mention | None, end: int) -> tuple[int, int, str] | tuple[None, None, None]:
    """The role printed before the name, else the one apposed to it."""
    if mention is None or mention.role is not None:
        return _cut(article, t, mention.role if mention else None)
    behind = role_behind(article.plain, t.end(mention.end - 1), end)
    return article.cut(*behind) if behind is not None else (None, None, None)


def _kind(stretch: Stretch, letters: str) -> str:
    """Direct, indirect or mixed; what somebody calls something is mixed even where all of it is quoted."""
    names = stretch.report is not None and stretch.report.cue is not None and "name" in stretch.report.cue.frames
    if not letters.strip("Qq"):
        return "mixed" if names else "direct"
    return "mixed" if "Q" in letters or "q" in letters else "indirect"


def _cue_kind(report: Report | None) -> str | None:
    if report is None:
        return None
    return report.cue.kind if report.cue else "neutral"


def _cut(article: Article, t: Tokens, span: tuple[int, int] | None) -> tuple[int, int, str] | tuple[None, None, None]:
    return (None, None, None) if span is None else article.cut(t.starts[span[0]], t.end(span[1] - 1))


def _said_on(article: Article, item: _Found, published: Published) -> SpokenDay | None:
    """The day that the reporter's own words beside the cue give: "said Tuesday", "told reporters on May 1"."""
    t = item.tokens
    if item.stretch.report is None or "T" not in t.classes:
        return None
    for day in spoken_day(article.masked, item.sentence.start, item.sentence.end, published):
        if not t.starts[item.stretch.start] <= day.start < t.end(item.stretch.end - 1):
            return day
    return None


def _skipped(article: Article, start: int, end: int, reason: str) -> Skipped:
    a, b, text = article.cut(start, end)
    return Skipped(article.article_id, "quotes", a, b, text, reason)
