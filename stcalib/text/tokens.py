"""A light grammar: each token of a sentence gets a one-letter class, and the classes of a sentence make a string
in which noun phrases and clauses are found with regular expressions.

| class | tokens | | class | tokens |
| --- | --- | --- | --- | --- |
| `D` | determiner, quantifier | | `X` | auxiliary, modal |
| `N` | noun, adjective, unknown word | | `V` | finite verb |
| `C` | capitalized word | | `E` | word in -ed |
| `K` | possessive ("Canada's", "minister's") | | `G` | word in -ing |
| `P` `p` | subject pronoun; with its auxiliary ("she's") | | `A` | adverb |
| `O` | object pronoun | | `T` | time word |
| `R` | preposition | | `#` | number |
| `S` | subordinator | | `Q` | quotation |
| `H` | "that" | | `,` `;` `(` `)` `-` | marks |
| `W` | relative pronoun | | `Z` | negation |
| `&` | conjunction | | `I` | "to", "be", "been", "being" |
| `Y` | form of a reporting verb that is no noun | | `q` | quotation of a few words inside a sentence |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from stcalib.language.in_use import by_language, lately_by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.people_words import first_names, name_particles
from stcalib.language.reporting_verbs import cue_forms, regular_form
from stcalib.language.word_sets import word_list, word_set

QUOTED, ENDS_STOP, ENDS_COMMA, ENDS_MARK = "\ue000", "\ue001", "\ue002", "\ue003"
"""What stands for the characters of a quotation in a masked text; the last three for the last character of one
that ends in a full stop, in a comma, or in a question or exclamation mark."""

MASKS = (QUOTED, ENDS_STOP, ENDS_COMMA, ENDS_MARK)



@by_language
def _token() -> re.Pattern[str]:
    """A token; a name's suffix is one with its comma (", Jr.")."""
    return re.compile(
        rf"[{QUOTED}-{ENDS_MARK}][{QUOTED}-{ENDS_MARK}]*|\.\.+|[A-Z]\.(?:[A-Z]\.)+(?:['’]s)?|[$€£]?\d+(?:[.,:]\d+)*%?(?:-[^\W_]+)*"
        rf"|[^\W_][^\W_]*(?:(?:\.-|[-–'’&/.@])[^\W_]+)*\.?|--+|, {alternatives(load_lexicon().titles.suffixes)}\b\.?(?![-\w'’])|[^\w\s]|__*"
    )


"""An alternative that opens with a character set is passed over at once where the next character is none of it."""
_IN_A_NAME = re.compile(
    r"(?<=C)[DOPRIWTN&n](?=C|Y|V|X|,|R|$)|(?<=CN)[Nn](?=C)"
    r"|(?:^|(?<=[VY&RIQq,H]))T(?=C)|(?<=C)[Nn](?=NC)|(?<=[NnVYRC])D(?=D?C)|(?<=C)D(?=C)"
)
_MAYBE_VERB = re.compile(r"(?<=[CAHWqNnPD])n(?=.)|(?<=[PW])N(?=.)|(?<=PA)N(?=.)|(?<=CA)[Nn]|(?<=[AZ])n$")
"""Where a word that no list holds can be a verb; `n` stands for one that looks like one by itself."""
_TO_A_PLACE = re.compile(r"I(?=[DKC#O])")
_INFINITIVE = re.compile(r"I[VY]")
_CLOSE_TO = re.compile(r"[DN][NVA](?=[RI])")
"""An adjective behind what it describes: "those close to him", "sources familiar with the file"."""
_SINCE_THEN = re.compile(r"(?<=X)S(?=[YVEN])")
"""Between an auxiliary and its verb: "has since told"."""
_AFTER_NOUN = re.compile(r"(?<=[NCP])O")
_THAT_TIME = re.compile(r"H[NT](?=[HDPpQCT;,]|$)|HNT")
_DETERMINED = re.compile(r"[DK][VY]")
_DETERMINED_QUALITY = re.compile(r"D[NG]Y(?=[;,]|$)")
"""Behind an article and one word more, at the end of its clause: "the big reveal:"."""
SOFT_CHARACTERS = 36
"""A quotation of at most so many characters (about five words) that closes with no stop of its own is read as a
part of its sentence."""
LONGEST_SURNAME_IN_LY = 8
"""A capitalized word that ends like an adverb and is longer than this is one: "Immediately", and not "Whately"."""
_MARKS = {
    ",": ",", ";": ";", ":": ";", "(": "(", ")": ")", "[": "(", "]": ")", "—": "-", "–": "-", "--": "-", "-": "-", "…": "-",
    "...": "-", "/": "-",
}  # fmt: skip


@by_language
def word_classes() -> dict[str, str]:
    """Lower-case words of the closed classes to their class letter."""
    words = load_lexicon().words
    classes: dict[str, str] = {}
    for letter, group in (
        ("V", words.finite_verbs), ("T", words.times), ("A", words.adverbs), ("S", words.subordinators), ("R", words.prepositions),
        ("D", words.determiners), ("O", words.object_pronouns), ("P", words.subject_pronouns), ("W", words.relatives),
        ("&", words.conjunctions), ("X", words.auxiliaries), ("p", words.contractions), ("I", words.nonfinite), ("Z", words.negations),
    ):  # fmt: skip
        classes.update(dict.fromkeys(group, letter))
    for word, cues in cue_forms().items():
        if all(cue.particle for cue in cues):
            continue
        if not cues[0].nominal and cues[0].form != "ing":
            classes.setdefault(word, "E" if cues[0].form == "participle" else "Y")
    classes.update(dict.fromkeys(word_list("text.relative_contractions"), "W"))
    classes.update(dict.fromkeys(word_list("text.complementizer"), "H"))
    classes.update(dict.fromkeys(word_list("text.object_or_possessive"), "D"))
    classes.update(dict.fromkeys(word_list("text.infinitive_marker"), "I"))
    return classes


@dataclass
class Tokens:
    """The tokens of a stretch of `text` that begins at `start`: the words, and their classes as a string of the same length."""

    text: str
    start: int
    classes: str
    words: list[str]

    @cached_property
    def starts(self) -> list[int]:
        """The offset of each token in `text`."""
        index, at = self.text.index, self.start
        found = []
        for word in self.words:
            found.append(at := index(word, at))
            at += len(word)
        return found

    def end(self, index: int) -> int:
        """The offset in `text` behind a token."""
        return self.starts[index] + len(self.words[index])


def tokens_of(text: str, start: int, end: int) -> Tokens:
    """The tokens of `text[start:end]` (a masked text) with their classes, without the stop at the end."""
    while end > start and text[end - 1] in ".!?… ":
        end -= 1
    words = _token().findall(text, start, end)
    letters = "".join(map(_letter, words))
    if words:
        letters = _opening_letter(words[0]) + letters[1:]
    return Tokens(text, start, _with_verbs(letters, words), words)


@lately_by_language(1 << 16)
def _letter(word: str) -> str:
    """The class of a word inside a sentence; `n` for a noun that may be a verb."""
    lower = word.lower().replace("’", "'")
    letter = word_classes().get(lower) or _MARKS.get(word) or _shape(word, lower)
    if (letter in "VAXSY" and word[0].isupper()) or (letter in "OPRIW" and word.isupper() and len(word) > 1):
        return "C"
    if letter == "T" and word[0].isupper() and lower.rstrip(".") not in _calendar_names():
        return "C"
    return "n" if letter == "N" and (_looks_plural(word) or word in _plain_verbs()) else letter


@lately_by_language(1 << 14)
def _opening_letter(word: str) -> str:
    """The class of the first word of a sentence, whose capital tells nothing of a listed word or an ending."""
    lower = word.lower().replace("’", "'")
    listed = word_classes().get(lower) or _MARKS.get(word)
    if listed is None and word[0].isupper() and len(lower) > 6 and lower.endswith(word_list("text.verbal_endings")):
        return "G" if lower.endswith(word_list("gerund_ending")) else "E"
    if listed is None and len(lower) > LONGEST_SURNAME_IN_LY and lower.endswith(word_list("text.adverbial_endings")):
        return "A"
    return listed or _shape(word, lower)


@by_language
def _plain_verbs() -> frozenset[str]:
    return frozenset(load_lexicon().words.plain_verbs)


@by_language
def _third_person() -> frozenset[str]:
    """The plain verbs as "it" and "the deal" take them: "violates", "carries"."""
    return frozenset(regular_form(verb, "third") for verb in _plain_verbs())


@by_language
def _predicative() -> frozenset[str]:
    return frozenset(load_lexicon().words.predicative)


def _looks_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(word_list("text.singular_in_s"))


def _acts(classes: str, words: list[str], at: int) -> bool:
    """Whether an unlisted word is no noun but the verb of what stands before it: "Brunswick holds a …"."""
    word, behind = words[at], classes[at + 1 : at + 2]
    subject, letter = words[at - 1].lower(), classes[at - 1]
    if not behind and letter in "AZ":
        return word in _third_person()
    if letter == "A" and classes[at - 2 : at - 1] == "P":
        return words[at - 2].lower() in word_set("text.nominative")
    if classes[at - 2 : at - 1] == "C" and letter == "A" and word.endswith("s"):
        return True
    if letter == "P" and subject not in word_set("text.relative_subject"):
        return subject in word_set("text.nominative") or (subject in word_set("text.impersonal") and word in _third_person())
    if subject in word_set("text.relative_subject"):
        return behind in "DPOK#HRAIC" or word in _plain_verbs()
    if word in _plain_verbs():
        return (subject in word_set("text.plurals") or _looks_plural(subject)) and letter in "NCD" and behind in "DNCKOPRIA#HQqG"
    if not _looks_plural(word):
        return False
    if letter == "N":
        return word in _third_person() and behind in "DKO"
    told = classes[max(0, at - 2)] in "YV" and word not in _third_person()
    return letter in "CAHWq" and behind in "DPOK#H" and not told


def _with_verbs(classes: str, words: list[str]) -> str:
    """The classes with verbs that no list holds told from nouns, and with nouns that look like verbs."""
    classes = _with_names(classes, words)
    candidates = _MAYBE_VERB.finditer(classes)
    classes = classes.replace("n", "N")
    for match in candidates:
        if _acts(classes, words, match.start()):
            classes = classes[: match.start()] + "V" + classes[match.end() :]
    return _with_context(classes, words)


def _with_context(classes: str, words: list[str]) -> str:
    """The classes with what the words beside a word tell of it: "the call", "that night", "to Ottawa", "close to him"."""
    classes = _with_nouns(classes, words)
    for match in _THAT_TIME.finditer(classes):
        if words[match.start() + 1].lower() in word_set("text.times_of_speaking") and classes[match.end() : match.end() + 1] not in ("X", "V"):
            classes = classes[: match.start()] + "D" + classes[match.start() + 1 :]
    classes = _INFINITIVE.sub("IN", classes)
    for match in _SINCE_THEN.finditer(classes):
        if words[match.start()].lower() in word_set("text.since_then"):
            classes = classes[: match.start()] + "A" + classes[match.end() :]
    for match in _AFTER_NOUN.finditer(classes):
        if words[match.start()].endswith(word_list("text.reflexive_endings")):
            classes = classes[: match.start()] + "A" + classes[match.end() :]
    for match in _CLOSE_TO.finditer(classes):
        at = match.end() - 1
        if words[at].lower() in _predicative() and words[at - 1].lower() not in word_set("text.never_alone"):
            classes = classes[:at] + "E" + classes[at + 1 :]
    for match in _TO_A_PLACE.finditer(classes):
        at = match.start()
        if words[at].lower() in word_set("text.infinitive_marker"):
            classes = classes[:at] + "R" + classes[at + 1 :]
    return classes


def _with_nouns(classes: str, words: list[str]) -> str:
    """The classes with the verbs that an article makes nouns: "the call", "the big reveal"."""
    for match in _DETERMINED.finditer(classes):
        at = match.end() - 1
        if classes[at - 1] == "K" or words[at - 1].lower() in word_set("text.never_alone"):
            classes = classes[:at] + "N" + classes[at + 1 :]
    for match in _DETERMINED_QUALITY.finditer(classes):
        if _names_a_thing(words, match.end() - 1):
            classes = classes[: match.end() - 1] + "N" + classes[match.end() :]
    return classes


def _names_a_thing(words: list[str], at: int) -> bool:
    """Whether a plain form of a reporting verb is a noun, since the word before it is singular: "the big reveal:"."""
    plain = any(cue.form == "plain" for cue in cue_forms().get(words[at].lower(), ()))
    return plain and not _looks_plural(words[at - 1]) and words[at - 1].lower() not in word_set("text.plurals")


@by_language
def _calendar_names() -> frozenset[str]:
    """The names of weekdays and months, which have a capital anywhere; another time word with one is in a name: "The Daily Times"."""
    calendar = load_lexicon().calendar
    months = (name for month in calendar.month for name in (month.name, *month.abbreviations))
    return frozenset(name.lower().rstrip(".") for name in (*calendar.weekdays, *months))


@by_language
def _nominal_ly() -> frozenset[str]:
    return frozenset(load_lexicon().words.nominal_ly)


@by_language
def month_names() -> frozenset[str]:
    """Full names of months."""
    return frozenset(month.name for month in load_lexicon().calendar.month)


def _with_names(classes: str, words: list[str]) -> str:
    """The classes with the words of names that are words of the closed classes as well: "Eva March", "María del Río"."""
    for match in _IN_A_NAME.finditer(classes):
        at = match.start()
        word, before = words[at], words[at - 1] if at else ""
        if word[0].islower():
            named = word in name_particles() and classes[at - 1 : at] == "C" and classes[at + 1 : at + 2] == "C"
        elif classes[at] == "T":
            listed = classes[at - 2 : at] in ("T&", "T,") and words[at - 2] in month_names()
            opens = not at or (classes[at - 1] in "VY&Qq,H" and not listed) or before.lower() in word_set("text.infinitive_marker")
            named = before in first_names() or (opens and word in first_names())
        else:
            closing = classes[at - 1 : at] == "C" and classes[at + 1 : at + 2] not in ("C", "D") and word.lower() not in word_set("text.article")
            named = before[-1:] != "." and len(word) > 1 and (closing or word.lower() not in word_set("text.determiners_in_titles"))
        if named:
            classes = classes[:at] + "C" + classes[at + 1 :]
    return classes


def _shape(word: str, lower: str) -> str:
    """The class of a word that no list holds, from its look."""
    first = word[0]
    if QUOTED <= first <= ENDS_MARK:
        return "q" if word[-1] == QUOTED and len(word) <= SOFT_CHARACTERS else "Q"
    if first.isdigit() or first in "$€£":
        return "#"
    if first == "," and len(word) > 1:
        return "C"
    if not first.isalpha():
        return "-"
    if lower.endswith(("'s", "s'")) and len(lower) > 3:
        return "K"
    if lower.endswith("n't"):
        return "X"
    if first.isupper():
        return "C"
    if lower in _nominal_ly():
        return "N"
    for ending, letter, length in (("participle_ending", "E", 4), ("gerund_ending", "G", 5), ("adverb_ending", "A", 4)):
        if lower.endswith(word_list(f"text.{ending}")) and len(lower) > length:
            return letter
    return "T" if word_classes().get(lower.rstrip(".")) == "T" else "N"
