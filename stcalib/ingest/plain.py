"""A single story as blocks: a text or Word file, a PDF, the body of an e-mail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from stcalib.ingest.days import days_in, first_day, is_day_line, weekday_names
from stcalib.ingest.label_files import labels_of, load_labels
from stcalib.ingest.labelled import field_of
from stcalib.ingest.names import author_names, begins_as_byline, is_agency, is_name, known_outlet, outlet_name
from stcalib.ingest.paragraphs import joined, paragraphs
from stcalib.ingest.story import Block, Story

HEAD_LINES = 12
"""Lines from the top in which the head of a story stands."""
TITLE_WORDS = 40
TITLE_LENGTH = 500
"""A headline has at most so many words and characters."""
REPORT_WORDS = 14
"""A line of more words that ends as a sentence is the report."""
_BARS = re.compile(r"\s+[|•·–—]\s+|\s*\|\s*|\t+|\s{3,}")
_SENTENCE = re.compile(r"[.!?…]['\"”’»)\]]*$")


@dataclass(slots=True)
class _Head:
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: date | None = None
    ambiguous: bool = False
    url: str | None = None
    section: str | None = None
    language: str | None = None
    taken: set[tuple[int, int]] = field(default_factory=set)


def single_story(blocks: Sequence[Block], title: str | None = None, heads: Sequence[str] = ()) -> Story:
    """The story of some blocks: its head is read off the lines above the report; a `title` may be given, and the running
    `heads` of its pages, which may name outlet and day."""
    head = _read_head(blocks, title)
    for line in heads:
        if head.published is None or head.outlet is None:
            _take_running_head(head, line)
    body = [
        Block(tuple(line for n, line in enumerate(block.lines) if (number, n) not in head.taken), block.strong) for number, block in enumerate(blocks)
    ]
    text = paragraphs([block for block in body if block.lines])
    if not text and title is None and head.title and _SENTENCE.search(head.title):
        text, head.title = (head.title,), None
    return Story(
        paragraphs=text,
        title=head.title,
        outlet=outlet_name(head.outlet),
        author=author_names(head.byline),
        byline=head.byline,
        published=head.published,
        url=head.url,
        section=head.section,
        language=head.language,
        note="its day can be read in two ways and is left open" if head.ambiguous and head.published is None else None,
    )


def _read_head(blocks: Sequence[Block], title: str | None) -> _Head:
    head = _Head(title=title)
    lines = [(number, n, line.strip()) for number, block in enumerate(blocks[:HEAD_LINES]) for n, line in enumerate(block.lines)][:HEAD_LINES]
    unread = 0
    for at, (number, n, line) in enumerate(lines):
        if _labelled(head, line) or (title and _key(line) == _key(title)):
            head.taken.add((number, n))
        elif head.title is None and head.outlet is None and _may_be_outlet(line) and at + 1 < len(lines) and is_day_line(lines[at + 1][2]):
            head.outlet = line
            head.taken.add((number, n))
        elif head.title is None and is_day_line(line) and head.outlet is not None and head.published is None:
            head.taken.add((number, n))
            _take_day(head, line)
        elif head.title is None and (printed := _title(blocks, number, n)) is not None:
            head.title, length = printed
            head.taken.update((number, n + more) for more in range(length))
        elif (number, n) in head.taken:
            continue
        elif is_report(line) or unread > 2:
            break
        elif _told(head, line, lines[at + 1][2] if at + 1 < len(lines) else ""):
            head.taken.add((number, n))
        else:
            unread += 1
    return head


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _labelled(head: _Head, line: str) -> bool:
    """Takes a line with a label into the head."""
    found = field_of(line, labels_of("plain", "head")) if len(line) < 300 else None
    if found is None:
        return False
    name, value = found
    if name == "updated":
        return first_day(value) is not None
    if name == "published":
        day = first_day(value)
        if day is None:
            return False
        head.published, head.ambiguous = head.published or day.day, day.day is None
    elif name == "author":
        if author_names(value) is None or len(value.split()) > 15:
            return False
        head.byline = head.byline or value
    elif not value or (name == "title" and head.title is not None):
        return False
    else:
        setattr(head, name, getattr(head, name) or value)
    return True


def _title(blocks: Sequence[Block], number: int, n: int) -> tuple[str, int] | None:
    """The headline that begins on a line, and its number of lines; None where the line is none."""
    lines = [line.strip() for line in blocks[number].lines[n:]]
    first = lines[0]
    if (
        not first
        or len(first) > TITLE_LENGTH
        or is_day_line(first)
        or begins_as_byline(first)
        or len(first.split()) > TITLE_WORDS
        or re.match(r"https?://\S+$", first)
    ):
        return None
    if is_report(first) or (known_outlet(first) is not None and len(blocks) > 1):
        return None
    length = 1
    while length < min(len(lines), 4) and not (_is_head_line(lines[length]) or is_report(lines[length]) or _SENTENCE.search(lines[length - 1])):
        if _is_name_below(lines[length - 1], lines[length]):
            break
        length += 1
    whole = joined(lines[:length])
    if length == len(lines) and not is_report(whole) and len(whole.split()) <= TITLE_WORDS:
        return whole, length
    below = lines[length] if length < len(lines) else ""
    alone = length < len(lines) and (_is_head_line(below) or is_report(below) or _is_name_below(lines[length - 1], below))
    return (whole, length) if alone and not first[:1].islower() and len(whole.split()) <= TITLE_WORDS else None


def _is_name_below(line: str, below: str) -> bool:
    """Whether a line is a name below a headline: in capitals where that is not, or of three words at most where that has small ones."""
    if not is_name(below) or line.isupper():
        return False
    return below.isupper() or (
        len(below.split()) <= 3 and any(word[:1].islower() and len(word) > 3 for word in line.split()) and len(line.split()) < 9
    )


def _is_head_line(line: str) -> bool:
    text = line.strip()
    return bool(
        is_day_line(text)
        or begins_as_byline(text)
        or known_outlet(text)
        or field_of(text, labels_of("plain", "head"))
        or (len(text) < 100 and next(days_in(text), None))
    )


def is_report(line: str) -> bool:
    """Whether a line is so long that it is part of the report."""
    return len(line.split()) > REPORT_WORDS and (bool(_SENTENCE.search(line)) or len(line.split()) > 30)


def _told(head: _Head, line: str, following: str) -> bool:
    """Takes a line without a label into the head: a byline, a day, an outlet, or a name above one of these."""
    if head.title is None and known_outlet(line):
        head.outlet = head.outlet or line
        return True
    if _take_parts(head, line):
        return True
    if head.byline is None and (begins_as_byline(line) or _name_and_outlet(line)):
        return _take_byline(head, line)
    if len(line) < 120 and (taken := _take_day(head, line)):
        return taken
    if head.outlet is None and known_outlet(line) is not None:
        head.outlet = line
        return True
    if head.outlet is None and _may_be_outlet(line) and (is_day_line(following) or (head.published is not None and head.title is not None)):
        head.outlet = line
        return True
    if head.byline is None and _is_byline_name(head, line, following):
        head.byline = line
        return True
    if head.url is None and re.match(r"https?://\S+$", line):
        head.url = line
        return True
    return False


def _take_running_head(head: _Head, line: str) -> None:
    """Outlet and day of a running head such as "The Daily Example   May 2, 2018   Page A3"."""
    plain = re.sub(
        r"\b(?:page|pg|p)\.?\s*[A-Z]{0,2}\.?\d+\b|^[A-Z]{1,2}\d{1,2}\b|\b[A-Z]{1,2}\d{1,2}$|\s\d{1,3}$", "", line, flags=re.IGNORECASE
    ).strip(" |·•–—-,")
    if next(days_in(plain), None) is not None:
        _take_day(head, plain)
    elif head.outlet is None and (known_outlet(plain) is not None or _may_be_outlet(plain)):
        head.outlet = plain


def _is_byline_name(head: _Head, line: str, following: str) -> bool:
    """Whether a bare name by the headline is the byline: a day or an outlet follows, or it stands right above the report."""
    if not is_name(line) or len(line.split()) > 4:
        return False
    beside = _kind_of_part(following) in {"day", "outlet"} or head.published is not None or head.outlet is not None
    return beside or line.isupper() or (len(line.split()) <= 3 and (not following or is_report(following)))


def is_outlet_like(text: str) -> bool:
    """Whether some words are an outlet that the table knows, or look like the name of one."""
    return known_outlet(text) is not None or _may_be_outlet(text)


def _may_be_outlet(line: str) -> bool:
    """Whether a line that no table knows looks like the name of a paper beside its day."""
    words = line.split()
    if not 1 < len(words) <= 6 or _SENTENCE.search(line) or re.search(r"\d", line):
        return False
    capitalized = all(word[:1].isupper() or word.lower() in {"and", "of", "the", "de", "la", "du", "des", "et", "&", "l'"} for word in words)
    named = words[0] in {"The", "Le", "La", "Les", "Der", "Die"} or any(word.lower().strip(".") in load_labels("bylines")["paper"] for word in words)
    return capitalized and named


def _take_parts(head: _Head, line: str) -> bool:
    """Name, outlet and day between bars on one line, in whatever order: "Jane Roe | The Daily Example | May 2, 2018"."""
    parts = [part.strip() for part in _BARS.split(line) if part.strip()]
    if len(parts) < 2 or len(line) > 200:
        return False
    kinds = [_kind_of_part(part) for part in parts]
    if None in kinds or ("day" not in kinds and "outlet" not in kinds) or len(set(kinds) - {"other"}) < 2:
        return False
    for part, kind in zip(parts, kinds, strict=True):
        if kind == "byline":
            head.byline = head.byline or part
        elif kind == "outlet":
            head.outlet = head.outlet or part
        elif kind == "day" and head.published is None:
            day = first_day(part)
            head.published, head.ambiguous = (day.day, day.day is None) if day else (None, False)
    return True


def _kind_of_part(part: str) -> str | None:
    """What a part of such a line is; None where it could be anything."""
    if re.match("|".join(load_labels("web")["line"]["updated"]), part, re.IGNORECASE):
        return "other"
    if is_day_line(part) or (first_day(part) and re.match("|".join(load_labels("web")["line"]["published"]), part, re.IGNORECASE)):
        return "day"
    if known_outlet(part) or _may_be_outlet(part):
        return "outlet"
    if begins_as_byline(part) or is_name(part):
        return "byline"
    return (
        "other"
        if re.fullmatch(r"(?:p\.?|page|pg\.?)?\s*[A-Z]{0,2}\d{1,3}|\d{1,2}[:h]\d{2}.{0,12}|[\d,]+ (?:words|mots)", part, re.IGNORECASE)
        else None
    )


def _name_and_outlet(line: str) -> bool:
    parts = re.split(r"\s*[,|•·–—/]\s*| - ", line, maxsplit=1)
    return len(parts) == 2 and is_name(parts[0]) and known_outlet(parts[1]) is not None


def _take_byline(head: _Head, line: str) -> bool:
    """A byline, with the outlet or the day behind a bar on the same line."""
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", line)]
    head.byline = parts[0]
    for part in parts[1:]:
        if not _take_day(head, part) and head.outlet is None and (known_outlet(part) or _may_be_outlet(part)):
            head.outlet = part
    last = re.split(r"\s*,\s*", parts[0])[-1]
    if head.outlet is None and known_outlet(last) is not None and not is_agency(last):
        head.outlet = last
    return True


def _take_day(head: _Head, line: str) -> bool:
    """A day alone, behind "Published", or beside the outlet: "The Daily Example, May 2, 2018, page A4"."""
    day = first_day(line)
    if day is None:
        return False
    labels = load_labels("web")["line"]
    rest = " ".join(part for part in (line[: day.start], line[day.end :]))
    if re.search("|".join(labels["updated"]), line[: day.start], re.IGNORECASE):
        return len(rest.split()) <= 6
    rest = re.sub("|".join(f"(?:{label})" for label in labels["published"]), "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"\d{1,2}[:h.]\d{2}(?:\s?[ap]\.?m\.?)?(?: ?[A-Z]{2,4})?|\b(?:p|pg|page|pp)\.? ?[A-Z]?\d+\b", "", rest, flags=re.IGNORECASE)
    rest = re.sub(r"^[\s,]*(?:in|dans)\s+(?=[A-Z])", "", rest)
    words = [
        word
        for word in re.findall(r"[\w'’.&-]+", rest)
        if (word.lower() not in weekday_names() and word.lower() not in {"at", "à", "le", "on", "the"}) or word == "The"
    ]
    name = re.sub(r"^[\s,|•·–—-]+|[\s,|•·–—:-]+$", "", re.sub(r"\s{2,}", " ", rest))
    if (
        words
        and known_outlet(name) is None
        and (
            len(words) > 6
            or not all(word[:1].isupper() or word in {"and", "of", "de", "la", "du", "et", "&"} for word in words)
            or _SENTENCE.search(line)
        )
    ):
        return False
    if head.published is None and not head.ambiguous:
        head.published, head.ambiguous = day.day, day.day is None
    if words and head.outlet is None and not (len(words) == 1 and words[0].isupper() and len(words[0]) < 4):
        head.outlet = name
    return True
