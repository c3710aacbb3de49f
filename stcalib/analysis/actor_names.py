"""Whom an actor's name means across articles: a name means one actor, a description ("company", "resident") one in each article."""

from __future__ import annotations

from typing import Any

import pandas as pd

BODIES = ("government", "party", "organization")
"""Types of actors that are bodies: they speak for themselves."""


def organizations(rows: pd.DataFrame) -> pd.Series[Any]:
    """For whom each row of a table of quotes or positions speaks: the organization of a person, and a body itself."""
    if "actor_type" not in rows:
        return rows["organization"]
    bodies = rows["actor"].where(rows["actor_type"].isin(BODIES))
    return rows["organization"].where(rows["organization"].notna(), bodies)


def is_description(name: str) -> bool:
    """Whether an actor is only described: no word of the name has a capital at its beginning."""
    return bool(name) and not any(word[0].isupper() for word in name.split() if word[0].isalpha())


def actors_apart(rows: pd.DataFrame) -> pd.Series[Any]:
    """The actors of a table of quotes or positions, with those who are only described told apart by their article.

    "company" of two articles is "company (first-id)" and "company (second-id)"; of one article alone it stays as it is.
    Missing actors stay missing.
    """
    actors = rows["actor"]
    described = actors.map(lambda name: isinstance(name, str) and is_description(name)).astype(bool)
    if not described.any():
        return actors
    spread = rows[described].groupby("actor")["article_id"].nunique()
    several = described & actors.map(spread).fillna(0).gt(1)
    named = actors.astype(object) + " (" + rows["article_id"].astype(object) + ")"
    return actors.astype(object).where(~several, named).astype(actors.dtype)


def group_of(rows: pd.DataFrame, by: str) -> pd.Series[Any]:
    """The column `by` of quotes or positions as figures compare it: an actor who is only described is one in each article, and a
    body that speaks stands for itself."""
    if by == "actor" and "article_id" in rows:
        return actors_apart(rows)
    return organizations(rows) if by == "organization" else rows[by]
