"""The formats of other programs, by name: what each is for, and how it is made of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from stcalib.core.errors import ParameterError, StcalibError
from stcalib.core.files import write_whole
from stcalib.core.folder_swap import replaced
from stcalib.core.near import not_known
from stcalib.corpus.corpus import Corpus
from stcalib.export.cas import cas_files
from stcalib.export.dna import ExportError, export
from stcalib.export.graphs import graph_files
from stcalib.export.qda import codebook_bytes, project_bytes
from stcalib.export.references import bibtex, csl_json
from stcalib.export.wide import wide_files
from stcalib.export.xlsx import workbook_bytes

Content = bytes | dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is for, the name of what it gives where none is chosen, and how it is made.

    One that gives several files has a folder's name, with a stroke at its end.
    """

    told: str
    out: str
    make: Callable[[Corpus], Content]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "xlsx": Format("an Excel workbook of all tables, their columns described", "tables.xlsx", lambda c: workbook_bytes(c.tables())),
        "wide": Format("wide, labelled CSV files for Datawrapper and Flourish", "wide/", wide_files),
        "qdpx": Format("a REFI-QDA project for NVivo, ATLAS.ti and MAXQDA", "project.qdpx", project_bytes),
        "qdc": Format("the codes alone, as a REFI-QDA codebook", "codebook.qdc", codebook_bytes),
        "cas": Format("UIMA CAS (XMI) with its type system, for INCEpTION", "cas/", cas_files),
        "graphml": Format("discourse networks for Gephi, Cytoscape and visone", "networks/", graph_files),
        "dna": Format("documents and statements for Discourse Network Analyzer", "dna/", lambda c: export(c, c.articles, c.positions).files()),
        "bibtex": Format("the articles as BibTeX entries", "articles.bib", lambda c: bibtex(c.articles)),
        "csl": Format("the articles as CSL-JSON, for Zotero and Pandoc", "articles.json", lambda c: csl_json(c.articles)),
    }
)


def export_as(corpus: Corpus, name: str, out: str | Path | None = None) -> list[Path]:
    """Writes a corpus in a format, one of `FORMATS`, to the file or folder `out`; gives the files.

    What is written is there whole or not at all, and the same corpus gives the same bytes. Raises `ParameterError` for another
    format, `StcalibError` where a package is missing, `ExportError` where the place cannot be written.
    """
    if name not in FORMATS:
        raise ParameterError(not_known(name, "format", FORMATS))
    chosen = FORMATS[name]
    target = Path(chosen.out if out is None else out)
    check_place(target, chosen)
    content = chosen.make(corpus)
    try:
        if isinstance(content, bytes):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, content)
            return [target]
        with replaced(target, set(content)) as staging:
            for file, part in content.items():
                (staging / file).write_bytes(part)
    except OSError as error:
        raise ExportError(f"{target}: cannot be written ({error.strerror}). Choose another place with --out") from error
    return [target / file for file in content]


def check_place(target: Path, chosen: Format) -> None:
    """Raises `StcalibError` where a folder stands in the place of a file, or a file in that of a folder."""
    if chosen.out.endswith("/") and target.exists() and not target.is_dir():
        raise StcalibError(f"{target}: is a file, and the format gives a folder of files. Name a folder with --out")
    if not chosen.out.endswith("/") and target.is_dir():
        raise StcalibError(f"{target}: is a folder. Name the file with --out, such as {target / chosen.out}")
