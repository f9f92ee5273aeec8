"""What is wrong with a command line, in our words: Typer's own are English."""

from sparplan.messages import say


def in_words(error: Exception, commands: list[str]) -> str:
    """Say what is wrong with a command line.

    Parameters
    ----------
    error
        What Typer raised. Its classes aren't public, so they are told by name.
    commands
        The names of all commands.
    """
    problem = str(getattr(error, "format_message", error.__str__)())
    option = getattr(error, "option_name", "?")
    match type(error).__name__:
        case "NoArgsIsHelpError":
            text = problem
        case "NoSuchOption":
            near = ", ".join(getattr(error, "possibilities", None) or ["--help"])
            text = say("cli.no_such_option", option=option, near=near)
        case "MissingParameter":
            text = say("cli.missing", name=_name_of(error))
        case "BadParameter":
            text = _bad_value(error)
        case "BadOptionUsage":
            key = "cli.value_missing" if "requires" in problem else "cli.value_not_wanted"
            text = say(key, option=option)
        case _:
            text = _wrong_words(problem, commands)
    return text


def _wrong_words(problem: str, commands: list[str]) -> str:
    """An unknown command, or more words than a command takes."""
    if problem.startswith("No such command '"):
        return say("cli.no_such_command", given=problem.split("'")[1], known=", ".join(commands))
    if problem.startswith("Got unexpected extra argument"):
        return say("cli.too_many_arguments", given=problem.partition("(s) (")[2].removesuffix(")"))
    return say("cli.wrong_use", problem=problem)


def _name_of(error: Exception) -> str:
    """The option or argument that an error is about, as it is written."""
    parameter = getattr(error, "param", None)
    if getattr(parameter, "param_type_name", "") == "option":
        return str(max(getattr(parameter, "opts", ["?"]), key=len))
    return str(getattr(parameter, "metavar", None) or getattr(parameter, "name", "?"))


def _bad_value(error: Exception) -> str:
    """A value that an option can't take: numbers are read by pydantic, the rest by us."""
    name = _name_of(error)
    details = getattr(error.__cause__, "errors", None)
    if details is None:
        return say("cli.bad_value", name=name, problem=getattr(error, "message", error))
    first = details(include_url=False)[0]
    key = "cli.not_whole_number" if str(first["type"]).startswith("int") else "cli.not_number"
    return say(key, name=name, value=first["input"])
