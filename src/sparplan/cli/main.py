"""Wires the commands, and turns what goes wrong into lines and an exit status."""

import logging
import os
import sys
from enum import IntEnum
from pathlib import Path

from sparplan.errors import EngineBug, PlanError, ScenarioError, SparplanError
from sparplan.messages import LANGUAGES, say


class Exit(IntEnum):
    """Exit statuses of every command."""

    DONE = 0
    FAULTS = 1  # the scenario has faults or the plan breaks a rule
    USAGE = 2
    IMPOSSIBLE = 3  # a demand is proven impossible
    NO_PLAN = 4  # no plan found in time
    BUG = 70
    INTERRUPTED = 130


def run() -> None:
    """Entry point of `sparplan`."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command line; the exit status. No traceback unless `SPARPLAN_DEBUG` is set."""
    _choose_language(arguments)
    logging.getLogger("sparplan").addHandler(logging.NullHandler())
    try:
        return _invoke(arguments)
    except ScenarioError as error:
        from sparplan.cli.checking import print_issues

        print_issues(error.issues, stream=sys.stderr)
        return Exit.FAULTS
    except EngineBug as error:
        return _complain(say("cli.bug", problem=error), Exit.BUG)
    except PlanError as error:
        return _complain(str(error), Exit.FAULTS)
    except SparplanError as error:
        return _complain(str(error), Exit.USAGE)
    except KeyboardInterrupt:
        return _complain(say("cli.interrupted"), Exit.INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except MemoryError:
        return _complain(say("cli.memory"), Exit.BUG)
    except Exception as error:  # the last guard: a traceback is of no use to a coordinator
        if os.environ.get("SPARPLAN_DEBUG"):
            raise
        return _complain(say("cli.bug", problem=f"{type(error).__name__}: {error}"), Exit.BUG)


def _choose_language(arguments: list[str]) -> None:
    """Read `--lang` before anything speaks: help texts are made when commands are loaded."""
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            chosen = value if equals else "".join(arguments[index + 1 : index + 2])
            if chosen in LANGUAGES:
                os.environ["SPARPLAN_LANG"] = chosen


def _invoke(arguments: list[str]) -> int:
    from typer import Exit as TyperExit
    from typer.exceptions import Abort, TyperException
    from typer.main import get_command

    from sparplan.cli.commands import app

    command = get_command(app)
    try:
        status = command.main(arguments, prog_name="sparplan", standalone_mode=False)
    except TyperException as error:
        return _complain(_in_words(error), Exit.USAGE)
    except TyperExit as error:
        return error.exit_code
    except Abort:
        return _complain(say("cli.interrupted"), Exit.INTERRUPTED)
    return status if isinstance(status, int) else Exit.DONE


def _in_words(error: Exception) -> str:
    """What is wrong with a command line, in our words where we have them."""
    parameter = getattr(error, "param", None)
    name = getattr(parameter, "metavar", None) or getattr(parameter, "name", "?")
    if getattr(parameter, "param_type_name", "") == "option":
        name = max(parameter.opts, key=len) if parameter else name
    problem = getattr(error, "format_message", error.__str__)()
    match type(error).__name__:
        case "NoArgsIsHelpError":
            return str(problem)
        case "NoSuchOption":
            near = ", ".join(getattr(error, "possibilities", None) or ["--help"])
            return say("cli.no_such_option", option=getattr(error, "option_name", "?"), near=near)
        case "MissingParameter":
            return say("cli.missing", name=name)
        case "BadParameter":
            return say("cli.bad_value", name=name, problem=getattr(error, "message", problem))
    return say("cli.wrong_use", problem=problem)


def _complain(text: str, status: Exit) -> int:
    print(text, file=sys.stderr)
    return status


def existing(path: Path) -> Path:
    """A path that must be there.

    Raises
    ------
    UsageError
        When it isn't.
    """
    from sparplan.errors import UsageError

    if not path.exists():
        raise UsageError(say("cli.no_such_path", path=path))
    return path
