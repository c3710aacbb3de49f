"""What all charts share: labels from untrusted text, days as Vega takes them, and the chart of an empty frame."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil, floor
from typing import Any, cast

import altair as alt
import pandas as pd

from stcalib.display.theme import SOFT, WIDTH
from stcalib.periods.day_interval import shift_days

Chart = alt.Chart | alt.LayerChart | alt.VConcatChart | alt.HConcatChart
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UTC = alt.Scale(type="utc")
"""Scale for days: the same axis in every time zone."""


MANY = 40
"""Up to so many rows are drawn one by one; of more the most are, or they are gathered by month or outlet."""
LEGEND = 96
"""Characters that the line of a legend holds."""
LINE = 15
"""Height of a line of text below a chart, in pixels."""
CHARACTER = 6.4
"""Mean width of a character there."""
SHAPES = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
"""Shapes that stand beside colours, in the order of their keys; a digit fits into each of the first three."""
DASHES = ((1, 0), (2, 3), (8, 4))
"""Dashes that stand beside colours: full, dotted, dashed."""
TITLED = 48
"""The longest label of an article with its title in it."""


def label(text: object, width: int = 60) -> str:
    """Text of an article fit for a label: on one line, without control characters, at most `width` characters."""
    if text is None or text is pd.NA or (isinstance(text, float) and pd.isna(text)):
        return ""
    kept = "".join(" " if unicodedata.category(char) in {"Zl", "Zp", "Cc"} else char for char in str(text) if unicodedata.category(char) != "Cf")
    line = " ".join(kept.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def wrapped(text: object, width: int, lines: int) -> str:
    """Text of an article as a label of several lines, parted by newlines."""
    return "\n".join(textwrap.wrap(label(text, width * lines), width)[:lines])


def article_labels(article_ids: Iterable[str], articles: pd.DataFrame | None = None, width: int = 34) -> dict[str, str]:
    """A short label by article id: the outlet and the id as far as it tells the articles apart; the beginning of the title in place
    of the id, and up to `TITLED` characters, where outlet and day stand in articles.toml, as those of imported articles do."""
    ids = sorted(set(article_ids))
    outlets = {} if articles is None or "outlet" not in articles else dict(zip(articles["article_id"], articles["outlet"], strict=True))
    everything = ids if articles is None else sorted({*ids, *articles["article_id"]})
    short = _shortened(everything)
    titles = _titles(articles)
    texts = {key: f"{label(outlets.get(key), 24)}: {titles[key]}" if key in titles else f"{label(outlets.get(key), 24)} {short[key]}" for key in ids}
    return distinct_labels({key: text.strip(" :") for key, text in texts.items()}, max(width, TITLED) if titles else width)


def _titles(articles: pd.DataFrame | None) -> dict[str, str]:
    """The titles of the articles of which articles.toml states outlet and day."""
    if articles is None or not {"title", "outlet_basis", "published_basis"} <= set(articles.columns):
        return {}
    stated = articles[(articles["outlet_basis"] == "sidecar") & (articles["published_basis"] == "sidecar") & articles["title"].notna()]
    return {key: label(title, TITLED) for key, title in zip(stated["article_id"], stated["title"], strict=True)}


def distinct_labels(texts: Mapping[str, object], width: int) -> dict[str, str]:
    """A label for each key, no two alike: what is drawn under one label is one thing. The later of two that are cut alike
    bear a number."""
    labels: dict[str, str] = {}
    taken: set[str] = set()
    alike: dict[str, int] = {}
    for key, text in texts.items():
        cut = whole = label(text, width)
        while cut in taken:
            alike[whole] = number = alike.get(whole, 1) + 1
            cut = f"{label(text, width - len(str(number)) - 3)} ({number})"
        taken.add(cut)
        labels[key] = cut
    return labels


def in_order(named: Iterable[str], labels: Mapping[str, str]) -> list[str]:
    """The names, each once: those that have labels in the order of these, then the others by the alphabet."""
    there = set(named)
    return [*(name for name in labels if name in there), *sorted(there - set(labels))]


def by_date(labels: Mapping[str, str], articles: pd.DataFrame) -> list[str]:
    """The labels of articles in the order of their publication, undated ones last."""
    known = articles.assign(day=pd.to_datetime(articles["published_earliest"])).sort_values(["day", "article_id"], na_position="last")
    ordered = [labels[key] for key in known["article_id"] if key in labels]
    return [*ordered, *sorted(set(labels.values()) - set(ordered))]


def _shortened(ids: Sequence[str]) -> dict[str, str]:
    """Each id cut at an underscore or hyphen to the first parts that no other id begins with."""
    short = {}
    ordered = sorted(ids)
    for before, key, after in zip(["", *ordered], ordered, [*ordered[1:], ""], strict=False):
        cuts = [i for i, char in enumerate(key) if char in "_-" and i]
        short[key] = next((key[:i] for i in cuts if not before.startswith(key[:i]) and not after.startswith(key[:i])), key)
    return {key: short[key] for key in ids}


def iso(day: object) -> str | None:
    """A day as YYYY-MM-DD, which Vega reads as UTC; None where there is none."""
    if day is None or day is pd.NaT or pd.isna(day):  # type: ignore[call-overload]
        return None
    return pd.Timestamp(day).date().isoformat()  # type: ignore[arg-type]


def day_text(day: object) -> str:
    """A day as text: 1 May 2018."""
    found = iso(day)
    if found is None:
        return "?"
    parsed = date.fromisoformat(found)
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


def padded(days: pd.Series, share: float, at_least: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last day of an axis that holds `days`: a `share` of their span, or `at_least` so many days, is left free on both
    sides, as far as the calendar goes."""
    first, last = days.min().date(), days.max().date()
    room = max((last - first).days * share, at_least)
    return pd.Timestamp(shift_days(first, -ceil(room))), pd.Timestamp(shift_days(last, floor(room)))


def interval_text(first: object, last: object) -> str:
    """An interval of days as text: "1 May 2018", "27 Apr – 8 May 2018", "from 1 May 2018", "no date known"."""
    a, b = iso(first), iso(last)
    if a is None and b is None:
        return "no date known"
    if a is None:
        return f"until {day_text(b)}"
    if b is None:
        return f"from {day_text(a)}"
    if a == b:
        return day_text(a)
    start, end = date.fromisoformat(a), date.fromisoformat(b)
    month = "" if (start.year, start.month) == (end.year, end.month) else f" {MONTHS[start.month - 1]}"
    return f"{start.day}{month}{'' if start.year == end.year else f' {start.year}'} – {day_text(b)}"


def published_text(articles: pd.DataFrame) -> str:
    """When articles were published, in words: the days between which all lie whose both ends are known; the others are counted."""
    starts, ends = (pd.to_datetime(articles[f"published_{name}"]) for name in ("earliest", "latest"))
    known = starts.notna() & ends.notna()
    n, undated = int(known.sum()), int((starts.isna() & ends.isna()).sum())
    told = []
    if n:
        first, last = starts[known].min(), ends[known].max()
        span = f"published {day_text(first)}" if first == last else f"published between {day_text(first)} and {day_text(last)}"
        told.append(span if n == len(articles) else f"{n:,} {span}")
    for days, words in ((starts[ends.isna()].dropna(), "not before"), (ends[starts.isna()].dropna(), "not after")):
        if len(days):
            told.append(f"{len(days):,} {words} {day_text(days.min() if words == 'not before' else days.max())}")
    if undated:
        told.append(f"{undated:,} without any date")
    return ", ".join(told)


def period_text(first: object, last: object) -> str:
    """A period as text, by whole years and months where it is made of them: "2017", "Jan – Mar 2018", "Aug 2017"."""
    a, b = iso(first), iso(last)
    if a is None or b is None:
        return interval_text(first, last)
    start, end = pd.Timestamp(a), pd.Timestamp(b)
    if not (start.is_month_start and end.is_month_end):
        return interval_text(first, last)
    if start.is_year_start and end.is_year_end:
        return str(start.year) if start.year == end.year else f"{start.year} – {end.year}"
    until = f"{MONTHS[end.month - 1]} {end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return until
    return f"{MONTHS[start.month - 1]}{'' if start.year == end.year else f' {start.year}'} – {until}"


def titled(text: str, *subtitle: str) -> alt.TitleParams:
    """A chart's title, which says what is seen, and its subtitle: unit, source, how to read it."""
    lines = [part for line in subtitle for part in textwrap.wrap(line, 96)]
    return alt.TitleParams(text=textwrap.wrap(text, 78), subtitle=lines)


def layered(*layers: Chart, **properties: Any) -> alt.LayerChart:
    """Charts on top of each other."""
    return cast("alt.LayerChart", alt.layer(*layers).properties(**properties))


def stacked(*charts: Chart, spacing: int, **properties: Any) -> alt.VConcatChart:
    """Charts below each other."""
    return alt.vconcat(*charts, spacing=spacing).properties(**properties)


def plain(chart: Any) -> alt.Chart:
    """The chart itself: Altair's own types lose sight of it in a chain of calls."""
    return cast("alt.Chart", chart)


def text_panel(texts: Mapping[str, Sequence[str]], field: str, picked: alt.Parameter, width: int) -> alt.Chart:
    """The lines of text by the key of what was clicked: shown are those of the `field` that is `picked`."""
    lines = [{field: key, "line": i, "text": text} for key, each in texts.items() for i, text in enumerate(each)]
    most = max(map(len, texts.values()))
    place = alt.Y("line:Q", axis=None, scale=alt.Scale(domain=[0, most], range=[0, most * LINE], nice=False))
    panel = alt.Chart(alt.InlineData(values=lines)).mark_text(align="left", baseline="top", fontSize=12, color=SOFT)
    return plain(panel.encode(x=alt.value(0), y=place, text="text:N").transform_filter(picked).properties(width=width, height=most * LINE))


def nothing(title: str, sentence: str) -> alt.Chart:
    """The chart of an empty frame: its title and a sentence."""
    data = alt.InlineData(values=[{"sentence": sentence}])
    mark = alt.Chart(data, title=titled(title)).mark_text(color=SOFT, fontSize=13, align="left", baseline="top")
    return plain(mark.encode(text="sentence:N", x=alt.value(0), y=alt.value(4)).properties(width=WIDTH, height=40))


def values(frame: pd.DataFrame) -> alt.InlineData:
    """A frame as the data of a chart: days as text, missing values as null, numbers as plain numbers."""
    records = []
    for record in frame.to_dict("records"):
        records.append({_field(str(key)): _plain(value) for key, value in record.items()})
    return alt.InlineData(values=records)


def _field(name: str) -> str:
    """A tooltip field named "image" would be loaded as one."""
    return f"{name}_" if name.lower() in {"image", "href", "url"} else name


def _plain(value: Any) -> Any:
    if isinstance(value, pd.Timestamp | date):
        return iso(value)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def and_more(left: int, one: str, many: str | None = None, why: str = "") -> str:
    """A sentence on what a figure does not draw; empty where that is nothing: "And 12 more outlets: they stand in its table." """
    return f" And {left:,} more {one if left == 1 else many or one + 's'}{why}: they stand in its table." if left > 0 else ""


def shares_text(share: float) -> str:
    """A share of one as per cent, without a false decimal: "29%", "under 1%"."""
    return "under 1%" if 0 < share < 0.01 else f"{share:.0%}"


def has_dark(shade: str) -> bool:
    """Whether white text reads better on a colour than dark text does."""
    red, green, blue = (int(shade[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140


def average_text(value: float) -> str:
    """An average in words: whole from ten on, below that with as many digits as keep it from reading as nothing ("0.3", "0.04")."""
    if value == 0 or abs(value) >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.1 else f"{value:.1g}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 quote", "3 quotes"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def colour(field: str, colours: Mapping[str, str], title: str, names: Mapping[str, str] | None = None, shown: bool = True) -> alt.Color:
    """A colour channel over the keys of `colours`, in their order, with `names` in the legend."""
    domain = list(colours)
    scale = alt.Scale(domain=domain, range=[colours[key] for key in domain])
    return alt.Color(f"{field}:N", scale=scale, legend=_legend(domain, title, names, shown))


def shape(field: str, keys: Iterable[str], title: str, names: Mapping[str, str] | None = None, shown: bool = True) -> alt.Shape:
    """A channel of shapes beside that of colours, with which it shares its legend: what is printed in grey is told apart by it."""
    domain = list(keys)
    shapes = [SHAPES[i % len(SHAPES)] for i in range(len(domain))]
    return alt.Shape(f"{field}:N", scale=alt.Scale(domain=domain, range=shapes), legend=_legend(domain, title, names, shown))


def dash(field: str, keys: Iterable[str], title: str, names: Mapping[str, str] | None = None) -> alt.StrokeDash:
    """A channel of dashes for lines, as `shape` is one for points."""
    domain = list(keys)
    return alt.StrokeDash(f"{field}:N", scale=alt.Scale(domain=domain, range=list(DASHES[: len(domain)])), legend=_legend(domain, title, names))


def _legend(keys: list[str], title: str, names: Mapping[str, str] | None, shown: bool = True) -> alt.Legend | None:
    """The legend of a channel; two channels with the same one are drawn in one."""
    if not shown:
        return None
    named = {key: (names or {}).get(key, key) for key in keys}
    expression = "{" + ", ".join(f"{_quoted(key)}: {_quoted(name)}" for key, name in named.items()) + "}[datum.value]"
    longest = max([len(label(name)) for name in named.values()] or [1])
    columns = max(1, (LEGEND - len(title)) // (longest + 4))
    return alt.Legend(title=title, labelExpr=expression, columns=columns if columns < len(named) else alt.Undefined)


def _quoted(text: str) -> str:
    """Text as a string of Vega's expression language."""
    escaped = label(text).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
