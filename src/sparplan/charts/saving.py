"""Charts into files: png, svg, pdf or html by the file's suffix, whole or not at all."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from matplotlib.backends.backend_pdf import PdfPages

from sparplan.charts.choosing import chosen
from sparplan.charts.gantt import ROWS_PER_PAGE, gantt_sheets
from sparplan.charts.graph import insatsgraf_sheet
from sparplan.charts.page import page_of
from sparplan.charts.sheet import Sheet, drawing
from sparplan.charts.svg import svg_of
from sparplan.errors import UsageError
from sparplan.files.writing import write_bytes
from sparplan.kedjor import Plan
from sparplan.messages import say
from sparplan.scenario import Scenario

DOTS_AN_INCH = 150

Contents = list[bytes]  # a file a page, or one file for all


def save_gantt(
    scenario: Scenario,
    plan: Plan,
    path: str | Path,
    *,
    participant: str | None = None,
    track: str | None = None,
    rows_per_page: int = ROWS_PER_PAGE,
) -> list[Path]:
    """Write a plan's Gantt chart.

    A pdf or html holds all pages. Of png and svg each page is a file: `gantt.png`, `gantt-2.png` …

    Parameters
    ----------
    path
        Ends in `.png`, `.svg`, `.pdf` or `.html`, which says what is written.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    UsageError
        For another suffix, an unknown participant or track, or a path that can't be written.
    PlanError
        When the plan belongs to another scenario.
    """

    def html(sheets: Sequence[Sheet]) -> Contents:
        kedjor = chosen(scenario, plan, participant=participant, track=track)
        return [page_of(scenario, plan, kedjor, sheets).encode()]

    def sheets() -> list[Sheet]:
        return gantt_sheets(scenario, plan, participant=participant, track=track, rows_per_page=rows_per_page)

    return _save(sheets, Path(path), {**WRITERS, ".html": html})


def save_insatsgraf(scenario: Scenario, path: str | Path, *, track: str | None = None) -> list[Path]:
    """Write the insatsgraf as png, svg or pdf.

    Raises
    ------
    UsageError
        For another suffix, an unknown track, or a path that can't be written.
    """
    return _save(lambda: [insatsgraf_sheet(scenario, track)], Path(path), WRITERS)


def png(sheets: Sequence[Sheet]) -> Contents:
    """A png a page."""
    return [_image(sheet, "png", {"Title": sheet.title, "Software": None}) for sheet in sheets]


def svg(sheets: Sequence[Sheet]) -> Contents:
    """An svg a page."""
    return [svg_of(sheet).encode() for sheet in sheets]


def pdf(sheets: Sequence[Sheet]) -> Contents:
    """One pdf with all pages."""
    about = {"Title": sheets[0].title, "CreationDate": None, "Creator": None, "Producer": None}
    buffer = io.BytesIO()
    with drawing(), PdfPages(buffer, metadata=about) as pages:
        for sheet in sheets:
            pages.savefig(sheet.figure)
    return [buffer.getvalue()]


WRITERS: Mapping[str, Callable[[Sequence[Sheet]], Contents]] = {".png": png, ".svg": svg, ".pdf": pdf}


def _image(sheet: Sheet, form: str, about: dict[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    with drawing():
        sheet.figure.savefig(buffer, format=form, dpi=DOTS_AN_INCH, metadata=about)
    return buffer.getvalue()


def _save(
    sheets: Callable[[], Sequence[Sheet]],
    path: Path,
    writers: Mapping[str, Callable[[Sequence[Sheet]], Contents]],
) -> list[Path]:
    writer = writers.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(suffix.removeprefix(".") for suffix in writers)
        raise UsageError(say("charts.unknown_suffix", path=path.name, known=known))
    contents = writer(sheets())
    paths = [path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, len(contents) + 1))]
    for each, content in zip(paths, contents, strict=True):
        try:
            write_bytes(each, content)
        except OSError as error:
            raise UsageError(
                say("charts.cannot_write", path=each, problem=error.strerror or str(error))
            ) from None
    return paths
