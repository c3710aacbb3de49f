"""The closed lists of values by which the rooms speak to each other of what they have read.

They are names, whatever the language of an article: a cue of a French lexicon has the form "past" as well.
"""

from __future__ import annotations

from typing import Literal

Zone = Literal[
    "headline", "deck", "byline", "stamp", "dateline", "caption", "credit", "subhead", "body", "related",
    "advertisement", "player", "navigation", "rule", "footer",
]  # fmt: skip
"""The zones of a page."""
Stamp = Literal["published", "updated", "other", "unlabelled"]
"""What a line with a day says of it."""
Stated = Literal["outlet", "agency", "line", "place", "region", "comment", "tag", "entity"]
"""What a line of a page states, and what an edit of a text takes out."""
NumberForm = Literal["cardinal", "percent", "fraction", "multiple", "vague"]
"""What sort of number stands in a text."""
NumberShape = Literal["digits", "words", "rate", "ratio", "part", "mixed", "year_words", "few"]
"""How a number is written."""
NumberUnit = Literal["money", "ordinal", "clock", "label", "age", "compound", "points", "degrees", "decade", "rate", "ballot"]
"""What a number is glued to that makes it no quantity of things."""
NumberLink = Literal["range", "from_to", "low", "high"]
"""How the ends of a range are joined, and which end a number is."""
PeriodUnit = Literal["hour", "day", "night", "week", "weekend", "fortnight", "month", "quarter", "half", "year", "decade"]
"""The units of time."""
PeriodPlace = Literal["early", "middle", "late", "first", "last", "next", "this", "following", "previous"]
"""Which of several units, or which part of one, a period is."""
PeriodShape = Literal[
    "year", "month", "date", "season", "quarter", "half", "of_whole", "opening", "fiscal", "ended", "past", "span", "relative", "to_date", "weekday",
    "day", "now", "holiday", "decade", "shift", "same", "this_point", "those", "nth", "around", "then", "totalled",
    "years_back", "range", "list", "since", "until", "event",
]  # fmt: skip
"""The shapes of periods, and of what joins them."""
PeriodResolver = Literal["calendar_year", "stretch"]
"""Ways in which words become days that bear no name of a shape."""
PeriodPart = Literal["unit", "way", "which", "whole", "when", "yes"]
"""Parts of an expression of time, and what marks one."""
PeriodFamily = Literal["calendar", "day"]
"""Which periods can be joined with which."""
PartKind = Literal["phrase", "adverbial", "relative", "participle", "prepositional", "subordinate", "age", "clause"]
"""What a stretch between commas is."""
ClauseKind = Literal[
    "main", "condition", "exception", "contrast", "aside", "subordinate", "coordinate", "relative", "question", "content", "report", "behind mark"
]
"""What a clause is to the one beside it."""
PatternPart = Literal["mark", "gap", "ref", "word", "name", "other name", "number", "target"]
"""The parts of a pattern of a codebook."""
CueForm = Literal["past", "participle", "third", "plain", "ing"]
"""The form of a reporting verb."""
SourcePlace = Literal["before", "after", "phrase", "noun", "joined"]
"""Where the source of a reporting clause stands: before or behind its verb, or in a phrase without one."""
StretchKind = Literal["transcript", "statement", "signed", "heading", "sentence"]
"""Whose words a stretch of a page is, and what sets a slot of the focus."""
Slot = Literal["place", "period", "measure", "population"]
"""What a text speaks of now."""
ReadBy = Literal["wording", "cue", "words", "reading"]
"""What a position is read by: the words of a rule, those of its stretch, and how it was read."""
AttributionKind = Literal["direct", "indirect", "mixed", "report", "quote"]
"""How what somebody said is told."""
ActorBasis = Literal["surname", "acronym", "registry", "description", "pronoun", "name in full", "named later", "speech continued"]
"""How a mention led to an actor, in one or two words."""
Label = Literal[
    "people", "person", "event", "action", "agent_action", "arrival", "agent", "aside", "excluded", "predicate", "place", "city", "origin", "site",
    "nationality", "rise", "fall", "more", "fewer", "compared", "total", "partitive", "partly", "neutral", "forecast", "poll", "boundary", "opener",
    "dated", "summing", "data", "data_verb", "rate",
]  # fmt: skip
"""What a phrase is to a count."""
HeadKind = Literal["anaphor", "unknown", "none"]
"""What the head noun of a number is, where it is no label."""
HolderPlace = Literal["speaker", "subject", "clause", "owner", "sender", "bare", "third", "other", "nobody"]
"""Where the holder of a stance is named, and what sort of subject that is."""
CueKind = Literal["accord", "reaction", "reply", "refusal", "unwilling", "told", "doubtful", "opening", "acts", "undecided", "none"]
"""Kinds of cues of stance beside those of the lexicon."""
SubjectKind = Literal["first", "third", "public", "poll", "other"]
"""What sort of subject holds a stance."""
AnaphorKind = Literal["pronoun", "noun"]
"""What takes up something spoken of before."""
Trait = Literal[
    "asked", "doubt: ", "hint: ", "name ", "one word", "no name", "a pronoun", "a name", "taken up", "reading", "words",
    "a rule reads another stance",
]  # fmt: skip
"""What the estimate of a position rests on, in a word or two."""
FileKey = Literal[
    "newly proposed", "[firm]", "[weights]", "seen = ",
    "models", "training", "examples", "codebooks", "data", "rarity", "weights", "labels", "offsets", "scales", "sentences", "rows", "evidence",
    "not_learned", "package", "codebook", "ledger", "confirmed", "rejected", "article_id", "actor", "proposition", "stance", "text", "apart", "any",
    "batch", "house", "accept", "reject", "add", "edit", "note", "undo", "published_labels", "updated_labels", "other_labels", "name", "role",
    "title", "target",
]  # fmt: skip
"""Folders, arrays, keys and columns of the files that are read and written."""
