"""Transcripts of films and broadcasts: SRT and VTT. Cues are joined to sentences; a line that captions repeat stands once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from stcalib.ingest.days import first_day
from stcalib.ingest.label_files import labels_of
from stcalib.ingest.labelled import field_of
from stcalib.ingest.names import author_names, outlet_name
from stcalib.ingest.paragraphs import join
from stcalib.ingest.story import Story

PAUSE = 2.5
"""Seconds of silence behind a sentence that begin a paragraph."""
SENTENCES = 5
"""Sentences after which a paragraph ends where nobody pauses."""
_TIME = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})[,.](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[,.](\d{1,3})")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+([^>]+)>")
_TAG = re.compile(r"</?[a-z][^>]{0,60}>|<\d[\d:.]*>|\{\\[^}]{0,60}\}", re.IGNORECASE)
_TURN = re.compile(r">>|[-–] |[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{1,40}:\s")
"""A line that another speaker begins: behind angle brackets or a dash, or with a name in capitals."""
_END = re.compile(r"[.!?…]['\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class _Cue:
    start: float
    end: float
    speaker: str | None
    lines: tuple[str, ...]


def recognizes(text: str) -> bool:
    """Whether a text is such a transcript."""
    return text.lstrip().startswith("WEBVTT") or re.match(r"\s*\d+\s*\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->", text) is not None


def transcript(text: str) -> Story:
    """The story of a transcript; what its notes state ("NOTE Title: …") is taken as its facts."""
    facts = _facts(text)
    day = first_day(facts.get("published"))
    byline = facts.get("author")
    return Story(
        paragraphs=tuple(_paragraphs(list(_cues(text)))),
        title=facts.get("title"),
        outlet=outlet_name(facts.get("outlet")),
        author=author_names(byline),
        byline=byline,
        published=day.day if day else None,
        url=facts.get("url"),
        language=facts.get("language"),
    )


def _facts(text: str) -> dict[str, str]:
    head = text.lstrip().partition("-->")[0]
    facts: dict[str, str] = {}
    first = head.split("\n", 1)[0]
    if first.startswith("WEBVTT") and (title := first[6:].strip(" -–—\t")):
        facts["title"] = title
    noted = "\n".join(re.findall(r"^NOTE\b(.*(?:\n(?!\s*\n).+)*)", text, re.MULTILINE))
    for line in (*head.split("\n")[1:], *noted.split("\n")):
        if (found := field_of(line.strip(), labels_of("plain", "head"))) is not None and found[1]:
            facts.setdefault(*found)
    return facts


def _cues(text: str) -> Iterator[_Cue]:
    for part in re.split(r"\n\s*\n", text):
        lines = part.strip().split("\n")
        at = next((n for n, line in enumerate(lines[:3]) if _TIME.search(line)), None)
        if at is None:
            continue
        match = _TIME.search(lines[at])
        assert match is not None
        h, m, s, f, h2, m2, s2, f2 = (int(number or 0) for number in match.groups())
        yield from _voices(h * 3600 + m * 60 + s + f / 1000, h2 * 3600 + m2 * 60 + s2 + f2 / 1000, lines[at + 1 :])


def _voices(start: float, end: float, lines: Sequence[str]) -> Iterator[_Cue]:
    """The cue, in one part for each voice that it marks."""
    speaker: str | None = None
    kept: list[str] = []
    for line in lines:
        pieces = _VOICE.split(line)
        for number, piece in enumerate(pieces):
            if number % 2:
                if kept:
                    yield _Cue(start, end, speaker, tuple(kept))
                speaker, kept = piece.strip(), []
            elif plain := " ".join(unescape(_TAG.sub("", piece)).split()):
                kept.append(plain)
    if kept:
        yield _Cue(start, end, speaker, tuple(kept))


def _paragraphs(cues: Sequence[_Cue]) -> Iterator[str]:
    text, speaker, end, sentences = "", None, 0.0, 0
    shown: tuple[str, ...] = ()
    for cue in cues:
        lines = _new_lines(cue.lines, shown)
        shown = cue.lines
        if not lines:
            end = cue.end
            continue
        closed = bool(_END.search(text))
        changes = cue.speaker != speaker and (cue.speaker is not None or closed)
        if text and (changes or (closed and (cue.start - end >= PAUSE or sentences >= SENTENCES))):
            yield text
            text, sentences = "", 0
        if not text and cue.speaker and cue.speaker != speaker:
            text = f"{cue.speaker}: {lines[0]}"
            lines = lines[1:]
            speaker = cue.speaker
        for line in lines:
            if text and _TURN.match(line):
                yield text
                text, sentences = "", 0
            text = join(text, line) if text else line
        speaker = cue.speaker if cue.speaker is not None else speaker
        sentences += sum(bool(_END.search(line)) for line in cue.lines)
        end = cue.end
    if text:
        yield text


def _new_lines(lines: tuple[str, ...], shown: tuple[str, ...]) -> list[str]:
    """The lines of a cue that the one before did not show: automatic captions roll each line up once."""
    for length in range(min(len(lines), len(shown)), 0, -1):
        if lines[:length] == shown[-length:]:
            return list(lines[length:])
    return list(lines)
