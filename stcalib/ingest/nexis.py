"""Nexis and LexisNexis Academic, the layout until about 2019: text, and the same saved as HTML, RTF or Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stcalib.ingest.days import Day, is_day_line
from stcalib.ingest.label_files import any_of, labels_of
from stcalib.ingest.labelled import chosen_end, shouted_field, stated_words
from stcalib.ingest.names import author_names, outlet_name
from stcalib.ingest.paragraphs import joined, paragraphs
from stcalib.ingest.story import Block, Story

CENTRED = 5
"""Blanks at the beginning of a line that is centred."""
HEAD_LINES = 14
"""Lines above which the day of an article stands."""


def recognizes(blocks: Sequence[Block]) -> bool:
    """Whether some blocks are such an export: a counter "3 of 10 DOCUMENTS", or the labels of one article."""
    if any(is_counter(block) for block in blocks):
        return True
    fields = [found[0] for block in blocks if (found := shouted_field(block.lines[0], labels_of("nexis", "old_tail")))]
    head = [found[0] for block in blocks[:20] if (found := shouted_field(block.lines[0], labels_of("nexis", "old_head")))]
    return "load" in fields and ("length" in head or "byline" in head)


def is_counter(block: Block) -> bool:
    """Whether a block is the counter above an article; lines of another kind may follow it without a blank line."""
    line = block.lines[0]
    if len(line) > 120 or not any_of("nexis", "old", "counter").fullmatch(line):
        return False
    marked = re.search(r"[^\W\d_]{5,}", line) is not None
    return marked and (line.startswith(" " * CENTRED) or re.search(r"documents?|dokument|documenten|documentos", line, re.IGNORECASE) is not None)


def stories(blocks: Sequence[Block]) -> Iterator[Story]:
    """The articles of an export, in order."""
    starts = [number for number, block in enumerate(blocks) if is_counter(block)]
    if not starts:
        yield from _parted(blocks)
        return
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        rest = Block(blocks[start].lines[1:])
        yield from _parted([*([rest] if rest.lines else []), *blocks[start + 1 : end]])


def _parted(blocks: Sequence[Block]) -> Iterator[Story]:
    """The articles under one counter: two where the first failed and the second follows its copyright line at once."""
    labels = labels_of("nexis", "old_tail")
    copyright_line = any_of("nexis", "old", "copyright")
    done = False
    for number in range(1, len(blocks)):
        done = done or ((found := shouted_field(blocks[number - 1].lines[0], labels)) is not None and found[0] in {"load", "language"})
        if done and copyright_line.fullmatch(blocks[number - 1].text.strip()) and _day_line(blocks[number:], 8) is not None:
            yield _story(blocks[:number])
            yield from _parted(blocks[number:])
            return
    if blocks:
        yield _story(blocks)


@dataclass(slots=True)
class _Head:
    fields: dict[str, str] = field(default_factory=dict)
    body: int = 0


def _day_line(blocks: Sequence[Block], most: int = HEAD_LINES) -> tuple[int, int, Day] | None:
    """Block and line of the first line that is a day, above every label."""
    seen = 0
    centred = any(_centred(line) for block in blocks[:4] for line in block.lines)
    for number, block in enumerate(blocks):
        if shouted_field(block.lines[0], labels_of("nexis", "old_head")):
            return None
        for place, line in enumerate(block.lines):
            if (_centred(line) or not centred) and (day := is_day_line(line)) is not None:
                return number, place, day
            seen += 1
            if seen > most:
                return None
    return None


def _story(blocks: Sequence[Block]) -> Story:
    found = _day_line(blocks)
    if found is None:
        number, outlet, day = _without_day(blocks)
        after = blocks[number:]
    else:
        number, place, day = found
        outlet = _outlet(blocks, number, place)
        after = list(blocks[number + 1 :])
        if rest := _flush_left(blocks[number].lines[place + 1 :]):
            after.insert(0, Block(rest))
    after = _without_more_days(after)
    title = _headline_above(blocks[:number]) if found else None
    title, rest_blocks = (title, after) if title else _headline(after)
    head = _head(rest_blocks)
    end = _end(rest_blocks, head)
    body = [block for block in rest_blocks[head.body : end] if not _is_copyright(block)]
    tail = _tail(rest_blocks[end:])
    byline = head.fields.get("byline")
    return Story(
        paragraphs=_body(body),
        title=head.fields.get("title") or title,
        outlet=outlet_name(outlet),
        author=author_names(
            byline, inverted=bool(byline and re.fullmatch(r"[^,;]+, [^,;\s]+(?: ?[;,] [^,;]+, [^,;\s]+)*", byline) and byline.isupper())
        ),
        byline=byline,
        dateline=head.fields.get("dateline"),
        published=day.day if day else None,
        section=_section(head.fields.get("section")),
        language=tail.get("language"),
    )


def _without_day(blocks: Sequence[Block]) -> tuple[int, str | None, None]:
    """An article that prints no full day: its outlet is the first centred line; a month alone below it is passed over."""
    first = next((n for n, block in enumerate(blocks) if not _is_copyright(block)), 0)
    if first < len(blocks) and _centred(blocks[first].lines[0]):
        number = first + 1
        while number < len(blocks) and _centred(blocks[number].lines[0]):
            number += 1
        return number, blocks[first].lines[0].strip(), None
    return 0, None, None


def _outlet(blocks: Sequence[Block], number: int, place: int) -> str | None:
    """The line above the day, whatever copyright line stands there, be it in one block with the outlet."""
    lines = [line for block in blocks[:number] if not _is_copyright(block) for line in block.lines]
    lines += blocks[number].lines[:place]
    lines = lines or [line for block in blocks[:number] for line in block.lines[1:]]
    lines = [line.strip() for line in lines if not any_of("nexis", "old", "copyright").fullmatch(line)]
    return lines[0] if lines else None


def _centred(line: str) -> bool:
    return line.startswith(" " * CENTRED)


def _flush_left(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a block from the first that is not centred on: what stands above are editions."""
    first = next((n for n, line in enumerate(lines) if not _centred(line)), len(lines))
    return tuple(lines[first:])


def _without_more_days(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without the second day and the editions that some sources print below the day."""
    kept = list(blocks)
    while kept and (_centred(kept[0].lines[0]) or is_day_line(kept[0].text)):
        kept.pop(0)
    return kept


def _headline_above(blocks: Sequence[Block]) -> str | None:
    """The headline that some sources print between outlet and day: flush left, where the outlet above it is centred."""
    if not blocks or not any(_centred(block.lines[0]) for block in blocks):
        return None
    return joined(line for block in blocks[1:] if not _centred(block.lines[0]) and not _is_copyright(block) for line in block.lines) or None


def _headline(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The headline, with its second deck, and what follows it."""
    labels = labels_of("nexis", "old_head")
    if not blocks or shouted_field(blocks[0].lines[0], labels):
        return None, blocks
    end = 1
    while end < min(len(blocks), 4) and blocks[end - 1].text.rstrip().endswith(";") and not shouted_field(blocks[end].lines[0], labels):
        end += 1
    labelled = any(shouted_field(block.lines[0], labels) for block in blocks[end : end + 3])
    while labelled and end < len(blocks) and not shouted_field(blocks[end].lines[0], labels):
        end += 1
    return joined(line for block in blocks[:end] for line in block.lines), blocks[end:]


def _head(blocks: Sequence[Block]) -> _Head:
    """The labelled lines above the body."""
    labels = labels_of("nexis", "old_head") | {k: v for k, v in labels_of("nexis", "old_tail").items() if v == "other"}
    head = _Head()
    for number, block in enumerate(blocks):
        found = shouted_field(block.lines[0], labels)
        if found is None or (found[0] in head.fields and found[0] not in {"other", "highlight"}):
            break
        head.body = number + 1
        for name, value in _fields(block, labels):
            head.fields.setdefault(name, value)
        if found[0] == "body":
            break
    return head


def _fields(block: Block, labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The fields of a block: each line may have a label, and one without goes on with the last."""
    name, lines = "", [""]
    for line in block.lines:
        if (found := shouted_field(line, labels)) is not None:
            if name:
                yield name, joined(lines)
            name, lines = found[0], [found[1]]
        else:
            lines.append(line)
    yield name, joined(lines)


def _end(blocks: Sequence[Block], head: _Head) -> int:
    """Where the body ends: at the labelled lines below it, sought from the end."""
    labels = labels_of("nexis", "old_tail")
    late = {label: "other" for label, name in labels_of("nexis", "old_head").items() if name in {"section", "length", "byline"}}
    fields = [found[0] if (found := shouted_field(block.lines[0], late | labels)) else None for block in blocks]
    last = len(blocks)
    while last > head.body and _is_copyright(blocks[last - 1]):
        last -= 1
    end = last
    certain = [n for n in range(head.body, last) if fields[n] in {"load", "language", "other"}]
    while certain and certain[-1] >= head.body:
        number = certain.pop()
        if all(fields[n] for n in range(number, end)) or fields[number] == "load" or end == last:
            end = number
    captions = [n for n in range(head.body, end) if fields[n] == "graphic"]
    return chosen_end(blocks, head.body, [*captions, end], stated_words(head.fields.get("length")))


def _tail(blocks: Sequence[Block]) -> dict[str, str]:
    labels = labels_of("nexis", "old_tail")
    return {name: value for block in blocks if shouted_field(block.lines[0], labels) for name, value in _fields(block, labels)}


def _is_copyright(block: Block) -> bool:
    return len(block.lines) <= 4 and len(block.text) < 300 and any_of("nexis", "old", "copyright").fullmatch(block.text.strip()) is not None


def _section(text: str | None) -> str | None:
    return (text or "").partition(";")[0].strip() or None


def _body(blocks: Sequence[Block]) -> tuple[str, ...]:
    return paragraphs(blocks) if any(len(block.lines) > 1 for block in blocks) else tuple(block.text.strip() for block in blocks)
