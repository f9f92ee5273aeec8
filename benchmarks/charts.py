"""The two charts: gap over time, and time over size."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.compared import GROWTH_GAP, Results
from benchmarks.instances import SEATS, SIZES
from benchmarks.records import Record
from benchmarks.rivals import RIVALS

FOLDER = Path(__file__).parent / "charts"
GAPS, GROWTH = "gap-over-time.png", "time-over-size.png"
LEAST_GAP = 1e-5  # where a logarithmic axis shows a proven plan
DPI = 110
SECONDS_SHOWN = (0.1, 1000)
COLOURS = dict(zip(RIVALS, ("#0b6e4f", "#2a5caa", "#8a8d91", "#d17b0f", "#a8326a"), strict=True))


def draw_all(results: Results, folder: Path = FOLDER) -> None:
    """Draw both into a folder."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context({"font.size": 9}):
        gaps = Figure(figsize=(11, 2.6 * len(SIZES)), layout="constrained")
        _draw_gaps(gaps, results)
        growth = Figure(figsize=(6, 4), layout="constrained")
        _draw_growth(growth.add_subplot(), results)
        for figure, name in ((gaps, GAPS), (growth, GROWTH)):
            figure.savefig(folder / name, dpi=DPI, metadata={"Software": None})


def _draw_gaps(figure: Any, results: Results) -> None:
    axes = figure.subplots(len(SIZES), len(SEATS), sharex=True, sharey=True, squeeze=False)
    for row, size in zip(axes, SIZES, strict=True):
        for ax, seats in zip(row, SEATS, strict=True):
            ax.set_title(f"{size}, {seats}", fontsize=9, loc="left")
            ax.set_xscale("log")
            ax.set_yscale("log")
            ax.set_xlim(*SECONDS_SHOWN)
            ax.minorticks_off()
            ax.set_ylim(100 * LEAST_GAP / 2, 200)
            ax.grid(alpha=0.25)
            for name, rival in RIVALS.items():
                for number, record in enumerate(results.of(name, size, seats)):
                    times, gaps = _steps(record, record.gaps(results.known_bound(record)))
                    label = rival.title if number == 0 else None
                    ax.step(
                        times,
                        gaps,
                        where="post",
                        color=COLOURS[name],
                        label=label,
                        lw=1.2,
                        alpha=0.8,
                        marker=".",
                        markevery=slice(-1, None),
                    )
            for axis in (ax.xaxis, ax.yaxis):
                axis.set_major_formatter("{x:g}")
        row[0].set_ylabel("gap, %")
    for ax in axes[-1]:
        ax.set_xlabel("seconds")
    handles = {
        label: line for ax in axes.flat for line, label in zip(*ax.get_legend_handles_labels(), strict=True)
    }
    if handles:
        figure.legend(handles.values(), handles.keys(), loc="outside lower center", ncols=3, frameon=False)


def _steps(record: Record, falls: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """A curve in percent that goes on to the end of the run."""
    times = [at for at, _ in falls]
    gaps = [100 * max(LEAST_GAP, gap) for _, gap in falls]
    return ([*times, record.seconds], gaps + gaps[-1:]) if falls else ([], [])


def _draw_growth(ax: Any, results: Results) -> None:
    growth, points = results.growth()
    sizes, times = [size for size, _ in points], [time for _, time in points]
    title = f"chains, scarce: seconds to a gap of {GROWTH_GAP:.0%}"
    ax.plot(sizes, times, "o", color=COLOURS["chains"])
    if growth is not None:
        title += f", growing as n^{growth.exponent:.2f}"
        ax.plot(sizes, [growth.at(size) for size in sizes], "-", color=COLOURS["chains"], alpha=0.5)
    if points:
        ax.set_xscale("log")
        ax.set_yscale("log")
    ax.grid(alpha=0.25)
    ax.set_title(title, fontsize=9, loc="left")
    ax.set_xlabel("participants")
    ax.set_ylabel("seconds")
