"""Wires the commands, and turns what goes wrong into lines and an exit status."""

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper

from sparplan.cli.exits import Exit
from sparplan.errors import EngineBug, PlanError, ScenarioError, SparplanError
from sparplan.messages import LANGUAGES, say


def run() -> None:
    """Entry point of `sparplan`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            # files are UTF-8 whatever the locale; paths may hold bytes that aren't
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
    sys.exit(status)


def main(arguments: list[str]) -> int:
    """Run one command line; the exit status. No traceback unless `SPARPLAN_DEBUG` is set."""
    logging.getLogger("sparplan").addHandler(logging.NullHandler())
    with _language_of(arguments):
        return _guarded(arguments)


def _guarded(arguments: list[str]) -> int:
    """Run one command line, and turn every exception into lines and a status."""
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
        _forget_output()
        return Exit.DONE
    except OSError as error:
        path = error.filename if error.filename is not None else "–"
        return _complain(say("cli.os_error", path=path, problem=error.strerror or error), Exit.USAGE)
    except MemoryError:
        return _complain(say("cli.memory"), Exit.BUG)
    except Exception as error:  # the last guard: a traceback is of no use to a coordinator
        if os.environ.get("SPARPLAN_DEBUG"):
            raise
        return _complain(say("cli.bug", problem=f"{type(error).__name__}: {error}"), Exit.BUG)


def _forget_output() -> None:
    """Let what is still to be written go nowhere: nobody reads it any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def _language_of(arguments: list[str]) -> Iterator[None]:
    """Speak the language of `--lang`, read before help texts are made when commands are loaded.

    Goes through the environment: the search runs in a thread of its own and speaks too.
    """
    before = os.environ.get("SPARPLAN_LANG")
    for index, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            chosen = value if equals else "".join(arguments[index + 1 : index + 2])
            if chosen in LANGUAGES:
                os.environ["SPARPLAN_LANG"] = chosen
    try:
        yield
    finally:
        os.environ.pop("SPARPLAN_LANG", None)
        if before is not None:
            os.environ["SPARPLAN_LANG"] = before


def _invoke(arguments: list[str]) -> int:
    from typer.exceptions import Abort, TyperException
    from typer.main import get_command

    from sparplan.cli.commands import app
    from sparplan.cli.wrong_use import in_words

    command = get_command(app)
    try:
        status = command.main(arguments, prog_name="sparplan", standalone_mode=False)
    except TyperException as error:
        return _complain(in_words(error, list(getattr(command, "commands", ()))), Exit.USAGE)
    except Abort:
        status = Exit.INTERRUPTED
    except SystemExit:  # Typer's answer to a broken pipe, and to nothing else here
        return Exit.DONE
    if status == Exit.INTERRUPTED:
        return _complain(say("cli.interrupted"), Exit.INTERRUPTED)
    return status if isinstance(status, int) else Exit.DONE


def _complain(text: str, status: Exit) -> int:
    print(text, file=sys.stderr)
    return status
