"""The words by which counts are read, as one index of phrases: those of the language and those of a codebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stcalib.codebook.codebook import Codebook
from stcalib.codebook.counts_file import Counts
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.word_sets import without_opening, word_list
from stcalib.text.tokens import word_classes

WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*|[,;:()\[\]—–\"“”…]|(?<=\s)-+(?=\s)|--+")
"""What a token is: a word with its inner marks, or a mark that parts a sentence."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a phrase is: its kind, and what it stands for (a measure, a place, a reason …)."""

    kind: str
    value: str = ""


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()


def plain_word(token: str) -> str:
    """A token as the index holds it: lower case, straight apostrophe, no possessive ending."""
    word = token.lower().replace("’", "'")
    return word[:-2] if word.endswith("'s") and len(word) > 2 else word


def words_of(phrase: str) -> list[str]:
    """The tokens of a phrase as the index holds them."""
    return [plain_word(token) for token in WORD.findall(phrase)]


_SEARCHED = bytes(code if chr(code).isalnum() else 32 for code in range(256))
"""Bytes of Latin-1: letters and digits stay, all else becomes a blank."""


def searchable(lower: str) -> bytes:
    """A text in lower case as bytes, a byte a character, with blanks between its words: to be searched for `search_word`s."""
    return lower.encode("latin-1", "replace").translate(_SEARCHED)


def search_word(word: str) -> bytes:
    """A word in lower case as `searchable` holds it; of one that holds a mark the longest part."""
    return max(searchable(word).split(), key=len, default=b"")


class Vocabulary:
    """An index of phrases. `match` gives the longest phrase that begins at a token."""

    def __init__(self, entries: Iterable[tuple[str, Label]], events: Iterable[str] = (), names: re.Pattern[str] | None = None) -> None:
        self._root = _Node()
        for phrase, label in entries:
            node = self._root
            for word in words_of(phrase):
                node = node.following.setdefault(word, _Node())
            if label not in node.labels:
                node.labels = (*node.labels, label)
        self.first_words = self._root.following.keys()
        """The words with which a phrase begins."""
        self.since = since_events(events)
        """ "since" with an event whose day the codebook knows, in lower case."""
        self.names = names
        """Names of bodies that hold a crossing and more, in lower case: "kell bridge authority"."""

    def match(self, words: list[str], at: int) -> tuple[int, tuple[Label, ...]]:
        """How many words from `at` on make the longest phrase, and its labels; 0 and none where none does."""
        best: tuple[int, tuple[Label, ...]] = (0, ())
        node = self._root.following.get(words[at])
        length = 0
        while node is not None:
            length += 1
            if node.labels:
                best = (length, node.labels)
            if at + length >= len(words):
                break
            node = node.following.get(words[at + length])
        return best


def since_events(events: Iterable[str]) -> re.Pattern[str] | None:
    """ "since" with any of the events, as their words stand in a text in lower case; None without events."""
    phrases = {phrase.lower() for phrase in events}
    return re.compile(rf"\b{alternatives(load_lexicon().periods.since)}\s{alternatives(phrases)}\b") if phrases else None


def _language() -> Iterator[tuple[str, Label]]:
    """The phrases of the language, whatever is counted."""
    words = load_lexicon().counting
    groups = {
        "rise": words.rise, "fall": words.fall, "more": words.more, "fewer": words.fewer, "compared": words.compared,
        "total": words.totals, "partitive": words.partitive, "partly": words.partly, "neutral": words.neutral_verbs,
        "forecast": words.forecast, "poll": words.poll, "boundary": words.boundaries, "opener": words.clause_openers,
        "dated": words.dated_acts, "summing": words.summing_up, "data": words.data, "data_verb": words.data_verbs,
    }  # fmt: skip
    for kind, phrases in groups.items():
        for phrase in phrases:
            yield phrase, Label(kind)
    for unit, phrases in words.rates.items():
        for phrase in phrases:
            yield phrase, Label("rate", unit)


def _issue(counts: Counts) -> Iterator[tuple[str, Label]]:
    """The phrases of a codebook."""
    yield from _labelled(counts.people, Label("people"))
    yield from _labelled(counts.person, Label("person"))
    yield from _labelled(counts.neutral, Label("event"))
    yield from _labelled(counts.arrivals, Label("arrival"))
    for measure in counts.measure:
        yield from _labelled(measure.people, Label("people", measure.id))
        yield from _labelled(measure.events, Label("event", measure.id))
        yield from _labelled(measure.actions, Label("action", measure.id))
        yield from _labelled(measure.with_agent, Label("agent_action", measure.id))
        yield from _labelled(measure.agents, Label("agent", measure.id))
    yield from _excluded(counts)
    yield from _placed(counts)


def _labelled(phrases: Iterable[str], *labels: Label) -> Iterator[tuple[str, Label]]:
    return ((phrase, label) for phrase in phrases for label in labels)


def _excluded(counts: Counts) -> Iterator[tuple[str, Label]]:
    """What is no row of a codebook: its nouns and what is said of them."""
    for exclusion in counts.exclusion:
        aside = (Label("aside"),) if exclusion.aside else ()
        yield from _labelled(exclusion.words, Label("excluded", exclusion.id), *aside)
        yield from _labelled(exclusion.predicates, Label("predicate", exclusion.id))


def _placed(counts: Counts) -> Iterator[tuple[str, Label]]:
    """The places, crossings and nationalities of a codebook."""
    for place in counts.place:
        yield from _labelled(place.names, Label("place", place.code))
        yield from _labelled(place.cities, Label("city", place.code))
        yield from _labelled(place.origins, Label("origin", place.code))
    for site in counts.site:
        yield from _labelled(site.aliases, Label("site", site.name))
    for nation in counts.nationality:
        yield from _labelled(nation.words, Label("nationality", nation.code))
        yield nation.words[0], Label("people")


_EVIDENCE = frozenset({"people", "event", "action", "agent_action", "arrival"})
"""Labels of which a sentence, or one near it, must hold one for any of its numbers to count."""




class Words:
    """A codebook's vocabulary with what is looked up beside it."""

    def __init__(self, counts: Counts, bodies: Iterable[str] = ()) -> None:
        """`bodies` are names of bodies beside those of the credits."""
        self.counts = counts
        events = (phrase for event in counts.event for phrase in event.words)
        self.vocabulary = Vocabulary([*_language(), *_issue(counts)], events, _names_around(counts, bodies))
        self.measures = {measure.id: measure for measure in counts.measure}
        self.rank = {measure.id: index for index, measure in enumerate(counts.measure)}
        self.firm = frozenset(exclusion.id for exclusion in counts.exclusion if exclusion.firm)
        self.staying = frozenset(exclusion.id for exclusion in counts.exclusion if exclusion.stays)
        self.asides = frozenset(exclusion.id for exclusion in counts.exclusion if exclusion.aside)
        self.firm_reasons = frozenset(exclusion.reason for exclusion in counts.exclusion if exclusion.firm)
        self.reasons = {exclusion.id: exclusion.reason for exclusion in counts.exclusion}
        self.fates = frozenset(exclusion.reason for exclusion in counts.exclusion if exclusion.predicates)
        """Reasons that are said of people or claims, so that they hold of a part of them, too."""
        self.credits = {alias.lower(): credit.name for credit in counts.credit for alias in (credit.name, *credit.aliases)}
        names = {name for place in counts.place for name in place.names}
        self.shortened = frozenset(name[:-1] for name in names if name.endswith("."))
        """Abbreviations of places without their stop: "man" of "Man."."""
        self.split_actions: dict[str, tuple[tuple[str, str], ...]] = {}
        """Verbs whose particle or goal may stand behind the number, by what stands there: "sent 191 people back", "returned 790 to the U.S."."""
        for measure in counts.measure:
            for verb, _, tail in (action.partition(" ") for action in measure.actions):
                if tail.startswith(word_list("counts.particles")):
                    self.split_actions[verb] = (*self.split_actions.get(verb, ()), (tail, measure.id))
        self.of_things = frozenset(m.id for m in counts.measure if m.events and not (m.actions or m.with_agent or m.people))
        """Measures that are told by their own nouns alone ("boats"): a number of people is none of theirs."""
        self.national = frozenset(counts.national)
        self.regions = frozenset(counts.regions)
        self.lines = frozenset(counts.lines)
        self.site_places = {site.name: site.place for site in counts.site}
        telling = (phrase for phrase, label in _issue(counts) if label.kind in _EVIDENCE and (label.value or label.kind != "people"))
        self.evidence = frozenset(search_word(_telling(phrase)) for phrase in telling)
        """A word of each telling phrase, for `phrases.Units.holds`."""
        self._topic = _any_of(counts.topic)
        self._hints = _any_of(counts.hints)

    def on_topic(self, lower: str) -> bool:
        """Whether a text in lower case speaks of the issue: one topic word, or two hints. Always so without such words."""
        if self._topic is None or self._topic.search(lower) is not None:
            return True
        first = self._hints.search(lower) if self._hints is not None else None
        return first is not None and self._hints is not None and self._hints.search(lower, first.end()) is not None


def _names_around(counts: Counts, bodies: Iterable[str]) -> re.Pattern[str] | None:
    """The expression for the names of bodies, in lower case, that hold an alias of a crossing and more; None where none does."""
    aliases = {without_opening(alias.lower(), "counts.article_opening") for site in counts.site for alias in site.aliases}
    names = {name.lower() for name in (*bodies, *(name for credit in counts.credit for name in (credit.name, *credit.aliases)))}
    return _any_of(name for name in names if any(alias in name and alias != name for alias in aliases))


def _telling(phrase: str) -> str:
    """The word of a phrase that tells most: the longest that belongs to no closed class."""
    words = [part for word in words_of(phrase) for part in word.split("-")]
    return max((word for word in words if word not in word_classes()), key=len, default=max(words, key=len))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted({phrase.lower() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(re.escape(phrase) for phrase in ordered)) if ordered else None


_BUILT: dict[int, tuple[Codebook, Words]] = {}
_KEPT = 8


def words_for(codebook: Codebook) -> Words:
    """The vocabulary of a codebook, built once."""
    built = _BUILT.get(id(codebook))
    if built is None or built[0] is not codebook:
        if len(_BUILT) >= _KEPT:
            _BUILT.clear()
        bodies = (name for body in codebook.actors.body for name in (body.name, *body.aliases))
        built = _BUILT[id(codebook)] = (codebook, Words(codebook.counts, bodies))
    return built[1]
