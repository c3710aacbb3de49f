"""The model of `issue.toml`: what holds for the whole dispute, its language and country, and how its figures are made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from stcalib.core.toml_models import Entry


class Trend(Entry):
    """What the trend figure shows unless told: a measure of `counts.toml`, and a place of it."""

    measure: str
    place: str


class Issue(Entry):
    """`issue.toml`: a title, and what one country or language does its own way.

    `language` is that of the articles (ISO 639-1), `country` the one that they are about (ISO 3166-1); an article plainly
    in another language is not read, one plainly about another country is left out. `day_order` says how pages print a
    day in numbers; without it 03/04/2024 lies between two days. `fiscal_start` is the month in which the fiscal year
    begins; without it a fiscal year is no period. `trend` is what the trend figure shows, `no_party` what a figure calls
    those without a party, `official_source` where the figures of the codebook's `official.csv` come from. `licence` is that
    under which the tables are handed on ("CC-BY-4.0"); without it none is stated.
    """

    title: str = ""
    language: str = "en"
    country: str | None = None
    day_order: Literal["month first", "day first"] | None = None
    fiscal_start: Annotated[int, Field(ge=1, le=12)] | None = None
    trend: Trend | None = None
    no_party: str = "no party known"
    official_source: str = ""
    licence: Annotated[str, Field(pattern=r"^[-A-Za-z0-9._]*$")] = ""
