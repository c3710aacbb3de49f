"""The figure for print: a panel a party, the same bytes each time, and words of a codebook are words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from support.frames import articles, positions

from stcalib import charts
from stcalib.analysis import stances
from stcalib.display.theme import Parties
from stcalib.notebook.figures import save_figure

PARTIES = Parties({"LPC": "#d71920", "CPC": "#1a4782"}, {"LPC": "Liberal", "CPC": "Conservative"})


def dated() -> pd.DataFrame:
    return stances.timeline(positions(), articles())


def texts(figure: Any) -> list[str]:
    from matplotlib.text import Text

    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_each_party_has_a_panel_with_its_propositions_in_the_order_of_the_labels() -> None:
    rows = dated()
    labels = {name: f"Proposition {name}" for name in sorted(set(rows["proposition"]), reverse=True)}
    figure = charts.stances_in_print(rows, labels, PARTIES, left_out=3)
    known = rows[rows["earliest"].notna() & rows["latest"].notna() & rows["party"].notna()]
    assert {axes.get_title("left") for axes in figure.axes} == {PARTIES.name(code) for code in set(known["party"])}
    for axes in figure.axes:
        part = known[known["party"].map(PARTIES.name) == axes.get_title("left")]
        shown = [tick.get_text().replace("\n", " ") for tick in axes.get_yticklabels()]
        assert shown == [label for name, label in labels.items() if name in set(part["proposition"])]
    told = " ".join(texts(figure))
    outside = len(rows) - len(known)
    assert outside == 1 and "1 sentence without a party or both days not shown; 3 proposals left out" in told


def test_the_files_are_the_same_bytes(tmp_path: Path) -> None:
    for place in ("one", "two"):
        save_figure(charts.stances_in_print(dated(), {}, PARTIES), "printed", dated(), tmp_path / place)
    files = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir() if path.name != "manifest.json"}
    assert set(files) == {"printed.svg", "printed.pdf", "printed.png", "printed.csv"}
    assert all((tmp_path / "two" / name).read_bytes() == content for name, content in files.items())
    assert files["printed.pdf"].startswith(b"%PDF") and b"CreationDate" not in files["printed.pdf"]


@pytest.mark.parametrize("words", ["costs $5 and $6", "a_{b}^2 \\frac", "<script>x</script>"])
def test_words_of_a_codebook_are_words(words: str, tmp_path: Path) -> None:
    rows = dated()
    figure = charts.stances_in_print(rows, dict.fromkeys(set(rows["proposition"]), words), PARTIES)
    save_figure(figure, "printed", rows, tmp_path)
    assert words in [text.replace("\n", " ") for text in texts(figure)]
    assert "<script>" not in (tmp_path / "printed.svg").read_text(encoding="utf-8")


def test_nothing_to_draw_is_said(tmp_path: Path) -> None:
    figure = charts.stances_in_print(dated().head(0))
    assert "The selection holds no dated position of a party." in texts(figure)
    save_figure(figure, "printed", dated().head(0), tmp_path)


def test_days_at_the_edges_of_the_calendar_are_drawn(tmp_path: Path) -> None:
    rows = dated()
    rows.loc[0, "earliest"], rows.loc[0, "latest"] = pd.Timestamp(date.min), pd.Timestamp(date.max)
    save_figure(charts.stances_in_print(rows, {}, PARTIES), "printed", rows, tmp_path)
    assert (tmp_path / "printed.svg").is_file()
