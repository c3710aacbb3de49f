"""Nexis Uni, Lexis Advance and Nexis+: paragraphs of a Word, RTF, PDF or text file, each article closed by "End of Document"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from stcalib.ingest.days import Day, first_day, is_day_line
from stcalib.ingest.label_files import any_of, labels_of
from stcalib.ingest.labelled import chosen_end, exact_end, field_of, stated_words
from stcalib.ingest.names import author_names, outlet_name
from stcalib.ingest.paragraphs import joined, paragraphs, wrapped_width
from stcalib.ingest.story import Block, Story

_PAGE = re.compile(r"\s*page \d+ (?:of|de|von|van) \d+\s*", re.IGNORECASE)


def _is(block: Block, entry: str) -> bool:
    return len(block.lines) == 1 and len(block.text) < 200 and any_of("nexis", "uni", entry).fullmatch(block.text.replace("\xa0", " ")) is not None


def _line_is(line: str, entry: str) -> bool:
    return len(line) < 200 and any_of("nexis", "uni", entry).fullmatch(line.replace("\xa0", " ")) is not None


def recognizes(blocks: Sequence[Block]) -> bool:
    """Whether some blocks are such an export."""
    lines = [line for block in blocks for line in block.lines if len(line) < 60]
    return any(_line_is(line, "end") for line in lines) and any(_line_is(line, "body") for line in lines)


def _parted(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each line of a head or below a text alone, as office files have them; the lines of a text stay together
    where they are hard-wrapped."""
    wrapped = wrapped_width(blocks) is not None
    in_text = False
    for block in blocks:
        kept: list[str] = []
        for line in block.lines:
            marks = _line_is(line, "end") or _line_is(line, "body") or _line_is(line, "closing") or _line_is(line, "full_text")
            if in_text and wrapped and not marks and field_of(line, labels_of("nexis", "uni_tail")) is None:
                kept.append(line)
                continue
            if kept:
                yield Block(tuple(kept))
                kept = []
            yield Block((line,), block.strong)
            in_text = (in_text or _line_is(line, "body")) and not _line_is(line, "end")
        if kept:
            yield Block(tuple(kept))


def stories(blocks: Sequence[Block]) -> Iterator[Story]:
    """The articles of an export, in order, without its cover."""
    blocks = list(_parted(blocks))
    start = 0
    for number, block in enumerate(blocks):
        if _is(block, "end"):
            article = [one for one in blocks[start:number] if not _PAGE.fullmatch(one.text)]
            start = number + 1
            if article:
                yield _story(article)
    rest = blocks[start:]
    if any(_is(block, "body") for block in rest):
        yield _story(rest)


def _story(blocks: Sequence[Block]) -> Story:
    bodies = [number for number, block in enumerate(blocks) if _is(block, "body")]
    body = next((number for number in bodies if _day_above(blocks, number) is not None), bodies[0] if bodies else None)
    if body is None:
        body = _end_of_head(blocks)
    day_place = _day_above(blocks, body)
    head = _fields(blocks[(day_place[0] + 1 if day_place else 0) : body])
    title, outlet = _title_and_outlet(blocks, day_place[0] if day_place else _first_label(blocks, body))
    start = _behind_abstract(blocks, min(body + 1, len(blocks)))
    length = stated_words(head.get("length"))
    end = exact_end(blocks, start, _ends(blocks, start, False), length)
    if end is None:
        bold = any(block.strong for block in blocks[:start] if _is(block, "body"))
        end = chosen_end(blocks, start, _ends(blocks, start, bold), length)
    byline = head.get("byline")
    tail = _fields(blocks[end:])
    return Story(
        paragraphs=paragraphs(blocks[start:end]),
        title=title,
        outlet=outlet_name(outlet),
        author=author_names(byline),
        byline=byline,
        dateline=head.get("dateline"),
        published=day_place[1].day if day_place else None,
        section=(head.get("section") or "").partition(";")[0].strip() or None,
        language=tail.get("language"),
    )


def _end_of_head(blocks: Sequence[Block]) -> int:
    """The last labelled block of a head that no "Body" closes."""
    labels = labels_of("nexis", "uni_head")
    last = 0
    for number, block in enumerate(blocks[:40]):
        if field_of(block.lines[0], labels) or _is(block, "copyright"):
            last = number
    return last


def _day_above(blocks: Sequence[Block], body: int) -> tuple[int, Day] | None:
    """The block with the day above a "Body", with only labels and copyright between them."""
    labels = labels_of("nexis", "uni_head")
    unlabelled = 0
    for number in range(body - 1, -1, -1):
        block = blocks[number]
        if _is(block, "end"):
            return None
        labelled = field_of(block.lines[0], labels) is not None
        if not labelled and not any_of("nexis", "uni", "cover").fullmatch(block.text) and (day := _day(block.text)) is not None:
            return number, day
        if not labelled and not _is(block, "copyright"):
            unlabelled += 1
            if unlabelled > 4:
                return None
    return None


def _day(line: str) -> Day | None:
    """The day of a line "May 30, 2014 Friday, Late Edition - Final"."""
    if (found := is_day_line(line)) is not None:
        return found
    day = first_day(line[:60])
    return day if day is not None and day.start <= 12 and not re.match(r"[:?!]", line[day.end :]) and len(line) < 120 else None


def _first_label(blocks: Sequence[Block], body: int) -> int:
    labels = labels_of("nexis", "uni_head")
    return next((n for n in range(body) if field_of(blocks[n].lines[0], labels) or _is(blocks[n], "copyright")), body)


def _title_and_outlet(blocks: Sequence[Block], day: int) -> tuple[str | None, str | None]:
    """The two blocks above the day; a headline that is broken over several goes back to the cover or the beginning."""
    above = [block for block in blocks[:day] if block.text.strip()]
    while len(above) > 2 and _is(above[-1], "below_outlet"):
        above.pop()
    if not above:
        return None, None
    if len(above) == 1:
        return joined(above[0].lines), None
    *titles, outlet = above
    first = len(titles) - 1
    covered = any(_is(block, "cover") for block in titles)
    while first > 0 and not covered and len(titles) - first < 4:
        first -= 1
    return joined(line for block in titles[first:] for line in block.lines), outlet.text.strip()


def _fields(blocks: Sequence[Block]) -> dict[str, str]:
    """The labelled blocks by field; a label alone on its line takes the block below."""
    labels = labels_of("nexis", "uni_head") | labels_of("nexis", "uni_tail")
    found: dict[str, str] = {}
    for number, block in enumerate(blocks):
        if (labelled := field_of(block.text, labels)) is None:
            continue
        name, value = labelled
        if not value and number + 1 < len(blocks) and field_of(blocks[number + 1].text, labels) is None:
            value = blocks[number + 1].text.strip()
        found.setdefault(name, value)
    return found


def _ends(blocks: Sequence[Block], start: int, bold: bool) -> list[int]:
    """Where the body may end, sought from the end backwards: load day, classification, then graphic, correction, notes. `bold` where
    the heading "Body" is: these are so too then, and a line of the text that says "Notes" is none."""
    tail = labels_of("nexis", "uni_tail")
    load = next((n for n in range(len(blocks) - 1, start - 1, -1) if (f := field_of(blocks[n].lines[0], tail)) and f[0] == "load"), len(blocks))
    ends = [load]
    end = load
    for number in range(load - 1, start - 1, -1):
        if _is(blocks[number], "closing") and (blocks[number].strong or not bold):
            end = number
            ends.insert(0, end)
    while end > start and (found := field_of(blocks[end - 1].lines[0], tail)) is not None and found[0] in {"language", "load"}:
        end -= 1
        ends.insert(0, end)
    while len(ends) > 1 and ends[0] == start:
        ends.pop(0)
    return ends


def _behind_abstract(blocks: Sequence[Block], start: int) -> int:
    """Where the text begins: behind "FULL TEXT", where an abstract stands before it."""
    if start < len(blocks) and _is(blocks[start], "abstract"):
        return next((n + 1 for n in range(start, len(blocks)) if _is(blocks[n], "full_text")), start + 1)
    return start + 1 if start < len(blocks) and _is(blocks[start], "full_text") else start
