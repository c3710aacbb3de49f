"""Why a number is no row: the reasons that the language gives (those of a codebook stand in its exclusions)."""

NO_HEAD = "nothing says what is counted"
NO_ACTION = "no action that is counted is said of them"
FORECAST = "a forecast, plan or possibility"
POLL = "an answer to a poll"
OTHER_THING = "counts something else: {}"
NO_BASE = "a share or change of something else"
FAR = "nothing near speaks of what is counted"
UNREAD = "in a part of the page that is not read: {}"
WITHDRAWN = "a figure that the page takes back"
IN_DATE = "part of a date or period"
UNITS = {
    "money": "an amount of money",
    "ordinal": "an ordinal",
    "clock": "a time of day",
    "label": "a name, label or part of a longer figure",
    "named": "the name of a street",
    "age": "an age",
    "compound": "part of a compound word",
    "points": "percentage points",
    "degrees": "a temperature",
    "decade": "a date",
    "rate": "a rate per head, no number of people",
    "ballot": "votes for and against",
}
"""Reasons by what a number is glued to (`numbers.UNITS`)."""
