"""The row types of the tables.

A row type is the one description of its table: the order of its fields is the order of the columns, and the
metadata of each field (meaning, unit, allowed values) becomes the schema, the data dictionary and the
documentation. Offsets count Python characters in `Article.text`; `end` is exclusive. `None` means unknown.
"""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from datetime import date
from hashlib import blake2s
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from dataclasses import dataclass as row
else:

    def row(*, frozen: bool, slots: bool) -> Any:
        """A data class that is frozen to the type checker alone: the check at run time costs more than the rest of a row."""
        return dataclass(slots=slots, unsafe_hash=frozen)


def column(meaning: str, *, unit: str = "", values: tuple[str, ...] = (), default: Any = ...) -> Any:
    """A field of a row type with what the data dictionary says of it."""
    metadata = {"meaning": meaning, "unit": unit, "values": values}
    return field(metadata=metadata) if default is ... else field(metadata=metadata, default=default)


COUNT_KINDS = ("count", "share", "change", "difference")
BOUNDS = ("exact", "more_than", "at_least", "about", "nearly", "less_than", "at_most", "vague")
READINGS = ("own clause", "own sentence", "carried", "assumed", "review")
PLACE_BASES = ("named", "several", "carried", "assumed", "review")
DERIVATIONS = ("share of a total", "total less its parts", "change applied to its base", "difference applied to its base")
QUOTE_KINDS = ("direct", "indirect", "mixed")
ACTOR_TYPES = ("person", "organization", "party", "government", "group", "unnamed", "document")
STANCES = ("support", "oppose", "ambivalent")
READERS = ("rules", "reader", "both")
DATE_BASES = ("stated", "sidecar", "inferred", "unknown")
LEFT_OUT = ("other language", "other country", "off topic")
PROPOSITION_KINDS = ("plan", "claim", "fact")
ID_BASES = ("codebook", "rows")
STATUSES = ("machine", "confirmed", "corrected", "added")
REVIEWED = ("counts", "quotes", "positions")
"""The tables whose rows are found in articles and decided on by reviewers."""
WALKED = (*REVIEWED, "proposals")
"""What a reviewer can walk through: those tables, and the proposals, which are rows of `positions` once accepted."""


class Row(Protocol):
    """What every row type offers: a data class whose fields carry `column` metadata, and whose objects nobody changes."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def row_id(prefix: str, *parts: object) -> str:
    """A short digest of what identifies a row, the same on every machine and in every run."""
    key = "\x1f".join(["" if part is None else str(part) for part in parts])
    return f"{prefix}-{blake2s(key.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}"


def column_names(row_type: type[Row]) -> list[str]:
    """The columns of a row type's table, in order."""
    return [f.name for f in fields(row_type)]


@row(frozen=True, slots=True)
class ArticleRow:
    """One article: what it says of itself, and the interval in which it was published."""

    article_id: str = column("identifies the article in the corpus: the file name without its ending")
    title: str | None = column("headline as printed, or from the sidecar")
    outlet: str | None = column("who published it")
    outlet_basis: str | None = column("where the outlet is known from", values=("stated", "sidecar", "agency"))
    agency: str | None = column("news agency whose copy it is, where the text says so")
    byline: str | None = column("author line as printed, without 'By'")
    dateline: str | None = column("place that opens the report, as printed")
    url: str | None = column("address, from the sidecar")
    published_earliest: date | None = column("first day on which it can have been published", unit="day")
    published_latest: date | None = column("last day on which it can have been published", unit="day")
    published_basis: str = column("how the interval is known", values=DATE_BASES)
    published_evidence: str | None = column("the words and rules that bound the interval")
    left_out: str | None = column("why figures leave it out: it is plainly none of the issue", values=LEFT_OUT)
    left_out_reason: str | None = column("the words for that")
    updated: date | None = column("day of the last update, where the text prints it", unit="day")
    n_chars: int = column("length of the text", unit="characters")
    n_words: int = column("length of the body without boilerplate", unit="words")
    sha256: str = column("digest of the text as UTF-8")
    encoding: str = column("how the bytes were decoded")
    file: str | None = column("name of the file it was read from")


@row(frozen=True, slots=True)
class Published:
    """When an article was published: an interval of days, open where an end is None, and how it is known."""

    earliest: date | None = None
    latest: date | None = None
    basis: str = "unknown"
    evidence: str | None = None


@row(frozen=True, slots=True)
class Count:
    """One stated quantity of what the codebook counts."""

    count_id: str = column("identifies the row")
    article_id: str = column("the article it stands in")
    start: int = column("where the number with its comparator begins", unit="characters")
    end: int = column("where it ends, exclusive", unit="characters")
    text: str = column("the number with its comparator and percent word, exactly as printed")
    kind: str = column("what sort of quantity it is", values=COUNT_KINDS)
    value: float | None = column("the number; empty when only a vague word is given", unit="that of the measure, or per cent")
    bound: str = column("what the comparator makes of it", values=BOUNDS)
    low: float | None = column("least value that the words allow; empty when open", unit="as value")
    high: float | None = column("greatest value that the words allow; empty when open", unit="as value")
    measure: str | None = column("what is counted, an id of the codebook")
    place: str | None = column("where the flow arrived, ISO 3166 code")
    site: str | None = column("named spot within the place, where one is meant")
    place_basis: str | None = column(
        "how the place is known: named for this number, several named, taken over from the text before, assumed (the codebook's national place, or "
        "that of the story), or set by a reviewer",
        values=PLACE_BASES,
    )
    place_distance: int | None = column("from how many sentences back the place is taken over; 0 where its own sentence gives it", unit="sentences")
    nationality: str | None = column("whose citizens, where the sentence says so")
    per: str | None = column("time unit of a rate ('a day')", values=("day", "week", "month", "year"))
    period_start: date | None = column("first day that the number covers", unit="day")
    period_end: date | None = column("last day that the number covers", unit="day")
    period_text: str | None = column("the words that give the period")
    period_basis: str | None = column("how those words were made into days")
    period_distance: int | None = column("from how many sentences back the period is taken over; 0 where its own sentence gives it", unit="sentences")
    reference_start: date | None = column("first day of the period with which a change or difference compares it", unit="day")
    reference_end: date | None = column("last day of that period", unit="day")
    base_id: str | None = column("the count of which it is a share, part or change, where the text makes it plain")
    reading: str | None = column(
        "where what the row says stands: in the clause of the number, in its sentence, in what was said before, or nowhere", values=READINGS
    )
    source: str | None = column("whom the sentence credits with the number")
    sentence_start: int = column("where its sentence begins", unit="characters")
    sentence_end: int = column("where its sentence ends, exclusive", unit="characters")
    status: str = column("machine row, or what a reviewer made of it", values=STATUSES, default="machine")


@row(frozen=True, slots=True)
class Derived:
    """A quantity that no text states: worked out from stated ones. Never mixed with them."""

    derived_id: str = column("identifies the row")
    article_id: str = column("the article whose counts it rests on")
    operation: str = column("how it was worked out", values=DERIVATIONS)
    value: float | None = column("the number; empty when a count it rests on gives none", unit="that of the measure")
    low: float | None = column("least value that the stated words allow; empty when open", unit="that of the measure")
    high: float | None = column("greatest value that the stated words allow; empty when open", unit="that of the measure")
    measure: str = column("what is counted, an id of the codebook")
    place: str | None = column("where the flow arrived, ISO 3166 code")
    without: str | None = column("places left out of it, where parts were taken from a total")
    nationality: str | None = column("whose citizens, where the share tells")
    period_start: date | None = column("first day that it covers", unit="day")
    period_end: date | None = column("last day that it covers", unit="day")
    formula: str = column("the stated words and what was done with them")
    from_ids: str = column("the counts it was worked out from, separated by semicolons")
    start: int = column("where the first of those counts begins", unit="characters")
    end: int = column("where the last of them ends, exclusive", unit="characters")


@row(frozen=True, slots=True)
class Quote:
    """One stretch of reported speech or writing."""

    quote_id: str = column("identifies the row")
    article_id: str = column("the article it stands in")
    start: int = column("where the quoted stretch begins, quotation mark included", unit="characters")
    end: int = column("where it ends, exclusive", unit="characters")
    text: str = column("the stretch exactly as printed")
    kind: str = column("in quotation marks, paraphrased, or a paraphrase holding a quotation", values=QUOTE_KINDS)
    speaker: str | None = column("the speaker as the quote's own sentence names them, without title")
    speaker_start: int | None = column("where that mention begins", unit="characters")
    speaker_end: int | None = column("where it ends, exclusive", unit="characters")
    cue: str | None = column("the reporting verb or phrase")
    cue_start: int | None = column("where it begins", unit="characters")
    cue_end: int | None = column("where it ends, exclusive", unit="characters")
    cue_kind: str | None = column("what the cue tells of the reporter's view, from the lexicon of cues")
    actor: str | None = column("the most complete name of the speaker that the article gives")
    actor_type: str | None = column("what the speaker is", values=ACTOR_TYPES)
    actor_basis: str | None = column("how the mention was resolved to that name")
    actor_candidates: str | None = column("where several would do and the actor stays empty: their names, parted by semicolons")
    role: str | None = column("title or function printed beside the speaker")
    role_start: int | None = column("where the role stands", unit="characters")
    role_end: int | None = column("where it ends, exclusive", unit="characters")
    organization: str | None = column("body that the speaker speaks for")
    party: str | None = column("party code of the speaker")
    party_basis: str | None = column("where the party is known from", values=("text", "registry", "text against registry", "review"))
    said_on: date | None = column("day on which it was said, where the text dates it", unit="day")
    said_on_text: str | None = column("the words that date it")
    sentence_start: int = column("where its sentence begins", unit="characters")
    sentence_end: int = column("where its sentence ends, exclusive", unit="characters")
    status: str = column("machine row, or what a reviewer made of it", values=STATUSES, default="machine")
    actor_id: str | None = column("the actor in the table of actors", default=None)


@row(frozen=True, slots=True)
class Position:
    """One actor's stance on one proposition, with a sentence that shows it."""

    position_id: str = column("identifies the row")
    article_id: str = column("the article it stands in")
    start: int = column("where the evidence begins", unit="characters")
    end: int = column("where it ends, exclusive", unit="characters")
    text: str = column("the evidence exactly as printed")
    actor: str = column("who takes the stance, canonical name")
    actor_type: str | None = column("what the actor is", values=ACTOR_TYPES)
    organization: str | None = column("government, party or body that the actor stands for")
    party: str | None = column("party code of the actor")
    proposition: str = column("id of the proposition in the codebook")
    stance: str = column("for, against, or shown as undecided", values=STANCES)
    basis: str = column("what the row rests on", values=("quote", "report", "act"))
    wording: str | None = column("the words that raise the proposition")
    cue: str | None = column("the words that give the stance; empty when the wording itself does")
    quote_id: str | None = column("the quote it rests on")
    as_of: date | None = column("day to which the stance is dated", unit="day")
    score: int | None = column("how likely it is right, by texts of other writers; empty for a reviewer's row", unit="per cent", default=None)
    read_by: str | None = column("who saw it: the rules, the learned reader, or both", values=READERS, default=None)
    accepted_by: str | None = column("the reviewer who accepted it, of a row that the program only proposed", default=None)
    status: str = column("machine row, or what a reviewer made of it", values=STATUSES, default="machine")
    actor_id: str | None = column("the actor in the table of actors", default=None)


@row(frozen=True, slots=True)
class Proposal(Position):
    """A position that is not certain enough for the table: for an analyst to accept or reject."""

    reason: str = column("why it is no row of the table of positions", default="")


@row(frozen=True, slots=True)
class ActorRow:
    """One actor across the articles: who speaks or takes a stance in them, under whatever names."""

    actor_id: str = column("identifies the actor: the same in quotes and positions, and in every corpus that names it so")
    name: str = column("what the actor is called: by the analyst's file, else by the codebook, else the fullest name that the articles give")
    names: str = column("all names in the articles, the most frequent first, parted by semicolons")
    type: str | None = column("what the actor is", values=ACTOR_TYPES)
    roles: str | None = column("titles and functions printed beside the actor, each with the first and last day of the articles that print it")
    parties: str | None = column("party codes, each with the first and last day of the articles in which it is the actor's")
    n_articles: int = column("articles in which the actor speaks or takes a stance", unit="articles")
    n_quotes: int = column("quotes of the actor", unit="rows")
    n_positions: int = column("positions of the actor", unit="rows")


@row(frozen=True, slots=True)
class PropositionRow:
    """What an id in the column `proposition` means."""

    proposition: str = column("identifies the proposition")
    label: str | None = column("what it says, in short")
    kind: str | None = column("what sort of proposition it is", values=PROPOSITION_KINDS)
    definition: str | None = column("what it says, in full")
    support: str | None = column("what somebody says who supports it")
    oppose: str | None = column("what somebody says who opposes it")
    basis: str = column("where the id is known from: the codebook, or rows of the tables alone", values=ID_BASES)


@row(frozen=True, slots=True)
class PartyRow:
    """What a code in the column `party` means."""

    party: str = column("identifies the party")
    name: str | None = column("its name")
    short: str | None = column("what legends call it")
    jurisdiction: str | None = column("where it stands for election, ISO 3166 code")
    colour: str | None = column("the colour that figures give it", unit="hexadecimal RGB")
    basis: str = column("where the code is known from: the codebook, or rows of the tables alone", values=ID_BASES)


@row(frozen=True, slots=True)
class MeasureRow:
    """What an id in the column `measure` means."""

    measure: str = column("identifies the measure")
    title: str | None = column("its name")
    definition: str | None = column("what is counted under it")
    unit: str | None = column("the unit of its numbers")
    basis: str = column("where the id is known from: the codebook, or rows of the tables alone", values=ID_BASES)


@row(frozen=True, slots=True)
class Skipped:
    """Something that looked like a row and was declined."""

    article_id: str = column("the article it stands in")
    table: str = column("the table it would have gone to", values=REVIEWED)
    start: int = column("where it begins", unit="characters")
    end: int = column("where it ends, exclusive", unit="characters")
    text: str = column("the words, exactly as printed")
    reason: str = column("why it is no row")


@row(frozen=True, slots=True)
class Clue:
    """Words that bound the day on which an article was published."""

    article_id: str = column("the article that is dated")
    bound: str = column("which end of the interval it bounds", values=("earliest", "latest"))
    day: date = column("the day at which it bounds it", unit="day")
    start: int = column("where the words begin", unit="characters")
    end: int = column("where they end, exclusive", unit="characters")
    text: str = column("the words, exactly as printed")
    rule: str = column("what they show")
    other_article_id: str | None = column("the article that the words are compared with")


@row(frozen=True, slots=True)
class Problem:
    """Input that could not be used, with the reason and what to do."""

    file: str = column("the file")
    problem: str = column("what is wrong with it")
    advice: str = column("what to do next")
