"""The pattern language of codebooks: wordings that a reader can check and change, matched in linear time.

A pattern is a row of words as they may stand in a text, in any case, quotation marks left out:

| in a pattern | stands for |
| --- | --- |
| `agreement` | the word itself |
| `close+` | any form of the word: close, closes, closed, closing |
| `(scrap+|tear+ up)` | any one of the alternatives |
| `(fully)?` | the group, or nothing |
| `..` | up to three words with no comma, "and", "or" or "but" between |
| `...` | up to six words of the same sentence |
| `....` | up to ten words of the same sentence |
| `<border>` | any wording of the list `border` in the codebook's or the lexicon's `[terms]` |
| `<name>` | a run of one to four capitalized words that no pattern names |
| `<number>` | a figure |
| `<target>` | the body that the proposition is about, however it is called (see `codebook.Target`) |

Every word of a text becomes one symbol (`Vocabulary.encode`), and a pattern becomes a regular expression over
symbols. All repetition is bounded, so matching takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from stcalib.language.in_use import by_language, lately_by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.reporting_verbs import regular_form
from stcalib.language.word_sets import word_list, word_set

GAPS = {"..": 3, "...": 6, "....": 10}
"""Words that each gap passes over at most."""
GAP_LIMIT = 4
"""Gaps that one reading of a pattern may hold, so that the work at each place of a text stays bounded."""
NAME_WORDS = 4
MEMO_LIMIT = 200_000
"""Different pieces of text whose symbols are kept in mind."""

STOPS = ".!?;:\n"
"""Symbols that no pattern passes over."""
_UNKNOWN, CAPITAL, _NUMBER = "x", "X", "0"
"""Symbols of words that no pattern names: in small letters, with a capital, in figures."""
_FIRST_SYMBOL, _LAST_SYMBOL = 0x100, 0xD7FF
_SKIP = " \"“”„«»‘'’`[]*_"
_PATTERN_TOKEN = re.compile(r"\s*(?:(?P<gap>\.{2,4})|<(?P<ref>[a-z_ ]+)>|(?P<mark>[()|?])|(?P<word>[^\s()|?<>]+))")


class PatternError(ValueError):
    """A pattern that is not of the language; the message names the place and what may stand there."""


@dataclass(frozen=True, slots=True)
class Forms:
    """One word, in any of its forms."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words; a comma among them only where `commas`."""

    most: int
    commas: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A list of wordings by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of several sequences, or nothing where `optional`."""

    options: tuple[tuple[Node, ...], ...]
    optional: bool = False


Node = Forms | Gap | Reference | Either
Terms = Mapping[str, tuple[tuple[Node, ...], ...]]
"""Names of lists to the sequences that they stand for."""
BUILT_IN = frozenset({"name", "other name", "number", "target"})


# ------------------------------------------------------------------ reading a pattern
@by_language
def parse(pattern: str) -> tuple[Node, ...]:
    """The nodes of a pattern. Raises `PatternError` with what is wrong and what may stand there."""
    pieces = _pieces(pattern)
    nodes, end = _sequence(pattern, pieces, 0)
    if end < len(pieces):
        raise PatternError(f"{pattern!r}: {pieces[end][1]!r} without an opening '('")
    if not nodes:
        raise PatternError(f"{pattern!r}: empty. Write at least one word")
    if _gaps(nodes) > GAP_LIMIT:
        raise PatternError(f"{pattern!r}: more than {GAP_LIMIT} gaps. Write two patterns, or name the words between")
    if isinstance(nodes[0], Gap) or isinstance(nodes[-1], Gap):
        raise PatternError(f"{pattern!r}: begins or ends with a gap. Leave it out")
    return nodes


def _pieces(pattern: str) -> list[tuple[str, str]]:
    pieces, at = [], 0
    stripped = pattern.rstrip()
    while at < len(stripped):
        match = _PATTERN_TOKEN.match(stripped, at)
        if match is None:
            raise PatternError(f"{pattern!r}: {stripped[at:].strip()[:12]!r} is no word, gap, <list> or group")
        kind = match.lastgroup or ""
        pieces.append((kind, match[kind]))
        at = match.end()
    return pieces


def _sequence(pattern: str, pieces: list[tuple[str, str]], at: int) -> tuple[tuple[Node, ...], int]:
    """The nodes from piece `at` on, up to the end of the pattern or of the group, and the piece behind them."""
    nodes: list[Node] = []
    while at < len(pieces):
        kind, text = pieces[at]
        if kind == "mark" and text in "|)":
            break
        made: tuple[Node, ...]
        if kind == "mark" and text == "(":
            made, at = _group(pattern, pieces, at + 1)
        elif kind == "mark":
            raise PatternError(f"{pattern!r}: '?' follows nothing that could be left out")
        elif kind == "gap":
            made, at = (Gap(GAPS[text], text != ".."),), at + 1
        elif kind == "ref":
            made, at = (Reference(text),), at + 1
        else:
            made, at = _words(pattern, text), at + 1
            if pieces[at : at + 1] == [("mark", "?")]:
                raise PatternError(f"{pattern!r}: '{text}?' is not of the language. Write '({text})?', or '{text.removesuffix('s')}+' for any form")
        if at < len(pieces) and pieces[at] == ("mark", "?"):
            if isinstance(made[0], Gap):
                raise PatternError(f"{pattern!r}: a gap may always be empty; leave out its '?'")
            made, at = (Either((made,), optional=True),), at + 1
        nodes.extend(made)
    return tuple(nodes), at


def _group(pattern: str, pieces: list[tuple[str, str]], at: int) -> tuple[tuple[Node, ...], int]:
    options = []
    while True:
        nodes, at = _sequence(pattern, pieces, at)
        if not nodes:
            raise PatternError(f"{pattern!r}: an empty alternative. Mark the group with '?' to make it optional")
        if isinstance(nodes[0], Gap) or isinstance(nodes[-1], Gap):
            raise PatternError(f"{pattern!r}: an alternative begins or ends with a gap. Put the gap outside the group")
        options.append(nodes)
        if at >= len(pieces):
            raise PatternError(f"{pattern!r}: a '(' is not closed")
        at += 1
        if pieces[at - 1][1] == ")":
            return (Either(tuple(options)),), at


@by_language
def _marks() -> frozenset[str]:
    """What a pattern may name beside words; every dash and bracket reads as a comma."""
    return frozenset((",", *(f"'{contraction}" for contraction in word_list("codebook.contractions"))))


def _words(pattern: str, text: str) -> tuple[Node, ...]:
    """The words of one piece: "Canada's" is two, "close+" one in all its forms."""
    inflect = text.endswith("+")
    words = words_of(text.rstrip("+"))
    if not words or any(not word[0].isalnum() and word not in _marks() for word in words):
        raise PatternError(f"{pattern!r}: {text!r} is no word")
    last = inflected(words[-1]) if inflect else (words[-1],)
    return (*(Forms((word,)) for word in words[:-1]), Forms(last))


def _all_nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Either):
            for option in node.options:
                yield from _all_nodes(option)


def words_in(nodes: Iterable[Node]) -> frozenset[str]:
    """The words that a pattern itself names."""
    return frozenset(word for node in _all_nodes(nodes) if isinstance(node, Forms) for word in node.words)


def _gaps(nodes: Iterable[Node]) -> int:
    """The most gaps on any one reading of a pattern."""
    return sum(max(map(_gaps, node.options)) if isinstance(node, Either) else isinstance(node, Gap) for node in nodes)


def references(nodes: Iterable[Node]) -> frozenset[str]:
    """The names of the lists that a pattern names."""
    return frozenset(node.name for node in _all_nodes(nodes) if isinstance(node, Reference))


@by_language
def inflected(word: str) -> tuple[str, ...]:
    """All forms of a verb or noun, the word itself first. Regular spellings are made, irregular ones looked up."""
    forms = {word: None}
    for form in load_lexicon().stances.irregular.get(word, load_lexicon().cues.irregular.get(word, ())):
        forms[form] = None
    if len(forms) > 1:
        return tuple(forms)
    made = [regular_form(word, form) for form in ("third", "past", "ing")]
    if (doubling := load_lexicon().cues.doubling) and re.search(doubling, word):
        made += [f"{word}{word[-1]}{form.removeprefix(word)}" for form in made[1:]]
    return (word, *made)


# ------------------------------------------------------------------ reading a text
@by_language
def _token() -> re.Pattern[str]:
    """A word with all that belongs to it, or a mark, and the quotation marks and blanks before it.

    The stop behind an abbreviation is a part of it: what stands before a stop is looked at only where one follows.
    """
    lexicon = load_lexicon()
    months = (name for month in lexicon.calendar.month for name in month.abbreviations)
    abbreviations = (*lexicon.titles.honorifics, *lexicon.words.leading_abbreviations, *lexicon.words.abbreviations, *months)
    stopped = {w for w in abbreviations if w[0].isupper() and w.isalpha()}
    by_length = {n: sorted(w for w in stopped if len(w) == n) for n in sorted(set(map(len, stopped)))}
    abbreviated = "|".join(rf"(?<=\b(?:{'|'.join(words)})\.)" for words in by_length.values())
    contracted, negated = alternatives(word_list("codebook.contractions")), alternatives(word_list("codebook.negated_endings"))
    return re.compile(
        rf"['’]{contracted}\b"
        rf"|[{re.escape(_SKIP)}]*(?:\w+(?:[-&.]\w+|\.-\w+|['’]{negated}\b|,\d{{3}}\b)*(?:\.(?:(?<=\.\w\.)|{abbreviated}))?|\.{{2,}}|\n\s*|[^\w\s])|[\s\S]"
    )


def words_of(text: str) -> list[str]:
    """The words and marks of `text` in lower case, quotation marks left out."""
    return [word for word in map(plain_word, _token().findall(text)) if word]


@lately_by_language(1 << 16)
def plain_word(piece: str) -> str:
    """A piece of text as patterns name it: in lower case, with straight apostrophes and nothing before it."""
    word = piece if piece[0] in "'’" and piece[1:].lower() in word_set("codebook.contractions") else piece.lstrip(_SKIP)
    return "\n" if word[:1] == "\n" else word.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text as symbols, one for each word or mark: `symbols[i]` stands for `pieces[i]`, which ends at `ends[i]`."""

    symbols: str
    pieces: list[str]
    ends: list[int]

    def start(self, index: int) -> int:
        """Where word `index` begins in the text."""
        return self.ends[index] - len(self.pieces[index].lstrip(_SKIP) or self.pieces[index])

    def word(self, index: int) -> str:
        """Word `index` in lower case; "" before the first word and behind the last."""
        return plain_word(self.pieces[index]) if 0 <= index < len(self.pieces) else ""

    def first_from(self, offset: int) -> int:
        """The first word that ends behind `offset` of the text."""
        return bisect_right(self.ends, offset)


class _Symbols(dict[str, str]):
    """Pieces of text to symbols: those of the vocabulary, and for any other piece one that tells its look."""

    def __init__(self, known: Mapping[str, str]):
        super().__init__()
        self.known = known
        self.names = frozenset(load_lexicon().stances.names)

    def __missing__(self, piece: str) -> str:
        if len(self) > MEMO_LIMIT:
            self.clear()
        word = plain_word(piece)
        first = piece.lstrip(_SKIP)[:1]
        symbol = CAPITAL if word in self.names and first.isupper() else self.known.get(word) or _look(word, first)
        self[piece] = symbol
        return symbol


def _look(word: str, first: str) -> str:
    if not word:
        return ","
    if word[0].isdigit():
        return _NUMBER
    if word[0].isalnum():
        return CAPITAL if first.isupper() else _UNKNOWN
    if word in (".", "!", "?", ";", ":", "\n"):
        return word
    return "," if word in (",", "(", ")", "-", "–", "—", "..", "...", "…") else _UNKNOWN


def character_class(symbols: Iterable[str]) -> str:
    """The expression for any one of the symbols, those that follow each other as a range."""
    runs: list[list[str]] = []
    for symbol in sorted(set(symbols)):
        if runs and ord(symbol) == ord(runs[-1][-1]) + 1:
            runs[-1].append(symbol)
        else:
            runs.append([symbol])
    if len(runs) == 1 and len(runs[0]) == 1:
        return re.escape(runs[0][0])
    pieces = (re.escape(run[0]) if len(run) == 1 else f"{re.escape(run[0])}-{re.escape(run[-1])}" for run in runs)
    return f"[{''.join(pieces)}]" if runs else ""


class Vocabulary:
    """The words that a set of patterns names, each with its symbol.

    Patterns must be known before texts are encoded; the vocabulary of a codebook is made once. `names` are words that
    are names however they are written, beside any word that begins with a capital and is not in the vocabulary.
    """

    def __init__(self, patterns: Iterable[tuple[Node, ...]], names: Iterable[str] = ()):
        self.symbols: dict[str, str] = {}
        for nodes in patterns:
            for node in _all_nodes(nodes):
                for word in node.words if isinstance(node, Forms) else ():
                    if word not in self.symbols and word != ",":
                        self.symbols[word] = chr(_FIRST_SYMBOL + len(self.symbols))
        if len(self.symbols) > _LAST_SYMBOL - _FIRST_SYMBOL:
            raise PatternError(f"{len(self.symbols):,} different words; a codebook may name {_LAST_SYMBOL - _FIRST_SYMBOL:,}")
        self._memo = _Symbols(self.symbols)
        self.names = frozenset({CAPITAL, *(self.symbols[word] for word in names if word in self.symbols)})
        self._lists: dict[str, str] = {}
        self._joints = "," + "".join(self.symbols[word] for word in word_list("codebook.joints") if word in self.symbols)

    def encode(self, text: str) -> Encoded:
        """`text` as symbols."""
        pieces = _token().findall(text)
        return Encoded("".join(map(self._memo.__getitem__, pieces)), pieces, list(accumulate(map(len, pieces))))

    def expression(self, nodes: tuple[Node, ...], terms: Terms) -> str:
        """The regular expression over symbols for a pattern."""
        return "".join(self._expression(node, terms) for node in nodes)

    def _expression(self, node: Node, terms: Terms) -> str:
        if isinstance(node, Forms):
            return self.class_of(node.words)
        if isinstance(node, Gap):
            return f"[^{re.escape(STOPS)}{'' if node.commas else self._joints}]{{0,{node.most}}}?"
        if isinstance(node, Reference):
            return self._named(node.name, terms)
        single = [option[0].words for option in node.options if len(option) == 1 and isinstance(option[0], Forms)]
        if len(single) == len(node.options):
            inner = self.class_of([word for words in single for word in words])
        else:
            inner = "(?:" + "|".join(self.expression(option, terms) for option in node.options) + ")"
        return inner + "?" if node.optional else inner

    def _named(self, name: str, terms: Terms) -> str:
        if name == "other name":
            return f"{CAPITAL}{{1,{NAME_WORDS}}}"
        if name == "name":
            return f"{character_class(self.names)}{{1,{NAME_WORDS}}}"
        if name == "number":
            return _NUMBER
        if name not in self._lists:
            self._lists[name] = self._expression(Either(terms[name]), terms)
        return f"({self._lists[name]})" if name == "target" else self._lists[name]

    def class_of(self, words: Iterable[str]) -> str:
        """The expression for any one of the words."""
        return character_class(self.symbols.get(word, word) for word in words)

    def first(self, nodes: tuple[Node, ...], terms: Terms) -> frozenset[str]:
        """The symbols with which a match of a pattern can begin."""
        letters: set[str] = set()
        for node in nodes:
            inner, may_be_empty = self._first(node, terms)
            letters |= inner
            if not may_be_empty:
                break
        return frozenset(letters)

    def _first(self, node: Node, terms: Terms) -> tuple[frozenset[str], bool]:
        if isinstance(node, Forms):
            return frozenset(self.symbols.get(word, word) for word in node.words), False
        if isinstance(node, Gap):
            return frozenset(), True
        if isinstance(node, Reference):
            if node.name in BUILT_IN - {"target"}:
                return {"name": self.names, "other name": frozenset(CAPITAL)}.get(node.name, frozenset(_NUMBER)), False
            return self._first(Either(terms[node.name]), terms)
        return frozenset().union(*(self.first(option, terms) for option in node.options)), node.optional
