"""The command `stca`."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from stcalib import __version__
from stcalib.codebook.usual import DEFAULT
from stcalib.core.errors import ParameterError, StcalibError
from stcalib.core.visible import visible

STOPPED = 130
"""Exit code after Ctrl-C."""
Codebook = Annotated[
    str | None, typer.Option(metavar="NAME", help="A codebook of the package, or a folder with one. [default: the project's own, else stca]")
]
Corrections = Annotated[Path | None, typer.Option(metavar="FILE", help="A ledger of corrections to apply. [default: the project's own, if any]")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Reads news articles about an issue in dispute into tables of **counts**, **quotes** and **positions**, and turns those into figures.",
    epilog="Begin with `stca new my-project`, then `stca import FILES`; or where your articles are: `stca build FOLDER`, then `stca show ARTICLE`. "
    "`stca COMMAND --help` tells more, with examples. "
    "The exit code is 0 when all went well, 1 for an error, 2 for wrong use, 3 when files or lines had to be passed over, 130 after Ctrl-C.",
)


@app.callback(invoke_without_command=True)
def stca(version: Annotated[bool, typer.Option("--version", help="Say which version this is, and end.")] = False) -> None:
    """What the command does when no other command is named."""
    if version:
        typer.echo(f"stca {__version__}")
        raise typer.Exit()


@app.command()
def build(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the tables go.")] = Path("tables"),
    codebook: Codebook = None,
    corrections: Corrections = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="Processes that read side by side. [default: one a core]")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Read every article again, whatever was kept of it.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Stay, and write the tables again whenever a file changes. Ctrl-C ends it.")] = False,
) -> None:
    """Read a folder of articles and write the tables: CSV and Parquet, with *datapackage.json* that describes them.

    Every .txt file is an article; *articles.toml* beside them may tell what the pages lack. What could not be read is
    listed and ends the command with 3; the tables of the rest are written all the same. The tables are written
    together or not at all.

    Without FOLDER, the articles of the project in the working folder are read, with its *codebook* and *corrections.csv*.
    What was read is kept in the project's folder *.stcalib*, and only what has changed is read again; `stca clean` removes it.

    Examples: `stca build` · `stca build my-articles --out my-tables` · `stca build my-articles --codebook codebooks/mine` ·
    `stca build --watch` while articles or the codebook are written
    """
    if watch:
        from stcalib.cli.watch import watch as watch_files

        raise typer.Exit(watch_files(folder, out, codebook, corrections, jobs, not anew))
    from stcalib.cli.build import build_tables

    raise typer.Exit(build_tables(folder, out, codebook, corrections, jobs, not anew))


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Files and folders of any kind that is read.", show_default=False)],
    into: Annotated[Path, typer.Option(metavar="DIR", help="The folder of articles.")] = Path("articles"),
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=COLUMN", help="The column of a field, where the guess is wrong: --column text=Body. Repeatable."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be imported, and write nothing.")] = False,
) -> None:
    """Bring articles as they are: exports of news databases, saved pages, files, tables.

    Each story becomes a text file in the folder of articles; title, outlet, author, day, address and where it comes from
    go to *articles.toml*. Read are exports of Nexis, Nexis Uni, Factiva, ProQuest and Eureka; web pages, PDF, Word, RTF,
    e-mails, Markdown, text; CSV, spreadsheets, JSON; feeds, debates of parliament, transcripts, web archives; folders and
    zip archives of these. Nothing that is there is overwritten, so importing again is safe. The first import into a new
    project sets its sample article aside.

    Examples: `stca import ~/Downloads/Factiva.rtf` · `stca import exports/ --into articles --dry-run` ·
    `stca import articles.xlsx --column text=Body --column published=Day`
    """
    from stcalib.cli.import_files import import_files

    raise typer.Exit(import_files(files, into, column or [], dry_run))


@app.command()
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The file of an article, or its id: the file's name, or how it begins.")],
    corpus: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="The folder of articles that the id is looked up in. [default: articles, else seeds]")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="TABLE", help="Mark the rows of this table alone: counts, quotes, positions, proposals. Repeatable."),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="ROW", help="Tell what this position is read by: P3, PP1, or its id.")] = None,
    skipped: Annotated[bool, typer.Option("--skipped", help="Mark also what was seen and declined, with the reason.")] = False,
    codebook: Codebook = None,
    corrections: Corrections = None,
) -> None:
    """Print an article with its rows marked: counts (C), quotes (Q) and positions (P), and below it a line for each.

    `[Q3 …]` in the text is the third quote; its line names speaker, cue and kind, and the characters where it stands
    in the file. On a terminal the rows are coloured as well. A file is read together with the other articles of its
    folder, which help to date it, so the rows are those that `stca build` writes.

    Examples: `stca show articles/my-article.txt` · `stca show my-article --corpus articles` ·
    `stca show my-article --only counts --skipped` · `stca show my-article --only proposals --why PP1` · `stca show my-article | less`
    """
    from stcalib.cli.show import show_article

    raise typer.Exit(show_article(article, corpus, only or [], skipped, codebook, corrections, why))


@app.command()
def figures(
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="NAME", help="Run this notebook alone: 03_quotes, quotes or 03. Repeatable.")
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("-p", "--parameter", metavar="KEY=VALUE", help="Set a parameter: -p period=2018 -p parties=ONE,OTHER. Repeatable."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Where the figures go. [default: figures, or build/figures with -p]")] = None,
    notebooks: Annotated[Path, typer.Option(metavar="DIR", help="Where the notebooks are.")] = Path("notebooks"),
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="Notebooks side by side. [default: one a core]")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the notebooks with their parameters, and run nothing.")] = False,
) -> None:
    """Run the notebooks and save their figures.

    Without -p and --out, figures go to the folder *figures* and the notebooks are refreshed with their outputs. With
    them, the notebooks stay as they are, and their executed copies lie beside the figures. Where a notebook fails,
    nothing is changed, and its half-run copy lies in the folder *failed*.

    Examples: `stca figures` · `stca figures --list` · `stca figures --only 05_article -p article_id=my-article`
    """
    from stcalib.cli.figures import list_parameters, make_figures

    if show:
        list_parameters(notebooks)
    else:
        raise typer.Exit(make_figures(only or [], parameter or [], out, notebooks, jobs))


@app.command()
def report(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the report goes.")] = Path("report.html"),
    question: Annotated[str, typer.Option(metavar="TEXT", help="The question at its head. [default: made of the codebook's title]")] = "",
    diff: Annotated[Path | None, typer.Option(metavar="DIR", help="Compare with the tables that `stca build` wrote for another run.")] = None,
    still: Annotated[bool, typer.Option("--still", help="Drawings alone: no script in the file, a tenth of its size.")] = False,
    codebook: Codebook = None,
    corrections: Corrections = None,
) -> None:
    """Write a report for somebody without Python: one HTML file that opens in any browser, offline, and prints.

    It holds the question, the figures, each number with what the official series says of it and each stance in its
    sentence, with article and link, what was declined and not read, the corrections and by whom, versions and digests.

    Examples: `stca report` · `stca report my-articles --out for-the-desk.html` · `stca report --diff tables-of-june`
    """
    from stcalib.cli.report import make_report

    raise typer.Exit(make_report(folder, out, codebook, corrections, question, diff, not still))


@app.command()
def export(
    name: Annotated[str | None, typer.Argument(metavar="FORMAT", help="xlsx, wide, qdpx, qdc, cas, graphml, dna, bibtex or csl.")] = None,
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="The file, or the folder where the format gives several files.")] = None,
    codebook: Codebook = None,
    corrections: Corrections = None,
) -> None:
    """Write files for other programs. Without FORMAT, list the formats.

    *xlsx* is an Excel workbook of all tables; *wide* are labelled CSV files for Datawrapper and Flourish; *qdpx* is a project and
    *qdc* a codebook for NVivo, ATLAS.ti and MAXQDA; *cas* is UIMA CAS for INCEpTION; *graphml* are networks for Gephi; *dna* is for
    Discourse Network Analyzer; *bibtex* and *csl* are the articles as references. The same articles give the same bytes.

    Examples: `stca export` · `stca export xlsx` · `stca export qdpx my-articles --out my-project.qdpx`
    """
    from stcalib.cli.export_files import export_files

    raise typer.Exit(export_files(name, folder, out, codebook, corrections))


@app.command("import-codes")
def import_codes(
    project: Annotated[Path, typer.Argument(metavar="PROJECT", help="A REFI-QDA project (.qdpx) of NVivo, ATLAS.ti, MAXQDA or another program.")],
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    codebook: Codebook = None,
    corrections: Annotated[Path | None, typer.Option(metavar="FILE", help="The ledger that is written to. [default: the project's own]")] = None,
    coder: Annotated[str, typer.Option(metavar="NAME", help="Whose decision it is where the project does not say.")] = "coder",
    accept_kept: Annotated[bool, typer.Option("--accept-kept", help="Accept the exported rows that are coded as before.")] = False,
    reject_gone: Annotated[bool, typer.Option("--reject-gone", help="Reject the exported rows that are coded no longer.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be decided, and write nothing.")] = False,
) -> None:
    """Take passages that were coded in another program into the ledger of corrections.

    A passage with a code of `stca export qdpx` becomes a row, or accepts the row that is there; one that was moved or coded
    otherwise corrects its row. What cannot be a row is listed with the reason and ends the command with 3. Importing the same
    project again writes nothing new.

    Examples: `stca import-codes coded.qdpx` · `stca import-codes coded.qdpx my-articles --coder Ann --dry-run`
    """
    from stcalib.cli.export_files import take_codes

    raise typer.Exit(take_codes(project, folder, codebook, corrections, coder, accept_kept, reject_gone, dry_run))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    arguments: Annotated[list[str] | None, typer.Argument(metavar="[DIR]", help="Where the notebooks are. [default: notebooks]")] = None,
) -> None:
    """Open JupyterLab at the project, with its start page. Ends with Ctrl-C: Jupyter asks first, a second Ctrl-C ends it.

    In a notebook, change the parameters in the first code cell and run all cells. Other options go to JupyterLab.

    Examples: `stca lab` · `stca lab notebooks --no-browser --port=8889`
    """
    from stcalib.cli.project import open_lab

    given = [*(arguments or ()), *context.args]
    folder = next((word for word in given[:1] if not word.startswith("-")), None)
    raise typer.Exit(open_lab(folder or "notebooks", given[1:] if folder else given))


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make. It must not exist, or be empty.")],
    issue: Annotated[
        str, typer.Option(metavar="NAME", help="The dispute whose codebook and sample it begins with; a name that is none lists those there are.")
    ] = DEFAULT,
) -> None:
    """Make a project of your own: notebooks, a codebook, and a folder for articles with a sample. It runs at once.

    For another dispute begin with **--issue empty**, whose files are comments and an example of each entry, or with
    **--issue carbon_price**, a small codebook with figures that are no people.

    Examples: `stca new my-project`, then `cd my-project`, `stca figures`, `stca lab` · `stca new rents --issue empty`
    """
    from stcalib.cli.project import new_project

    made = new_project(folder, issue)
    told = visible(str(folder))
    typer.echo(f"Made {told} ({len(made)} files). Next:\n  cd {quote(told)}\n  stca figures   # notebooks to figures\n  stca lab       # JupyterLab")


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    codebook: Codebook = None,
) -> None:
    """Read a codebook against a folder of articles: what of it never occurs, what gave no row, and which articles it leaves out.

    Examples: `stca check` in a project · `stca check my-articles --codebook codebooks/mine`
    """
    from stcalib.cli.check import check_codebook

    raise typer.Exit(check_codebook(folder, codebook))


@app.command()
def learn(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    codebook: Codebook = None,
    corrections: Corrections = None,
) -> None:
    """Teach the project's reader of positions: by the example sentences of its codebook and what reviewers decided.

    Takes seconds. What was learned is kept in the folder *model* beside the codebook, and every later reading takes it; the
    same codebook and ledger give the same bytes. Prints from what it learned and which rows are read otherwise than before.
    To be rid of it, remove that folder.

    Examples: `stca learn` in a project · `stca learn my-articles --codebook codebooks/mine --corrections corrections.csv`
    """
    from stcalib.cli.learn import learn

    raise typer.Exit(learn(folder, codebook, corrections))


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words that a passage must hold; a phrase in quotation marks; begin*.")],
    corpus: Annotated[Path | None, typer.Option(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="In quotes and positions of this actor.")] = None,
    party: Annotated[str | None, typer.Option(metavar="CODE", help="In quotes and positions of this party.")] = None,
    proposition: Annotated[str | None, typer.Option(metavar="ID", help="In positions on this proposition.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="In articles of this outlet.")] = None,
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="In articles published then: 2018, 2018-05, 2018-01..2018-06.")] = None,
    page: Annotated[int, typer.Option(metavar="N", min=1, help="The page to show.")] = 1,
    lines: Annotated[int, typer.Option(metavar="N", min=1, help="Passages a page.")] = 20,
    codebook: Codebook = None,
) -> None:
    """Look words up in the articles: every passage that holds them, in its context.

    A line names the article and the character at which the words begin. `stca show ARTICLE` shows the whole of it.

    Examples: `stca search border` · `stca search '"safe third country"' suspen* --party NDP --period 2018`
    """
    from stcalib.analysis.search import Filters
    from stcalib.cli.search import search_articles

    asked = Filters(actor, party, proposition, outlet)
    raise typer.Exit(search_articles(" ".join(words), corpus, codebook, asked, period, page, lines))


@app.command()
def clean(
    folder: Annotated[Path | None, typer.Argument(metavar="FOLDER", help="The folder of articles. [default: articles, else seeds]")] = None,
) -> None:
    """Remove what is kept of articles that were read: the folder *.stcalib* of the project. The next command reads them again.

    Nothing of yours is in it. Examples: `stca clean` · `stca clean my-project/articles`
    """
    from stcalib.cli.build import clean_project

    clean_project(folder)


@app.command()
def verify(
    notebooks: Annotated[list[Path] | None, typer.Argument(metavar="[NOTEBOOKS]", help="Notebooks, or folders of them. [default: notebooks]")] = None,
    sanitize: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What else may differ: sections of regex: and replace:, as nbval takes them.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", min=1, help="Notebooks side by side. [default: one a core]")] = None,
) -> None:
    """Run notebooks anew and compare what each cell gives with what is stored in them.

    A cell that gives something else, stops with an error or was never run is named, with the lines that differ, and the
    command ends with 1. Notebooks and figures stay as they are. Memory addresses and the like are left out of the comparison,
    and so are pictures of pixels; text, tables, charts (by their specification) and other SVG drawings are compared.

    Examples: `stca verify` · `stca verify notebooks/02_crossings.ipynb` · `stca verify my-notebooks --sanitize may-differ.cfg`
    """
    from stcalib.cli.verify import verify as verify_them

    raise typer.Exit(verify_them(notebooks or [], sanitize, jobs))


@app.command()
def upgrade(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The project.")] = Path()) -> None:
    """Bring the notebooks and documents of a project up to this version, after stcalib was updated.

    A notebook whose cells nobody changed is replaced by the new one, its parameters kept. One that was changed stays as
    it is, and is named with the imports that have moved. Pages in *documents* that bear the package's first line are renewed,
    files of your own stay. Articles, corrections and the files of the codebook are not touched; a copy of the package's codebook
    gets the files that it lacks.

    Examples: `stca upgrade` · `stca upgrade my-project`
    """
    from stcalib.cli.project import upgrade_project

    raise typer.Exit(upgrade_project(folder))


def main() -> None:
    """Runs the command; ends with 0, 1 for an error, 2 for wrong use, 3 for files passed over, 130 for Ctrl-C."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = app(standalone_mode=False)
    except ParameterError as error:
        code = _complain(error, 2)
    except StcalibError as error:
        code = _complain(error, 1)
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except Exception as error:
        if not hasattr(error, "show"):
            raise
        if hasattr(error, "message"):
            error.message = visible(str(error.message))
        error.show()
        code = 2
    if code == STOPPED:
        print("Stopped. Nothing was left half-written.", file=sys.stderr)
    sys.exit(code if isinstance(code, int) else 0)


def _complain(error: StcalibError, code: int) -> int:
    print(f"stca: {visible(str(error))}", file=sys.stderr)
    return code
