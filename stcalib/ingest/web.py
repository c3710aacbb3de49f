"""A saved web page as one story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.ingest.html_tree import html_blocks, parse_html
from stcalib.ingest.label_files import load_labels, whole_line
from stcalib.ingest.page_body import page_body
from stcalib.ingest.page_metadata import page_facts
from stcalib.ingest.paragraphs import blocks_of, paragraphs
from stcalib.ingest.story import Story

if TYPE_CHECKING:
    from lxml.html import HtmlElement


def page_story(page: str, tree: HtmlElement | None = None) -> Story:
    """The story of a page."""
    tree = parse_html(page) if tree is None else tree
    everything = html_blocks(tree)
    facts = page_facts(tree, everything)
    heading = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    body = paragraphs(page_body(page, tree, [facts.title or "", facts.byline or "", facts.author or "", *heading]))
    if facts.text and sum(map(len, body)) < 0.5 * len(facts.text):
        body = paragraphs(blocks_of(facts.text))
    body = _without_procedure(body)
    notes = ["the page was not shown whole to readers without a subscription"] if facts.cut else []
    if facts.day_text:
        notes.append("its day can be read in two ways and is left open")
    return Story(
        paragraphs=body,
        title=facts.title,
        outlet=facts.outlet,
        author=facts.author,
        byline=facts.byline,
        published=facts.published,
        url=facts.url,
        section=facts.section,
        language=facts.language,
        note="; ".join(notes) or None,
    )


def _without_procedure(body: tuple[str, ...]) -> tuple[str, ...]:
    """The paragraphs of a debate without the clock and the language of the floor, which stand between its speeches."""
    procedure = whole_line(load_labels("web")["line"]["procedure"])
    said = tuple(paragraph for paragraph in body if len(paragraph) > 80 or not procedure.fullmatch(paragraph))
    return said if len(body) - len(said) > 1 else body
