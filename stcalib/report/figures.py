"""The figures of a report: a drawing in the page, and the same chart live where scripts run."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from stcalib import analysis, charts
from stcalib.charts.base import Chart
from stcalib.display import theme
from stcalib.notebook.figures import chart_svg
from stcalib.notebook.study import Study
from stcalib.report.page import safe, static

MOST_DRAWN = 40
"""Rows that a figure with a line for each has at most."""
SAME = ("text", "measure", "place", "period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart by its name in the folder of figures."""

    name: str
    spec: dict[str, Any]
    note: str = ""

    @property
    def title(self) -> str:
        """The sentence that the chart bears above it."""
        return theme.title_of(self.spec)

    @property
    def subtitle(self) -> str:
        """What the chart says of itself below its title."""
        title = self.spec.get("title")
        text = title.get("subtitle", "") if isinstance(title, dict) else ""
        return " ".join(text) if isinstance(text, list) else str(text)


def drawn(study: Study) -> list[Drawn]:
    """The figures of a study, each as a whole specification."""
    theme.enable()
    return [Drawn(name, chart.to_dict(), note) for name, chart, note in _charts(study)]


def _charts(study: Study) -> Iterator[tuple[str, Chart, str]]:
    """The charts that answer what an editor asks first: what was counted, is it so, who speaks, who stands where."""
    articles, parties = study.articles, study.parties
    if not study.counts.empty:
        stated, note = _cut(analysis.monthly_averages(study.counts[study.counts["place"] == study.place]))
        months = analysis.official_months(study.official, study.measure, study.place)
        yield "crossings", charts.crossings(stated, months, articles, study.measure, study.place, study.official_source, study.measures), note
        verdicts, note = _cut(_strongest_first(study.verdicts))
        yield "stated_against_official", charts.stated_against_official(verdicts, articles, study.official_source, study.measures), note
    if not study.positions.empty or study.n_left_out:
        sentences = analysis.once(study.positions)
        yield "stance_matrix", charts.stance_matrix(sentences, study.by, study.labels, study.groups, left_out=study.n_left_out), ""
        dated = analysis.timeline(sentences, articles)
        yield "stance_timeline", charts.stance_timeline(dated, study.labels, parties, left_out=study.n_left_out), ""
    if not study.quotes.empty:
        yield "speech_by_party", charts.speech_by_party(analysis.words_by(study.quotes, study.by), study.groups), ""
        yield "speech_by_actor", charts.speech_by_actor(analysis.words_by(study.quotes, "actor", "party"), parties, 15), ""
    if 0 < len(articles) <= MOST_DRAWN:
        yield "corpus_timeline", charts.timeline(articles), ""


def _strongest_first(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Verdicts with those first that an editor must see: what disagrees."""
    order = {name: number for number, name in enumerate(("disagrees", "other window", "other measure", "withheld", *theme.VERDICT_COLOURS)[::-1])}
    return verdicts.sort_values("verdict", key=lambda column: -column.map(order).fillna(-1), kind="stable")


def _cut(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows that are drawn, and what is said where they are not all: a number that several articles state in the same words
    of the same period is drawn once, and at most `MOST_DRAWN` are."""
    if len(rows) <= MOST_DRAWN:
        return rows, ""
    once = rows.drop_duplicates([name for name in SAME if name in rows]).head(MOST_DRAWN).reset_index(drop=True)
    return once, f"Drawn are {len(once)} of {len(rows):,} numbers, equal ones once; the table of numbers has them all."


def figure_html(figure: Drawn, number: int) -> str:
    """A figure: its drawing, which prints and needs no script, and the specification of the live one."""
    svg = b64encode(chart_svg(figure.spec)).decode()
    told = " ".join(part for part in (f"{figure.title}.", figure.subtitle, figure.note) if part)
    return (
        f'<figure id="{figure.name}"><img class="still" alt="{safe(told)}" src="data:image/svg+xml;base64,{svg}">'
        f'<div class="live" hidden></div><script type="application/json">{script_json(figure.spec)}</script>'
        f"<figcaption>Figure {number}. {safe(told)}</figcaption></figure>"
    )


def script_json(value: object) -> str:
    """A value as JSON that can stand in a script element: nothing in it ends the element or a line."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return "".join(f"\\u{ord(char):04x}" if char in "<>&\u2028\u2029" else char for char in text)


@cache
def live_script() -> str:
    """The script that draws the charts: Vega, Vega-Lite and Vega-Embed are in it, and nothing is loaded from anywhere."""
    import altair as alt
    import vl_convert

    language = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return str(vl_convert.javascript_bundle(static("report.js"), vl_version=language)).replace("</script", "<\\/script")
