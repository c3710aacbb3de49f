#!/usr/bin/env python3
"""Scores stcalib's tables against gold rows (see annotation.md).

    python -m tests.gold.score seeds           the five seed articles          (tests/gold/seeds/, seeds/)
    python -m tests.gold.score dev             fourteen written-for-this texts (tests/gold/dev/)
    python -m tests.gold.score dev2            eighteen messier ones by other writers (tests/gold/dev2/)
    python -m tests.gold.score --gold DIR --texts DIR
    python -m tests.gold.score --jsonl FILE    one article a line, quotes only

Options: --misses N prints up to N wrong rows a table; --json prints the figures as one JSON object;
--need KEY=VALUE (repeatable) exits 1 when a figure is below VALUE, e.g. --need quotes.f1_iou80=0.85.
`turned` counts position rows whose stance is the opposite of the gold's; --proposals adds what `corpus.proposals` brings.

Run it with the interpreter that has stcalib installed. It uses the public API alone:
`stcalib.Corpus.from_texts({id: text}, published={id: "YYYY-MM-DD"})` and the data frames `.counts`,
`.quotes`, `.positions`, `.articles` of the result.
"""
from __future__ import annotations

import argparse
import json
import pathlib
import re
import sys
from datetime import date

HERE = pathlib.Path(__file__).resolve().parent


# ------------------------------------------------------------------ gold
def load_dir(gold_dir, text_dir):
    out = []
    for g in sorted(pathlib.Path(gold_dir).glob("*.json")):
        d = json.loads(g.read_text(encoding="utf-8"))
        raw = (pathlib.Path(text_dir) / f"{d['article']}.txt").read_bytes()
        try:
            d["text"] = raw.decode("utf-8")
        except UnicodeDecodeError:
            d["text"] = raw.decode("cp1252")
        out.append(d)
    return out


def load_jsonl(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]


# ------------------------------------------------------------------ helpers
def blank(v):
    return v is None or v != v or str(v).strip() in ("", "NaT", "<NA>", "None", "nan")


def norm_name(s):
    s = "" if blank(s) else str(s)
    s = re.sub(r"['’]s\b", "", s.lower())
    words = re.findall(r"[^\W_]+", s)
    return [w for w in words if w not in {"the", "a", "an", "mr", "ms", "mrs", "dr", "hon", "of", "s", "sgt", "prof"}]


def same_name(a, b):
    """Equal word lists, or one is a part of the other that keeps its last word."""
    x, y = norm_name(a), norm_name(b)
    if not x or not y:
        return False
    if x == y:
        return True
    small, big = sorted((x, y), key=len)
    return set(small) <= set(big) and small[-1] == big[-1]


def actors_match(gold, pred):
    names = [] if blank(pred) else re.split(r"\s*;\s*", str(pred))
    if not gold:
        return not names
    return any(same_name(g, n) for g in gold for n in names)


def overlap(a, b):
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def coverage(g, p):
    return overlap(g, p) / max(1, g[1] - g[0])


def iou(g, p):
    o = overlap(g, p)
    return o / max(1, (g[1] - g[0]) + (p[1] - p[0]) - o)


def match(gold, pred, score, least):
    """Greedy one-to-one pairs, best score first."""
    cand = sorted(((score(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(pred)), key=lambda c: -c[0])
    gi, pj, pairs = set(), set(), []
    for s, i, j in cand:
        if s >= least and s > 0 and i not in gi and j not in pj:
            gi.add(i), pj.add(j), pairs.append((i, j))
    return pairs, gi, pj


class Tally:
    def __init__(self):
        self.tp = self.fp = self.fn = 0

    def add(self, gold, pred, pairs, gi, pj, touches):
        req = [i for i, g in enumerate(gold) if not g.get("optional")]
        self.tp += sum(not gold[i].get("optional") for i, _ in pairs)
        self.fn += sum(i not in gi for i in req)
        self.fp += sum(j not in pj and not any(g.get("optional") and touches(g, p) for g in gold) for j, p in enumerate(pred))

    def figures(self, prefix):
        p = self.tp / (self.tp + self.fp) if self.tp + self.fp else float(self.fn == 0)
        r = self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return {f"p_{prefix}": p, f"r_{prefix}": r, f"f1_{prefix}": f}


def rows(df, aid):
    return df[df["article_id"] == aid].to_dict("records")


def span(r):
    return int(r["start"]), int(r["end"])


# ------------------------------------------------------------------ tables
def score_quotes(gold_docs, df, misses):
    tallies = {"iou80": Tally(), "cov30": Tally(), "cov80": Tally()}
    hit = spk = act = cue = kind = 0
    shown = []
    for d in gold_docs:
        gold, pred = d["quotes"], rows(df, d["article"])
        for p in pred:
            assert d["text"][int(p["start"]):int(p["end"])] == p["text"], ("offsets do not give the text", d["article"], p["text"][:60])
        for name, fn, least in (("iou80", iou, .8), ("cov30", coverage, .3), ("cov80", coverage, .8)):
            pairs, gi, pj = match(gold, pred, lambda g, p: fn(span(g), span(p)), least)
            tallies[name].add(gold, pred, pairs, gi, pj, lambda g, p: overlap(span(g), span(p)) > 0)
            if name == "cov30":
                for i, j in pairs:
                    g, p = gold[i], pred[j]
                    hit += 1
                    ss = g.get("speaker_span")
                    if ss:
                        spk += not blank(p.get("speaker_start")) and overlap(ss, (int(p["speaker_start"]), int(p["speaker_end"]))) > 0
                    else:
                        spk += blank(p.get("speaker"))
                    act += actors_match(g.get("actor") or [], p.get("actor"))
                    cue += ("" if blank(p.get("cue")) else str(p["cue"]).lower().strip()) == (g.get("cue") or "").lower().strip()
                    kind += p.get("kind") == g.get("kind")
                shown += [("missed", d["article"], d["text"][slice(*span(g))][:110]) for i, g in enumerate(gold) if i not in gi and not g.get("optional")]
                shown += [("spurious", d["article"], p["text"][:110]) for j, p in enumerate(pred) if j not in pj]
    out = {}
    for name, t in tallies.items():
        out.update(t.figures(name))
    n = max(1, hit)
    out.update(speaker_acc=spk / n, actor_acc=act / n, cue_acc=cue / n, kind_acc=kind / n, rows=sum(len(d["quotes"]) for d in gold_docs))
    return out, shown[:misses]


def score_counts(gold_docs, df, misses):
    t, full = Tally(), Tally()
    fields = ("bound", "measure", "place", "period", "source")
    ok, hit, shown = dict.fromkeys(fields, 0), 0, []
    day = lambda v: None if blank(v) else str(v)[:10]

    def good(g, p):
        """Which fields are right, under the reading of the gold row or one of its `alt` that fits best."""
        return max((fields_right({**g, **alt}, p) for alt in ({}, *g.get("alt", ()))), key=lambda res: sum(res.values()))

    def fields_right(g, p):
        res = {f: (g.get(f) or "") == ("" if blank(p.get(f)) else str(p.get(f))) for f in ("bound", "measure", "place")}
        near = lambda a, b: a == b or (a and b and abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= 7)
        res["period"] = bool(near(day(g["period_start"]), day(p.get("period_start"))) and near(day(g["period_end"]), day(p.get("period_end"))))
        sources = g.get("source") if isinstance(g.get("source"), list) else [g.get("source")]
        res["source"] = any((blank(p.get("source")) and not s) or same_name(s, p.get("source")) for s in sources)
        return res

    for d in gold_docs:
        gold, pred = d["counts"], rows(df, d["article"])
        for p in pred:
            assert d["text"][int(p["start"]):int(p["end"])] == p["text"], ("offsets do not give the text", d["article"], p["text"])
        def same(g, p):
            if overlap(span(g), span(p)) == 0 or g["kind"] != p["kind"]:
                return 0
            gv, pv = g["value"], p["value"]
            if (gv is None) != blank(pv):
                return 0
            return 1 if gv is None or abs(float(gv) - float(pv)) <= 0.005 * abs(float(gv)) else 0
        pairs, gi, pj = match(gold, pred, same, 1)
        t.add(gold, pred, pairs, gi, pj, lambda g, p: overlap(span(g), span(p)) > 0)
        strict = []
        for i, j in pairs:
            res = good(gold[i], pred[j])
            hit += 1
            for f in fields:
                ok[f] += res[f]
            if all(res[f] for f in ("bound", "measure", "place", "period")):
                strict.append((i, j))
            else:
                shown.append(("wrong " + ",".join(f for f in fields if not res[f]), d["article"], {k: gold[i].get(k) for k in ("text", "bound", "measure", "place", "period_start", "period_end", "source")},
                              {k: str(pred[j].get(k)) for k in ("text", "bound", "measure", "place", "period_start", "period_end", "source")}))
        full.add(gold, pred, strict, {i for i, _ in strict}, {j for _, j in strict}, lambda g, p: overlap(span(g), span(p)) > 0)
        shown += [("missed", d["article"], g["text"], d["text"][max(0, g["start"] - 60):g["end"] + 60]) for i, g in enumerate(gold) if i not in gi and not g.get("optional")]
        shown += [("spurious", d["article"], p["text"], d["text"][max(0, int(p["start"]) - 60):int(p["end"]) + 60]) for j, p in enumerate(pred) if j not in pj]
    out = {**t.figures("value"), **full.figures("full")}
    out.update({f"{f}_acc": ok[f] / max(1, hit) for f in fields}, rows=sum(len(d["counts"]) for d in gold_docs))
    return out, shown[:misses]


def score_positions(gold_docs, df, misses):
    t, strict, hit, party, evid, shown = Tally(), Tally(), 0, 0, 0, []
    for d in gold_docs:
        gold = d["positions"]
        pred, seen = [], {}
        for p in rows(df, d["article"]):
            assert 0 <= int(p["start"]) < int(p["end"]) <= len(d["text"]), ("evidence outside the text", d["article"])
            key = (" ".join(norm_name(p["actor"])), p["proposition"], p["stance"])
            if key in seen:
                seen[key]["spans"].append(span(p))
            else:
                seen[key] = dict(p, spans=[span(p)])
                pred.append(seen[key])
        def same(g, p):
            return int(g["proposition"] == p["proposition"] and g["stance"] == p["stance"] and actors_match(g["actor"], p["actor"]))
        pairs, gi, pj = match(gold, pred, same, 1)
        t.add(gold, pred, pairs, gi, pj, lambda g, p: g["proposition"] == p["proposition"] and actors_match(g["actor"], p["actor"]))
        for i, j in pairs:
            hit += 1
            party += (gold[i].get("party") or "") == ("" if blank(pred[j].get("party")) else str(pred[j]["party"]))
            evid += any(overlap(e, s) > 0 for e in gold[i]["evidence"] for s in pred[j]["spans"])
        shown += [("missed", d["article"], g["actor"][0], g["proposition"], g["stance"], d["text"][slice(*g["evidence"][0])][:120] if g["evidence"] else "") for i, g in enumerate(gold) if i not in gi and not g.get("optional")]
        shown += [("spurious", d["article"], p["actor"], p["proposition"], p["stance"], d["text"][slice(*p["spans"][0])][:120]) for j, p in enumerate(pred) if j not in pj]
    out = t.figures("stance")
    out.update(party_acc=party / max(1, hit), evidence_acc=evid / max(1, hit), rows=sum(len(d["positions"]) for d in gold_docs))
    return out, shown[:misses]


def score_dates(gold_docs, df, misses, given):
    ok, shown, n = 0, [], 0
    for d in gold_docs:
        g = d.get("published") or {}
        if not g.get("earliest") or (g["basis"] == "sidecar" and not given):
            continue
        n += 1
        r = (rows(df, d["article"]) or [{}])[0]
        a, b = (None if blank(r.get(k)) else str(r[k])[:10] for k in ("published_earliest", "published_latest"))
        good = bool(a) and (date.fromisoformat(g["earliest"]) - date.fromisoformat(a)).days <= 7 and a <= g["latest"] and (b or a) >= min(a, g["earliest"])
        ok += good
        if not good:
            shown.append(("date", d["article"], g, a, b))
    return {"overlap_acc": ok / max(1, n), "rows": n}, shown[:misses]


SCORERS = {"quotes": score_quotes, "counts": score_counts, "positions": score_positions}


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("name", nargs="?", choices=("seeds", "dev", "dev2"))
    ap.add_argument("--gold"), ap.add_argument("--texts"), ap.add_argument("--jsonl")
    ap.add_argument("--misses", type=int, default=0)
    ap.add_argument("--json", action="store_true")
    ap.add_argument("--need", action="append", default=[])
    ap.add_argument("--no-dates", action="store_true", help="do not give the publication dates: the library must find them")
    ap.add_argument("--proposals", action="store_true", help="score positions with the rows of `corpus.proposals` too: recall of both together, precision of the proposals, their number an article")
    a = ap.parse_args(argv)
    if a.name == "seeds":
        docs = load_dir(HERE / "seeds", HERE.parents[1] / "seeds")
    elif a.name in ("dev", "dev2"):
        docs = load_dir(HERE / a.name, HERE / a.name / "text")
    elif a.jsonl:
        docs = load_jsonl(a.jsonl)
    elif a.gold and a.texts:
        docs = load_dir(a.gold, a.texts)
    else:
        ap.error("name a set, or give --gold and --texts, or --jsonl")

    import stcalib

    given = {d["article"]: d["published"]["earliest"] for d in docs if d.get("published") and d["published"].get("basis") != "inferred" and d["published"].get("earliest")}
    corpus = stcalib.Corpus.from_texts({d["article"]: d["text"] for d in docs}, published={} if a.no_dates else given)
    result, wrong = {}, []
    for table, fn in SCORERS.items():
        if table in docs[0]:
            result[table], w = fn(docs, getattr(corpus, table), a.misses)
            wrong += [(table, *x) for x in w]
    if a.proposals and "positions" in docs[0]:
        import pandas as pd
        more = corpus.proposals
        both, _ = score_positions(docs, pd.concat([corpus.positions, more]), 0)
        right = sum(1 for d in docs for p in rows(more, d["article"]) if any(g["proposition"] == p["proposition"] and g["stance"] == p["stance"] and actors_match(g["actor"], p["actor"]) for g in d["positions"]))
        result["positions"].update(r_with_proposals=both["r_stance"], p_proposals=right / max(1, len(more)), proposals_an_article=len(more) / len(docs))
    turned = {"support": "oppose", "oppose": "support"}
    if "positions" in result:
        result["positions"]["turned"] = sum(
            1 for d in docs for p in rows(corpus.positions, d["article"])
            if any(g["proposition"] == p["proposition"] and g["stance"] == turned.get(p["stance"]) and actors_match(g["actor"], p["actor"]) for g in d["positions"])
            and not any(g["proposition"] == p["proposition"] and g["stance"] == p["stance"] and actors_match(g["actor"], p["actor"]) for g in d["positions"]))
    if docs[0].get("published"):
        result["dates"], w = score_dates(docs, corpus.articles, a.misses, not a.no_dates)
        wrong += [("dates", *x) for x in w]
    if a.json:
        print(json.dumps(result))
    else:
        for table, figs in result.items():
            print(table, "  ".join(f"{k}={v:.3f}" if isinstance(v, float) else f"{k}={v}" for k, v in figs.items()))
        for w in wrong:
            print("-", *w, sep=" | ")
    short = []
    for need in a.need:
        key, least = need.split("=")
        table, fig = key.split(".")
        if result[table][fig] < float(least):
            short.append(f"{key} {result[table][fig]:.3f} < {least}")
    if short:
        print("short of: " + "; ".join(short))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
