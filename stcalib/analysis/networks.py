"""Discourse networks: actors tied to propositions, and to each other by agreeing or disagreeing on them.

The networks, their options and weights are those of Discourse Network Analyzer (Leifeld, Discourse Network Analysis:
Policy Debates as Dynamic Networks, Oxford Handbook of Political Networks 2017; its function `dna_network`): `statements`
chooses what counts, `affiliation` and `between` make NetworkX graphs of it, `windows` moves through time. NetworkX comes
with the extra `notebooks`.
"""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from stcalib.analysis.actor_names import group_of
from stcalib.analysis.stances import same_words, timeline
from stcalib.core.errors import ParameterError, StcalibError, how_to_install

if TYPE_CHECKING:
    from networkx import Graph

BY = ("actor", "organization", "party")
DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")
UNITS = {"week": "W", "month": "M", "year": "Y"}
AFFILIATION = ("ignore", "combine", "subtract")
BETWEEN = ("ignore", "congruence", "conflict", "subtract")
AFFILIATION_NORMS = ("no", "activity", "prominence")
BETWEEN_NORMS = ("no", "average", "jaccard", "cosine")
MOST_TIED = 300
"""So many nodes are tied to one another; the number of ties grows with its square."""
_COLUMNS = ["node", "proposition", "agreement", "first", "last", "article_id", "party", "actor_type", "position_id"]
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NetworkError(StcalibError):
    """A network that cannot be made or written."""


def networkx() -> Any:
    """The module NetworkX. Raises `NetworkError` that says how to install it."""
    try:
        return import_module("networkx")
    except ImportError as error:
        raise NetworkError(f"networks need NetworkX, which is not installed. Install it with: {how_to_install('notebooks')}") from error


def _check(name: str, value: str, allowed: Iterable[str]) -> None:
    if value not in (known := tuple(allowed)):
        raise ParameterError(f"{name}={value!r}: there is no such choice. Choose one of {', '.join(known)}")


# ------------------------------------------------------------------ statements
def statements(
    positions: pd.DataFrame,
    articles: pd.DataFrame,
    by: str = "actor",
    duplicates: str = "document",
    start: date | None = None,
    stop: date | None = None,
    wire_once: bool = True,
) -> pd.DataFrame:
    """The positions as statements of a discourse network: `node`, `proposition`, `agreement` (1 for, 0 against), days.

    `by` says what a node is: actor, organization or party. `duplicates` leaves of equal statements (node, proposition,
    agreement) one for each document, week, month or year, one across the whole range, or all (`include`). With `start`
    and `stop` only those stay whose interval of days lies within: what is not dated does not. With `wire_once` a
    sentence that several articles print in the same words counts once. Undecided stances agree to nothing and are left
    out, and so is a position without a value of `by`. Raises `ParameterError` for another choice.
    """
    _check("by", by, BY)
    _check("duplicates", duplicates, DUPLICATES)
    rows = timeline(positions, articles)
    rows = rows[rows["stance"].isin(["support", "oppose"]) & rows[by].notna()]
    nodes = group_of(rows, by)
    rows = rows.assign(node=nodes.astype(str), agreement=(rows["stance"] == "support").astype(int), _words=same_words(rows))
    rows = rows.rename(columns={"earliest": "first", "latest": "last"})
    if start is not None:
        rows = rows[rows["first"] >= pd.Timestamp(start)]
    if stop is not None:
        rows = rows[rows["last"] <= pd.Timestamp(stop)]
    rows = rows.sort_values(["first", "article_id", "start", "position_id"], kind="stable", na_position="last")
    if wire_once:
        rows = rows.drop_duplicates("_words")
    if duplicates != "include":
        rows = rows.assign(_unit=_units(rows, duplicates)).drop_duplicates(["node", "proposition", "agreement", "_unit"])
    return rows[_COLUMNS].reset_index(drop=True)


def _units(rows: pd.DataFrame, duplicates: str) -> Any:
    if duplicates == "document":
        return rows["article_id"]
    if duplicates == "acrossrange":
        return ""
    return [str(day.to_period(UNITS[duplicates])) if pd.notna(day) else "undated" for day in rows["first"]]


@dataclass(frozen=True)
class Window:
    """A stretch of time and the statements that lie within it."""

    start: date
    stop: date
    statements: pd.DataFrame


def windows(chosen: pd.DataFrame, unit: str = "month", size: int = 6) -> Iterator[Window]:
    """Moving time windows of `size` units (week, month, year) over statements, each one unit after the one before.

    A statement is in a window where its whole interval of days is; the last window is the first that reaches the last
    statement. Statements without a day are in none.
    """
    _check("unit", unit, UNITS)
    if size < 1:
        raise ParameterError(f"size={size}: a window has at least one {unit}. Give 1 or more")
    dated = chosen[chosen["first"].notna() & chosen["last"].notna()]
    if dated.empty:
        return
    begin, end = dated["first"].min().to_period(UNITS[unit]), dated["last"].max()
    while True:
        first, last = begin.start_time, (begin + size - 1).end_time.normalize()
        inside = dated[(dated["first"] >= first) & (dated["last"] <= last)]
        yield Window(first.date(), last.date(), inside.reset_index(drop=True))
        if last >= end:
            return
        begin += 1


# ------------------------------------------------------------------ networks
def affiliation(chosen: pd.DataFrame, aggregation: str = "subtract", normalization: str = "no") -> Graph:
    """The network of nodes and propositions: a bipartite graph (`bipartite` 0 for nodes, 1 for propositions).

    `aggregation`: "ignore" adds up statements, "subtract" those against from those for, "combine" tells for (1), against
    (2) and both (3). `normalization`: "activity" divides by the statements of the node, "prominence" by those on the
    proposition. An edge has `weight`, `support` and `oppose`; a weight of zero keeps its edge.
    """
    _check("aggregation", aggregation, AFFILIATION)
    _check("normalization", normalization, AFFILIATION_NORMS)
    graph = networkx().Graph(name="affiliation", aggregation=aggregation, normalization=normalization)
    counts = _counts(chosen)
    _add_nodes(graph, chosen)
    for proposition, n_statements in sorted(Counter(chosen["proposition"]).items()):
        graph.add_node(f"proposition: {proposition}", bipartite=1, label=proposition, n_statements=n_statements)
    ties = sorted({(node, proposition) for node, proposition, _ in counts})
    divisors: Counter[str] = Counter()
    whole = {tie: _affiliation_weight(counts[*tie, 1], counts[*tie, 0], aggregation) for tie in ties}
    shares = {tie: (1 if value > 0 else 0) if aggregation == "combine" else counts[*tie, 1] + counts[*tie, 0] for tie, value in whole.items()}
    part = 0 if normalization == "activity" else 1
    for tie, n in shares.items():
        divisors[tie[part]] += n
    for node, proposition in ties:
        divisor = 1 if normalization == "no" else divisors[(node, proposition)[part]]
        weight = round(whole[node, proposition] / divisor, 6)
        n_for, n_against = counts[node, proposition, 1], counts[node, proposition, 0]
        graph.add_edge(node, f"proposition: {proposition}", weight=weight, support=n_for, oppose=n_against)
    return graph


def _affiliation_weight(n_for: int, n_against: int, aggregation: str) -> int:
    if aggregation == "ignore":
        return n_for + n_against
    return n_for - n_against if aggregation == "subtract" else (1 if n_for else 0) + (2 if n_against else 0)


def between(
    chosen: pd.DataFrame, aggregation: str = "congruence", normalization: str = "no", isolates: bool = True, most: int = MOST_TIED
) -> Graph:
    """The network between nodes: tied where they take the same side of a proposition, or opposite ones.

    `aggregation`: "congruence" adds up the products of their statements on the same side of a proposition, "conflict"
    those on opposite sides, "subtract" takes conflict from congruence, "ignore" counts both. `normalization`: "average"
    divides by the mean of the two nodes' numbers of statements, "jaccard" and "cosine" by what their names say. An edge
    has `weight`, `congruence`, `conflict` and the `propositions` on which it rests. Without `isolates`, nodes without an
    edge are left out. Of more than `most` nodes those with most statements are tied and the others keep no edge; the graph
    tells as `n_untied` how many these are.
    """
    _check("aggregation", aggregation, BETWEEN)
    _check("normalization", normalization, BETWEEN_NORMS)
    graph = networkx().Graph(name="between", aggregation=aggregation, normalization=normalization)
    counts = _counts(chosen)
    _add_nodes(graph, chosen)
    active = Counter(chosen["node"])
    tied = set(sorted(active, key=lambda node: (-active[node], node))[:most])
    graph.graph["n_untied"] = len(active) - len(tied)
    on: dict[str, set[str]] = {}
    spoken: dict[str, dict[tuple[str, int], int]] = {}
    for (node, proposition, side), n in counts.items():
        if node in tied:
            on.setdefault(node, set()).add(proposition)
            spoken.setdefault(node, {})[proposition, side] = n
    for one, other in combinations(sorted(on), 2):
        if not (common := sorted(on[one] & on[other])):
            continue
        agreeing = {p: sum(counts[one, p, side] * counts[other, p, side] for side in (0, 1)) for p in common}
        opposed = {p: sum(counts[one, p, side] * counts[other, p, 1 - side] for side in (0, 1)) for p in common}
        congruence, conflict = sum(agreeing.values()), sum(opposed.values())
        raw = {"congruence": congruence, "conflict": conflict, "subtract": congruence - conflict, "ignore": congruence + conflict}[aggregation]
        if (congruence, conflict) == (0, 0) or (raw == 0 and aggregation != "subtract"):
            continue
        rests = [p for p in common if (agreeing[p] if aggregation == "congruence" else opposed[p] if aggregation == "conflict" else True)]
        weight = round(raw / _norm(spoken[one], spoken[other], normalization), 6)
        graph.add_edge(one, other, weight=weight, congruence=congruence, conflict=conflict, propositions="; ".join(rests))
    if not isolates:
        graph.remove_nodes_from([node for node, degree in list(graph.degree) if degree == 0])
    return graph


def _counts(chosen: pd.DataFrame) -> Counter[tuple[str, str, int]]:
    """How many statements there are of each node on each side of each proposition."""
    return Counter(zip(chosen["node"], chosen["proposition"], (int(side) for side in chosen["agreement"]), strict=True))


def _norm(first: Mapping[tuple[str, int], int], second: Mapping[tuple[str, int], int], normalization: str) -> float:
    """By what a tie is divided, as in Discourse Network Analyzer; given the statements of two nodes by proposition and side."""
    if normalization == "no":
        return 1.0
    if normalization == "average":
        return (sum(first.values()) + sum(second.values())) / 2
    if normalization == "cosine":
        return float(sum(first.values()) * sum(second.values()))
    alone = sum(n for key, n in first.items() if key not in second) + sum(n for key, n in second.items() if key not in first)
    return float(alone + sum(n * second[key] for key, n in first.items() if key in second)) or math.inf


def _add_nodes(graph: Any, chosen: pd.DataFrame) -> None:
    active = Counter(chosen["node"])
    known: dict[str, dict[str, set[str]]] = {node: {"party": set(), "actor_type": set()} for node in active}
    for name in ("party", "actor_type"):
        for node, value in zip(chosen["node"], chosen[name], strict=True):
            known[node][name].update([str(value)] if pd.notna(value) else [])
    for node in sorted(active):
        told = {name: min(values) if len(values) == 1 else "" for name, values in known[node].items()}
        graph.add_node(node, bipartite=0, label=node, n_statements=active[node], **told)


def ties(graph: Graph) -> pd.DataFrame:
    """The edges of a network as a table: `one`, `other`, and what each edge holds, in order."""
    ordered = sorted((*sorted(edge, key=lambda node: (graph.nodes[node]["bipartite"], node)), graph.edges[edge]) for edge in graph.edges)
    return pd.DataFrame([{"one": one, "other": other, **held} for one, other, held in ordered])


# ------------------------------------------------------------------ files
def graphml(graph: Graph) -> bytes:
    """A graph as GraphML, nodes and edges in order: the same graph gives the same bytes. Characters that XML cannot
    hold become U+FFFD."""
    from networkx.readwrite.graphml import write_graphml_xml

    clean = networkx().Graph(**{key: _xml(value) for key, value in graph.graph.items()})
    for node in sorted(graph):
        clean.add_node(_xml(node), **{key: _xml(value) for key, value in graph.nodes[node].items()})
    for one, other in sorted(tuple(sorted(edge)) for edge in graph.edges):
        clean.add_edge(_xml(one), _xml(other), **{key: _xml(value) for key, value in graph.edges[one, other].items()})
    buffer = io.BytesIO()
    write_graphml_xml(clean, buffer, prettyprint=True)
    return buffer.getvalue()


def _xml(value: Any) -> Any:
    return _NO_XML.sub("\ufffd", value) if isinstance(value, str) else value


def write_graphml(graph: Graph, path: str | Path) -> Path:
    """Writes a graph as GraphML. Raises `NetworkError` where the file cannot be written."""
    try:
        Path(path).write_bytes(graphml(graph))
    except OSError as error:
        raise NetworkError(f"{path}: cannot be written ({error.strerror}). Choose another file") from error
    return Path(path)
