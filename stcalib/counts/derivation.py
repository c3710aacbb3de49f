"""Derived rows: what the stated counts of an article imply by plain arithmetic.

Three steps are taken, each only between counts whose link the text makes plain (`Count.base_id`, or the same
measure and period): a share of its total, a total less its parts, a change or difference applied to the figure it
starts from. The interval of every stated number is carried through. Derived rows are a table of their own; they are
never counted, charted or checked as if somebody had stated them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from stcalib.core.rows import Count, Derived, row_id

Ends = tuple[float | None, float | None]
REMAINDER_REACH = 900
"""Characters behind a total within which its parts are looked for."""


def derive(counts: Sequence[Count], default_place: str | None = None) -> list[Derived]:
    """The derived rows of one article's counts, in order of their first count.

    `default_place` is the code of the whole of which other places are parts (the codebook's).
    """
    by_id = {count.count_id: count for count in counts}
    rows = [*_shares(counts, by_id), *_remainders(counts, default_place), *_changes(counts)]
    return sorted(rows, key=lambda row: (row.start, row.end, row.operation))


# ---- shares
def _shares(counts: Sequence[Count], by_id: dict[str, Count]) -> Iterable[Derived]:
    for share in counts:
        if share.kind != "share" or share.value is None:
            continue
        chain = _chain(share, by_id)
        if chain is None:
            continue
        total = chain[-1]
        low, high = total.low, total.high
        value = total.value
        for part in chain[:-1]:
            low, high = _times(low, part.low), _times(high, part.high)
            value = None if value is None or part.value is None else value * part.value / 100
        words = " of ".join(count.text for count in chain)
        yield _row("share of a total", chain, value, (low, high), share, words)


def _chain(share: Count, by_id: dict[str, Count]) -> list[Count] | None:
    """A share, the shares that it is one of, and the total; None where the text leads to no total."""
    chain = [share]
    while chain[-1].kind == "share":
        base = by_id.get(chain[-1].base_id or "")
        if base is None or base in chain or base.measure != share.measure or base.kind not in ("share", "count") or base.per is not None:
            return None
        chain.append(base)
    return chain


def _times(amount: float | None, per_cent: float | None) -> float | None:
    return None if amount is None or per_cent is None else amount * per_cent / 100


# ---- remainders
def _remainders(counts: Sequence[Count], whole: str | None) -> Iterable[Derived]:
    if whole is None:
        return
    plain = sorted((count for count in counts if count.kind == "count" and count.per is None and count.value is not None), key=_start)
    starts = [count.start for count in plain]
    for place, total in enumerate(plain):
        if total.place != whole or total.period_start is None or total.period_end is None:
            continue
        parts: dict[str, Count] = {}
        for count in plain[place : bisect_right(starts, total.start + REMAINDER_REACH)]:
            if count.place is not None and count.place != whole and _alike(total, count) and count.nationality is None:
                parts.setdefault(count.place, count)
        added = sum(part.value or 0 for part in parts.values())
        if parts and total.value is not None and added < total.value:
            yield _remainder(total, list(parts.values()))


def _start(count: Count) -> int:
    return count.start


def _alike(a: Count, b: Count) -> bool:
    return a.measure == b.measure and a.period_start == b.period_start and a.period_end == b.period_end


def _remainder(total: Count, parts: list[Count]) -> Derived:
    value = (total.value or 0) - sum(part.value or 0 for part in parts)
    least = [part.low for part in parts]
    most = [part.high for part in parts]
    low = None if total.low is None or None in most else max(0.0, total.low - sum(v for v in most if v is not None))
    high = None if total.high is None or None in least else total.high - sum(v for v in least if v is not None)
    words = " less ".join(count.text for count in (total, *parts))
    without = "; ".join(sorted(part.place or "" for part in parts))
    return _row("total less its parts", [total, *parts], value, (low, high), total, words, without=without)


# ---- changes
def _changes(counts: Sequence[Count]) -> Iterable[Derived]:
    """ "up 34 per cent from 658": the level that is not stated, where only the one it starts from is."""
    levels: dict[tuple[object, ...], list[Count]] = {}
    for count in sorted(counts, key=_start):
        if count.kind == "count" and count.value is not None and count.per is None:
            levels.setdefault((count.measure, count.place, count.period_start, count.period_end), []).append(count)
    for change in counts:
        if change.kind not in ("change", "difference") or change.value is None or change.period_start is None or change.reference_start is None:
            continue
        now = levels.get((change.measure, change.place, change.period_start, change.period_end))
        then = levels.get((change.measure, change.place, change.reference_start, change.reference_end))
        if now or not then or change.reference_end is None or change.reference_end >= change.period_start:
            continue
        base = _nearest(then, change.start)
        if change.kind == "change":
            value = _grown(base.value, change.value)
            ends = (_grown(base.low, change.low), _grown(base.high, change.high))
            yield _row("change applied to its base", [base, change], value, ends, change, f"{base.text} changed by {change.text}")
        else:
            ends = (_sum(base.low, change.low), _sum(base.high, change.high))
            yield _row(
                "difference applied to its base",
                [base, change],
                _sum(base.value, change.value),
                ends,
                change,
                f"{base.text} changed by {change.text}",
            )


def _nearest(counts: Sequence[Count], place: int) -> Count:
    """Of counts in the order of the text, the one that begins nearest to a place; of two as near, the first."""
    after = bisect_left(counts, place, key=_start)
    return min(counts[max(0, after - 1) : after + 1], key=lambda count: abs(count.start - place))


def _grown(amount: float | None, per_cent: float | None) -> float | None:
    return None if amount is None or per_cent is None else amount * (1 + per_cent / 100)


def _sum(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a + b


def _row(operation: str, sources: Sequence[Count], value: float | None, ends: Ends, like: Count, formula: str, without: str | None = None) -> Derived:
    ids = "; ".join(count.count_id for count in sources)
    low, high = (None if end is None else round(end, 2) for end in ends)
    return Derived(
        derived_id=row_id("d", operation, ids),
        article_id=like.article_id,
        operation=operation,
        value=None if value is None else round(value, 2),
        low=low,
        high=high,
        measure=like.measure or "",
        place=like.place,
        without=without,
        nationality=like.nationality,
        period_start=like.period_start,
        period_end=like.period_end,
        formula=formula,
        from_ids=ids,
        start=min(count.start for count in sources),
        end=max(count.end for count in sources),
    )
