"""The parts of a page: which stretch of a text is headline, byline, caption, report, advertisement …

Works on the reading copy. A block is a paragraph or line with its zone; blocks never overlap and keep the order
of the text. Quotes, counts and positions are read from the zones in `READ` only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from stcalib.language.in_use import by_language
from stcalib.language.lexicon import alternatives, load_lexicon
from stcalib.language.reporting_verbs import attribution_verbs
from stcalib.language.word_sets import compiled, pattern, word_set
from stcalib.periods.printed_dates import printed_dates
from stcalib.text.day_line import is_day_line, is_masthead
from stcalib.text.section_line import is_section_line

READ = frozenset({"body", "caption"})
"""Zones in which rows are looked for."""

ZONES = (
    "headline", "deck", "byline", "stamp", "dateline", "caption", "credit", "subhead", "body", "related",
    "advertisement", "player", "navigation", "rule", "footer",
)  # fmt: skip
HEADLINE_WORDS = 24
SUBHEAD_WORDS = 10
STAMP_LEAD = 60
"""Characters within which a date stamp glued to the report must end."""
BOILERPLATE_CHARACTERS = 400
"""A boilerplate line has at most so many characters."""
SENTENCE_BLANKS = 12
"""A line with a stop at its end and so many blanks is a sentence, and no credit, stamp or byline."""
CREDIT_TAIL = 120
"""Characters at the end of a caption in which its credit begins."""

_OPENING_MARKS = "\"“„«‘"
_DIGIT = re.compile(r"\d")
_LINE = re.compile(r"[^\n]+")
_TERMINAL = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_QUESTION = re.compile(r"\?['\"”’]*$")
_WORD = re.compile(r"\w+")
_LINK = re.compile(r"[-•*·–]\s+\S")
"""A line that a bullet opens."""
LIST_ITEM = re.compile(r"(?:[-•*·–]|\(?\w{1,2}[.)])\s+(?=\S)")
"""What opens an item of a list: a bullet, a number or a letter."""
_AGENCY = r"(?: ?(?:\((?P<agency>[^()]{2,40})\)|/ ?(?P<wire>[^/\n]{2,40})/))?"
_DASH = "[–—-]{1,6}"
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Ý][A-ZÀ-Ý'’.-]{2,}(?:[ ,/][ ,/-]*[A-ZÀ-Ý][A-ZÀ-Ý'’.-]+){0,5})"
    r"(?P<region>, ?[A-Z][A-Za-z.]+\.?(?: [A-Z][a-z]+\.?)?)?(?P<date>,? (?:[A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?|\d{1,2} [A-Z][a-z]+\.?(?:,? \d{4})?))?"
    rf"{_AGENCY} ?{_DASH} "
)
_NAME = r"[A-ZÀ-Ý][\w'’.-]{1,30}(?: [A-ZÀ-Ý][\w'’.-]{1,30}){0,3}"
_PLACED = rf"{_NAME}(?:, ?{_NAME}| \({_NAME}\))?"
_DAY = r"(?:[A-Z][^\W\d_]{2,11}\.? \d{1,2},? \d{4}|\d{1,2} [^\W\d_]{3,12}\.?,? \d{4})"
_PRESS_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACED})(?:, ?| ?{_DASH} ){_DAY}|{_DAY}(?:, ?| ?{_DASH} )(?P<behind>{_PLACED})){_AGENCY} ?{_DASH} "
)
"""The dateline of a press statement, with its day and year: "Ottawa, Ontario, October 18, 2022 –", "October 18, 2022 – Ottawa –"."""
_SIGNED = re.compile(r"[.!?…][\"”’] ?(?:[—–-]+ ?|\()[A-ZÀ-Ý]")
"""A quotation with its speaker behind: "It is safe." — Rosa Roe"."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the reading copy and the part of the page that it is."""

    zone: str
    start: int
    end: int


@by_language
def _boilerplate() -> re.Pattern[str]:
    """Any boilerplate line; the group that matches is `line` and the number of its entry."""
    lines = load_lexicon().boilerplate.line
    return re.compile("|".join(f"(?P<line{number}>{line.pattern})" for number, line in enumerate(lines)), re.IGNORECASE)


@by_language
def _source_names() -> frozenset[str]:
    outlets = load_lexicon().outlets
    return frozenset(name.lower() for o in (*outlets.agency, *outlets.outlet) for name in (o.name, *o.aliases))


@by_language
def _last_words() -> frozenset[str]:
    return frozenset(name.rpartition(" ")[2] for name in _source_names())


@by_language
def _sources() -> str:
    return alternatives(_source_names())


@by_language
def _credit() -> re.Pattern[str]:
    return compiled("text.credit", sources=_sources())


@by_language
def _caption_end() -> re.Pattern[str]:
    """A paragraph that ends in a credit: "… in Montreal.Jane Roe/The Canadian Press", "… (AFP/Getty Images)"."""
    name = r"[A-ZÀ-Ý][\w.'’-]*(?: [A-ZÀ-Ý][\w.'’-]+){0,3}"
    source = f"(?:{_sources()})"
    return re.compile(
        rf"(?:\( ?[^()]{{0,60}}/ ?(?i:{source})[^()]{{0,40}}\)|\(\w+/{name}\)|\( ?[A-Z][A-Z.]+ [A-Z]{{3,}} ?\)"
        rf"|/ ?(?i:{source})|(?<=[.)] )(?i:{source})"
        rf"|(?i:{source})/{name})(?:/(?i:{source}))*[. )]*$"
    )


@by_language
def _caption_start() -> re.Pattern[str]:
    return compiled("text.caption_start", sources=_sources())


@by_language
def _byline() -> re.Pattern[str]:
    return compiled("text.byline", sources=_sources())


def byline_name(line: str) -> str | None:
    """The names in a byline ("By A. Smith, Reuters" gives "A. Smith"), or None where it is no byline."""
    match = _byline().fullmatch(line)
    if match is None:
        return None
    names = [name for name in (match["by"] or match["name"]).split(", ") if name.lower() not in _source_names()]
    return ", ".join(names) or None


def dateline_parts(text: str, start: int, end: int) -> tuple[int, str, str | None] | None:
    """Where the report behind a dateline begins, its place, and its agency; None where there is no dateline."""
    if (press := _press_dateline(text, start, end)) is not None:
        return press.end(), press["place"] or press["behind"], press["agency"] or press["wire"]
    if (match := _DATELINE.match(text, start, end)) is None:
        return None
    return match.end(), match["place"] + (match["region"] or ""), match["agency"] or match["wire"]


def _press_dateline(text: str, start: int, end: int) -> re.Match[str] | None:
    """A place with a day beside it; what opens with a preposition or a weekday is a sentence."""
    match = _PRESS_DATELINE.match(text, start, end)
    if match is None or match.group().split()[0].lower() in word_set("text.no_place"):
        return None
    return match if any(printed_dates(text, *match.span())) else None


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a reading copy, in order, with their zones."""
    blocks = []
    above = True
    for match in _LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start] in " \ufeff":
            start += 1
        while end > start and text[end - 1] == " ":
            end -= 1
        if start < end:
            line = text[start:end]
            zone = _line_zone(line)
            above = above and (zone != "body" or _reads_as_title(line))
            blocks.append(Block("stamp" if above and zone == "body" and is_masthead(line) else zone, start, end))
    blocks = _with_links(text, blocks)
    blocks = _with_captions(text, blocks)
    blocks = _with_headline(text, blocks)
    blocks = _with_subheads(text, blocks)
    return tuple(part for block in blocks for part in _with_dateline(text, block))


def _line_zone(line: str) -> str:
    """The zone that a line shows by itself; "body" where it could be the report."""
    if len(line) <= BOILERPLATE_CHARACTERS and (known := _boilerplate().fullmatch(line)) is not None:
        return load_lexicon().boilerplate.line[int(str(known.lastgroup)[4:])].zone
    if len(line) <= 200 and not (_TERMINAL.search(line) and line.count(" ") >= SENTENCE_BLANKS):
        if _credit().fullmatch(line):
            return "credit"
        if is_day_line(line):
            return "stamp"
        if byline_name(line):
            return "byline"
    if pattern("text.caption_lead").match(line) or _caption_start().match(line):
        return "caption"
    return "caption" if len(line) <= 600 and _ends_in_credit(line) else "body"


def _ends_in_credit(line: str) -> bool:
    tail = line[-CREDIT_TAIL:]
    if tail.rpartition(". ")[2].rstrip(" .").lower() in _source_names():
        return True
    end = tail.rstrip(" .")
    credited = end.endswith(")") or end.replace("/", " ").rpartition(" ")[2].lower() in _last_words()
    return credited and ("/" in tail or "(" in tail) and bool(_caption_end().search(tail))


def _with_links(text: str, blocks: list[Block]) -> list[Block]:
    """The bulleted lines right behind a line of related links are links, too."""
    marked: list[Block] = []
    for block in blocks:
        behind = bool(marked) and marked[-1].zone == "related" and block.zone == "body"
        marked.append(replace(block, zone="related") if behind and _LINK.match(text, block.start, block.end) else block)
    return marked


def _with_captions(text: str, blocks: list[Block]) -> list[Block]:
    """A credit on a line of its own captions the line right below it, or the picture line right above it."""
    zones = [block.zone for block in blocks]
    for i, block in enumerate(blocks):
        if block.zone != "credit":
            continue
        below, above = i + 1, i - 1
        if below < len(blocks) and zones[below] == "body" and "\n" not in text[block.end : blocks[below].start].replace("\n", "", 1):
            zones[below] = "caption"
        elif above >= 0 and zones[above] == "body" and pattern("text.caption_verb").search(text, blocks[above].start, blocks[above].end):
            zones[above] = "caption"
    return [block if block.zone == zone else replace(block, zone=zone) for block, zone in zip(blocks, zones, strict=True)]


def _with_headline(text: str, blocks: list[Block]) -> list[Block]:
    """The first line of the page that is no sentence of a report is its headline; what stands between it and the
    report, with a byline, stamp, credit or dateline behind it, is the deck."""
    blocks = _with_sections(text, blocks)
    body = [i for i, block in enumerate(blocks) if block.zone == "body"]
    if len(body) < 2 or not _can_be_title(text, blocks[body[0]]):
        return blocks
    first = body[0]
    marked = list(blocks)
    marked[first] = replace(blocks[first], zone="headline")
    opening = next((i for i in body[1:] if dateline_parts(text, blocks[i].start, blocks[i].end)), None)
    for i in body[1:4]:
        block = blocks[i]
        short = len(_WORD.findall(text[block.start : block.end])) <= 2 * HEADLINE_WORDS
        before_report = (opening is not None and i < opening <= body[0] + 8) or (
            i + 1 < len(blocks) and blocks[i + 1].zone in {"byline", "stamp", "credit"}
        )
        if not (short and before_report):
            break
        marked[i] = replace(block, zone="deck")
    return marked


def _with_sections(text: str, blocks: list[Block]) -> list[Block]:
    """The lines above the headline that name a section, a form or an outlet are navigation."""
    marked = list(blocks)
    body = [i for i, block in enumerate(blocks) if block.zone == "body"]
    for place, i in enumerate(body):
        titled = any(_can_be_title(text, blocks[below]) for below in body[place + 1 : place + 2])
        if not _can_be_title(text, blocks[i]) or not is_section_line(text[blocks[i].start : blocks[i].end], titled):
            break
        marked[i] = replace(blocks[i], zone="navigation")
    return marked


def _can_be_title(text: str, block: Block) -> bool:
    line = text[block.start : block.end]
    return len(_WORD.findall(line)) <= HEADLINE_WORDS and _reads_as_title(line) and dateline_parts(line, 0, len(line)) is None


def _reads_as_title(line: str) -> bool:
    return not _TERMINAL.search(line) or bool(_QUESTION.search(line))


def _with_subheads(text: str, blocks: list[Block]) -> list[Block]:
    """Short lines without a full stop, or wholly in quotation marks, between paragraphs are subheads."""
    marked = []
    for number, block in enumerate(blocks):
        line = text[block.start : block.end]
        behind = blocks[number + 1 : number + 2]
        leads = _leads_to_speech(text, line, behind) or _is_of_list(text, line, behind)
        if block.zone == "body" and len(line) <= 160 and _is_subhead(line) and not leads:
            block = replace(block, zone="subhead")
        marked.append(block)
    return marked


def _leads_to_speech(text: str, line: str, behind: list[Block]) -> bool:
    """Whether a line ends in a colon and the block behind it opens with a quotation mark."""
    return line[-1] == ":" and any(text[block.start] in _OPENING_MARKS for block in behind)


def _is_of_list(text: str, line: str, behind: list[Block]) -> bool:
    """Whether a line is an item of a list that goes on a sentence ("2. to publish the numbers; and") or tells a figure ("• 36 people
    came in May"), or opens a list of the former."""
    if (item := LIST_ITEM.match(line)) is not None:
        return line[item.end()].islower() or (_LINK.match(line) is not None and _DIGIT.search(line, item.end()) is not None)
    items = (LIST_ITEM.match(text, block.start, block.end) for block in behind)
    return line[-1] == ":" and any(item is not None and text[item.end()].islower() for item in items)


def _is_subhead(line: str) -> bool:
    words = len(_WORD.findall(line))
    if _SIGNED.search(line):
        return False
    if line[0] in "'‘" and line[-1] in "'’" and not _TERMINAL.search(line[:-1]):
        return words <= HEADLINE_WORDS
    leads = line[-1] == ":" and line[0].isupper() and not _announces(line)
    return words <= SUBHEAD_WORDS and (line.isupper() or leads or not _TERMINAL.search(line))


def _announces(line: str) -> bool:
    """Whether a line with a colon announces somebody's words: "Roe issued this statement:", "Roe wrote:"."""
    words = line.rstrip(":").split()
    return not (attribution_verbs() | frozenset(load_lexicon().cues.phrases.issuing)).isdisjoint(words)


def _with_dateline(text: str, block: Block) -> list[Block]:
    """A paragraph that opens with a date stamp or a dateline, split into those and the report."""
    if block.zone != "body":
        return [block]
    parts = []
    start = block.start
    lead = min(block.end, start + STAMP_LEAD)
    stamp = next(printed_dates(text, start, lead), None) if _DIGIT.search(text, start, lead) else None
    if stamp and is_day_line(text[start : stamp.end]):
        after = stamp.end + len(text[stamp.end : block.end]) - len(text[stamp.end : block.end].lstrip(" |"))
        if dateline_parts(text, after, block.end):
            parts.append(Block("stamp", start, stamp.end))
            start = after
    dateline = dateline_parts(text, start, block.end)
    if dateline is not None and dateline[0] < block.end:
        parts.append(Block("dateline", start, dateline[0]))
        start = dateline[0]
    return [*parts, Block("body", start, block.end)]
