"""Markdown, with what stands in its front matter; the marks of its layout are taken off."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from stcalib.ingest.columns import guessed
from stcalib.ingest.paragraphs import blocks_of, joined
from stcalib.ingest.plain import single_story
from stcalib.ingest.story import Block, Story
from stcalib.ingest.tables import Rows, stories

_FRONT = re.compile(r"\ufeff?(?P<mark>---|\+\+\+)[ \t]*\n(?P<facts>.*?)\n(?:(?P=mark)|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_KEY = re.compile(r"(?P<key>[\w .:-]+?)\s*:(?:\s+(?P<value>.*))?$")
_INLINE = (
    (re.compile(r"!\[\[[^\]\n]*\]\]"), ""),
    (re.compile(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]+)\]\]"), r"\1"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"\[([^\]]+)\]\((?:[^()\s]|\([^)]*\))*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\[[^\]]*\]"), r"\1"),
    (re.compile(r"(?<![\w*])(\*\*\*|\*\*|\*)(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<!\w)(__|_)(?=\S)([^_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"<(https?://[^>]+)>"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!-])"), r"\1"),
)
_LIST = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_BREAK = re.compile(r"(?<=\S) {2,}$", re.MULTILINE)
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}|\s*={3,}")


def recognizes(text: str) -> bool:
    """Whether a text begins with front matter or a Markdown headline."""
    return _FRONT.match(text) is not None or re.match(r"\s*# \S", text) is not None


def markdown_story(text: str) -> Story:
    """The story of a Markdown file."""
    facts: dict[str, Any] = {}
    match = _FRONT.match(text)
    if match is not None:
        facts = _facts(match["facts"], match["mark"])
        text = text[match.end() :]
    blocks = list(_blocks(text))
    story = single_story(blocks, title=_title(facts))
    if not facts:
        return story
    record = {**facts, "text": "placeholder"}
    told = next(stories(Rows(list(record), [record])))
    return Story(
        paragraphs=story.paragraphs,
        title=told.title or story.title,
        outlet=(told.outlet if told.outlet and guessed(facts).get("outlet") else None) or story.outlet or told.outlet,
        author=told.author or story.author,
        byline=told.byline or story.byline,
        published=told.published or story.published,
        url=told.url or story.url,
        section=told.section or story.section,
        language=told.language or story.language,
        note=told.note or story.note,
    )


def _title(facts: dict[str, Any]) -> str | None:
    names = guessed(facts).get("title", ())
    return next((str(facts[name]).strip() for name in names if facts[name]), None)


def _facts(text: str, mark: str) -> dict[str, Any]:
    """The keys of front matter: TOML between `+++`, and of YAML what a page states of itself (words, lists, folded lines)."""
    if mark == "+++":
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            return {}
    facts: dict[str, Any] = {}
    key = ""
    for line in text.split("\n"):
        match = _KEY.match(line)
        if match is not None and not line.startswith((" ", "\t", "-")):
            key = match["key"].strip()
            facts[key] = _value(match["value"] or "")
        elif key and line.strip().startswith("- "):
            facts[key] = [*(facts[key] if isinstance(facts[key], list) else []), _value(line.strip()[2:])]
        elif key and line.strip():
            facts[key] = f"{facts[key]} {line.strip()}".strip() if isinstance(facts[key], str) else facts[key]
    return facts


def _value(text: str) -> Any:
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]", r"\1", text.strip())
    if text in {">", "|", ">-", "|-"}:
        return ""
    if text.startswith("[") and text.endswith("]"):
        return [_value(part) for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^,]+", text[1:-1]) if part.strip()]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace("''", "'") if text[0] == "'" else text[1:-1].replace('\\"', '"')
    return re.sub(r"\s+#.*$", "", text)


def _blocks(text: str) -> Iterator[Block]:
    for block in blocks_of(_BREAK.sub(r"\\", text)):
        yield from _parts(block)


def _parts(block: Block) -> Iterator[Block]:
    """The paragraphs, headlines, items and rows of a block."""
    lines: list[str] = []
    for raw in block.lines:
        line = re.sub(r"^\s*(?:>\s?)+", "", raw)
        if _RULE.fullmatch(line) or re.fullmatch(r"\s*\|?[\s:|-]+\|[\s:|-]*", line) or re.match(r"\s*(?:```|~~~)", line):
            if lines and re.fullmatch(r"\s*(?:=+|-{3,})\s*", line):
                yield Block((_plain(joined(lines)),), strong=True)
                lines = []
            continue
        heading = re.match(r"\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$", line)
        is_row = line.strip().startswith("|") and line.strip().endswith("|") and line.count("|") > 2
        if (heading or is_row or _LIST.match(line)) and lines:
            yield Block((_plain(joined(lines)),))
            lines = []
        if heading:
            yield Block((_plain(heading[1]),), strong=True)
        elif is_row:
            yield Block(("\t".join(_plain(cell.strip()) for cell in line.strip().strip("|").split("|")),))
        else:
            item = _LIST.match(line)
            lines.append(line[item.end() :] if item else line)
            if raw.endswith("\\"):
                yield Block((_plain(joined(lines).rstrip("\\")),))
                lines = []
    if lines and (text := _plain(joined(lines))):
        yield Block((text,))


def _plain(text: str) -> str:
    for pattern, instead in _INLINE:
        text = pattern.sub(instead, text)
    return text.strip()
