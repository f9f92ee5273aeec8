"""The commands and their options; what they do stands in the other files."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sparplan.messages import LANGUAGES, say

app = typer.Typer(
    name="sparplan",
    help=say("help.sparplan"),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Scenario = Annotated[Path, typer.Argument(metavar="SCENARIO", help=say("help.scenario"), show_default=False)]
PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help=say("help.plan_file"), show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=say("help.json"))]
Track = Annotated[str | None, typer.Option("--track", metavar="T", help=say("help.track"))]


def _version(wanted: bool) -> None:
    if wanted:
        from sparplan import __version__

        typer.echo(f"sparplan {__version__}")
        raise typer.Exit


def _language(chosen: str | None) -> None:
    if chosen is not None and chosen not in LANGUAGES:
        raise typer.BadParameter(say("cli.unknown_language", known=", ".join(LANGUAGES)))


@app.callback()
def root(
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="sv|en", help=say("help.lang"), callback=_language)
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", help=say("help.version"), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """What stands before the command."""


def _help(command: str) -> dict[str, Any]:
    """Help text and example of a command, from the catalogue."""
    return {"help": say(f"help.{command}"), "epilog": say("help.example", example=say(f"example.{command}"))}


@app.command(**_help("check"))
def check(scenario: Scenario, as_json: Json = False) -> int:
    """See `sparplan.cli.checking.check`."""
    from sparplan.cli import checking

    return checking.check(scenario, as_json=as_json)


@app.command(**_help("plan"))
def plan(
    scenario: Scenario,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=say("help.output_plan"))
    ] = None,
    engine: Annotated[str, typer.Option("--engine", metavar="NAME", help=say("help.engine"))] = "auto",
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", metavar="S", help=say("help.time_limit"))
    ] = None,
    work_limit: Annotated[
        float | None, typer.Option("--work-limit", metavar="N", help=say("help.work_limit"))
    ] = None,
    gap: Annotated[float, typer.Option("--gap", metavar="G", help=say("help.gap"))] = 0.0,
    workers: Annotated[int | None, typer.Option("--workers", metavar="N", help=say("help.workers"))] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help=say("help.seed"))] = 0,
    track: Track = None,
    gantt: Annotated[
        Path | None, typer.Option("--gantt", metavar="FILE", help=say("help.gantt_file"))
    ] = None,
    hint: Annotated[Path | None, typer.Option("--hint", metavar="PLAN", help=say("help.hint"))] = None,
    as_json: Json = False,
) -> int:
    """See `sparplan.cli.planning.plan`."""
    from sparplan.cli import planning

    options = planning.PlanOptions(engine, time_limit, work_limit, gap, workers, seed, track, hint)
    return planning.plan(scenario, options, output=output, gantt=gantt, as_json=as_json)


@app.command(**_help("verify"))
def verify(scenario: Scenario, plan: PlanFile, as_json: Json = False) -> int:
    """See `sparplan.cli.checking.verify`."""
    from sparplan.cli import checking

    return checking.verify(scenario, plan, as_json=as_json)


@app.command(**_help("gantt"))
def gantt(
    scenario: Scenario,
    plan: PlanFile,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=say("help.output_gantt"))],
    participant: Annotated[
        str | None, typer.Option("--participant", metavar="P", help=say("help.participant"))
    ] = None,
    track: Track = None,
) -> int:
    """See `sparplan.cli.drawing.gantt`."""
    from sparplan.cli import drawing

    return drawing.gantt(scenario, plan, output, participant=participant, track=track)


@app.command(**_help("graph"))
def graph(
    scenario: Scenario,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=say("help.output_graph"))],
    track: Track = None,
) -> int:
    """See `sparplan.cli.drawing.graph`."""
    from sparplan.cli import drawing

    return drawing.graph(scenario, output, track=track)


@app.command(**_help("convert"))
def convert(
    scenario: Scenario,
    dest: Annotated[Path, typer.Argument(metavar="DEST", help=say("help.dest"), show_default=False)],
) -> int:
    """See `sparplan.cli.making.convert`."""
    from sparplan.cli import making

    return making.convert(scenario, dest)


@app.command(**_help("generate"))
def generate(
    dest: Annotated[Path, typer.Argument(metavar="DEST", help=say("help.dest"), show_default=False)],
    participants: Annotated[
        int, typer.Option("--participants", metavar="N", help=say("help.participants"))
    ] = 20,
    tracks: Annotated[int, typer.Option("--tracks", metavar="T", help=say("help.tracks"))] = 1,
    places: Annotated[int, typer.Option("--places", metavar="L", help=say("help.places"))] = 4,
    seats: Annotated[
        str, typer.Option("--seats", metavar="ample|scarce|FACTOR", help=say("help.seats"))
    ] = "ample",
    seed: Annotated[int, typer.Option("--seed", metavar="S", help=say("help.seed"))] = 0,
    rounds: Annotated[int | None, typer.Option("--rounds", metavar="N", help=say("help.rounds"))] = None,
) -> int:
    """See `sparplan.cli.making.generate`."""
    from sparplan.cli import making

    return making.generate(
        dest, participants=participants, tracks=tracks, places=places, seats=seats, seed=seed, rounds=rounds
    )
