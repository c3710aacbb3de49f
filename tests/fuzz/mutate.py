"""Texts that no newsroom would print, made from texts that one might: cut, torn, doubled, laced with odd characters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from support.paths import ROOT, SEEDS

ODD = (
    "\r", "\r\n", "\n", "\u2028", "\x00", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\xad", "e\u0301", "ſ", "ı", "İ", "K", "ß", "\ufb01", "\U0001f6a8",
    '"', "“", "”", "‘", "’", "«", "»", "(", ")", "[", "]", "—", "--", "…", ".", ",", ";", ":", "?", "!", "%", "$", "#", "*", "_", "&amp;", "&#x110000;",
    "<p>", "</p>", "<script>", "<!--", "-->", "=1+1", "\t", "  ", "\xa0", " - ", "/", "\\",
)  # fmt: skip
NUMBERS = (
    "0", "1", "5", "1,2,3", "1.000.000", "99999999999999999999", "1/2", "-7", "+3", "½", "²", "１２", "٣", "1e9", "0.5", "00", "1,", ".5", "10:30", "1-2-3",
    "120 per cent", "0 per cent", "a dozen", "nearly 1", "almost 0", "more than 120%", "between 9 and 2", "two to one", "minus four", "one-third", "MMXVII",
)  # fmt: skip
DAYS = (
    "Oct. 24, 1648", "12/31/9999", "0001-01-01", "Feb. 30, 2017", "in the past 400 years", "the first 0 months of 2018", "31 June", "since 9999", "in 0000",
    "last month", "in June", "Feb. 29", "5/5/2055", "winter of 1", "the next 5000 years", "fiscal 1600-01", "the 1680s", "Q5 2018", "a year ago", "00/00/0000",
)  # fmt: skip
ENDINGS = ("Many Canadians agree", "Her party disagrees", "He said", "said", "“", "according to", "as the", "The minister of", "up from", "not", "By", "than")
TRICKY = (
    "By Ann Bell, The Canadian  Press", "OTTAWA (The  Canadian Press) — ", "MAY 9, 2017 by", "· · ·", "Posted: ", "Q:", "A: yes", "- one", "1) two", "2019: 31,900",
    "Mme. la ministre a dit : « non »", "THE MINISTER SAID", "said said said", "he she it they", "Mr. Mr. Mr. Smith", "the the", "of of of", "“‘“‘nested’”’”",
)  # fmt: skip


def material() -> list[str]:
    """The sentences and lines that texts are made of: those of the package's own articles and of its tests."""
    files = [*sorted(SEEDS.glob("*.txt")), *sorted((ROOT / "tests" / "projects").glob("*/articles/*.txt")), *sorted((ROOT / "tests").glob("counts/articles/*.txt"))]
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").split("\n")]
    return sorted({line for line in lines if line})


def texts(seed: int, number: int, lines: Sequence[str]) -> list[str]:
    """So many texts; the same seed gives the same ones."""
    chance = random.Random(seed)
    return [_text(chance, lines) for _ in range(number)]


def _text(chance: random.Random, lines: Sequence[str]) -> str:
    parts = [_line(chance, lines) for _ in range(chance.randint(1, 7))]
    text = chance.choice(("\n\n", "\n\n", "\n", "\r\n", " ", "\r")).join(parts)
    for _ in range(chance.randint(1, 6)):
        text = chance.choice(WAYS)(text, chance)
    return text


def _line(chance: random.Random, lines: Sequence[str]) -> str:
    line = chance.choice(lines)
    if len(line) > 400:
        start = chance.randrange(len(line) - 300)
        line = line[start : start + chance.randint(40, 300)]
    return line


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _dropped(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + text[at + chance.randint(1, 12) :]


def _doubled(text: str, chance: random.Random) -> str:
    at, size = chance.randrange(len(text) + 1), chance.randint(1, 40)
    return text[:at] + text[at : at + size] * 2 + text[at + size :]


def _put(choices: Sequence[str]) -> Callable[[str, random.Random], str]:
    def way(text: str, chance: random.Random) -> str:
        at = chance.randrange(len(text) + 1)
        return text[:at] + chance.choice(choices) + text[at:]

    return way


def _put_between(choices: Sequence[str]) -> Callable[[str, random.Random], str]:
    def way(text: str, chance: random.Random) -> str:
        words = text.split(" ")
        words.insert(chance.randrange(len(words) + 1), chance.choice(choices))
        return " ".join(words)

    return way


def _number_replaced(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for i, word in enumerate(words):
        if word[:1].isdigit() and chance.random() < 0.5:
            words[i] = chance.choice(NUMBERS)
    return " ".join(words)


def _shuffled(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    at = chance.randrange(len(words))
    part = words[at : at + 6]
    chance.shuffle(part)
    return " ".join(words[:at] + part + words[at + 6 :])


def _wide(text: str, chance: random.Random) -> str:
    return text.replace(" ", "  ") if chance.random() < 0.5 else text.replace(" ", "\n")


def _in_case(text: str, chance: random.Random) -> str:
    return chance.choice((str.upper, str.lower, str.title, str.swapcase))(text)


def _unstopped(text: str, chance: random.Random) -> str:
    return text.replace(chance.choice('.,"“”'), "") + " " + chance.choice(ENDINGS)


WAYS = (_cut, _dropped, _doubled, _put(ODD), _put(ODD), _put_between(NUMBERS), _put_between(DAYS), _put_between(TRICKY), _number_replaced, _shuffled, _wide, _in_case, _unstopped)


def write(folder: Path, made: Sequence[str]) -> None:
    """The texts as files, to be looked at."""
    for number, text in enumerate(made):
        (folder / f"{number:06}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
