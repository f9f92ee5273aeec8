"""Faulty scenarios, each the tiny one with something changed, and every issue that must be named.

`write(case, folder)` puts a case into a folder; read it with `sparplan.checks.inspect`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TINY = Path(__file__).parent / "tiny"

Expected = tuple[str, str, int | None, str | None]
"""Code, file, row, column."""

Change = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """A change to the tiny scenario, and the issues (faults and warnings) that follow from it."""

    name: str
    changes: tuple[Change, ...]
    expected: tuple[Expected, ...]

    def __str__(self) -> str:
        return self.name


def write(case: Case, folder: Path) -> Path:
    """Write a case into an empty folder; the path to read."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in TINY.iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    for change in case.changes:
        change(folder)
    return folder


def edit(file: str, old: str, new: str) -> Change:
    """Replace a text that stands once in a file."""

    def change(folder: Path) -> None:
        text = (folder / file).read_bytes().decode()
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        (folder / file).write_bytes(text.replace(old, new).encode())

    return change


def put(file: str, content: str | bytes) -> Change:
    """Write a whole file."""
    data = content.encode() if isinstance(content, str) else content

    def change(folder: Path) -> None:
        (folder / file).write_bytes(data)

    return change


def add(file: str, row: str) -> Change:
    """Add a row at the end."""

    def change(folder: Path) -> None:
        with (folder / file).open("ab") as stream:
            stream.write(f"{row}\n".encode())

    return change


def remove(file: str) -> Change:
    """Remove a file."""
    return lambda folder: (folder / file).unlink()


def encode(file: str, encoding: str) -> Change:
    """Write a file anew in another encoding."""

    def change(folder: Path) -> None:
        (folder / file).write_bytes((folder / file).read_bytes().decode().encode(encoding))

    return change


def semicolons(file: str) -> Change:
    """Separate columns by semicolons (of a file without lists)."""

    def change(folder: Path) -> None:
        (folder / file).write_bytes((folder / file).read_bytes().replace(b",", b";"))

    return change


def case(name: str, *parts: Change | Expected) -> Case:
    """A case out of its changes and the issues expected."""
    changes = tuple(part for part in parts if not isinstance(part, tuple))
    return Case(name, changes, tuple(part for part in parts if isinstance(part, tuple)))


YAML, PLACES, TRAVEL, KOMPETENSER = "scenario.yaml", "places.csv", "travel.csv", "kompetenser.csv"
INSATSER, DURATIONS, ROUNDS = "insatser.csv", "durations.csv", "rounds.csv"
PROFILER, TRACKS, PARTICIPANTS = "kompetensprofiler.csv", "tracks.csv", "participants.csv"

FILES = [
    case("no_table", remove(ROUNDS), ("missing_file", ROUNDS, None, None)),
    case("no_settings", remove(YAML), ("missing_file", YAML, None, None)),
    case(
        "misnamed_table",
        remove(PLACES),
        put("place.csv", "place,name\n"),
        ("missing_file", PLACES, None, None),
        ("unknown_file", "place.csv", None, None),
    ),
    case("empty_table", put(TRACKS, ""), ("empty_file", TRACKS, None, None)),
    case("blank_table", put(TRACKS, ",,,\n,,,\n"), ("empty_file", TRACKS, None, None)),
    case("broken_header", edit(PLACES, "place,name", 'place,"name'), ("unclosed_quote", PLACES, 1, None)),
    case("latin_1", encode(PLACES, "latin-1"), ("wrong_encoding", PLACES, 3, None)),
    case("utf_16", encode(KOMPETENSER, "utf-16"), ("wrong_encoding_mark", KOMPETENSER, 1, None)),
    case(
        "latin_1_yaml",
        put(YAML, b"name: V\xe4st\n"),
        ("wrong_encoding", YAML, 1, None),
        ("missing_key", YAML, None, "planning_date"),
        ("missing_key", YAML, None, "horizon"),
    ),
    case("semicolons", semicolons(TRAVEL), ("wrong_separator", TRAVEL, 1, None)),
    case("old_line_ends", put(DURATIONS, "insats,when,weeks\rpraktik,,4\r"), ("bare_cr", DURATIONS, 1, None)),
    case("late_header", put(DURATIONS, "\n\ninsats,when,weeks\n"), ("header_not_first", DURATIONS, 3, None)),
]

HEADERS = [
    case("unknown_column", edit(ROUNDS, ",seats,", ",sets,"), ("unknown_column", ROUNDS, 1, "sets")),
    case(
        "missing_column",
        put(TRACKS, "track,name\nsvetsare,Svetsare\n"),
        ("missing_column", TRACKS, 1, "profile"),
    ),
    case(
        "missing_id_column",
        edit(PLACES, "place,", "plats,"),
        ("unknown_column", PLACES, 1, "plats"),
        ("missing_column", PLACES, 1, "place"),
    ),
    case(
        "duplicate_column",
        edit(DURATIONS, "when,weeks", "when,weeks,weeks"),
        ("duplicate_column", DURATIONS, 1, "weeks"),
    ),
    case("empty_header", edit(DURATIONS, "when,weeks", "when,weeks,"), ("empty_header", DURATIONS, 1, "4")),
    case(
        "capital_column",
        edit(TRAVEL, "minutes", "Minutes"),
        ("unknown_column", TRAVEL, 1, "Minutes"),
        ("missing_column", TRAVEL, 1, "minutes"),
    ),
]

CELLS = [
    case("too_many_cells", add(TRAVEL, "gislaved,varnamo,bike,90,snö"), ("too_many_cells", TRAVEL, 4, None)),
    case("unclosed_quote", add(KOMPETENSER, 'truck,"Truck,A<B'), ("unclosed_quote", KOMPETENSER, 5, None)),
    case(
        "text_after_quote",
        add(KOMPETENSER, 'truck,"Truck" A,A<B'),
        ("text_after_quote", KOMPETENSER, 5, None),
    ),
    case(
        "line_break_in_cell",
        add(KOMPETENSER, 'truck,"Truck\nAB",A'),
        ("control_character", KOMPETENSER, 5, "name"),
    ),
    case("nul", add(KOMPETENSER, "truck,Tru\0ck,A"), ("control_character", KOMPETENSER, 5, "name")),
    case("tab", edit(PLACES, "Gislaved", "Gis\tlaved"), ("control_character", PLACES, 2, "name")),
    case("long_cell", edit(PLACES, "Gislaved", "a" * 32_768), ("cell_too_long", PLACES, 2, "name")),
    case("empty_required", edit(PLACES, "Gislaved", ""), ("missing_cell", PLACES, 2, "name")),
    case("bad_id", add(KOMPETENSER, "tung svets,Svets,"), ("bad_id", KOMPETENSER, 5, "kompetens")),
    case("bad_date", edit(ROUNDS, "2027-05-30", "2027-02-30"), ("bad_date", ROUNDS, 2, "end")),
    case("slash_date", edit(ROUNDS, "2027-05-30", "30/5 2027"), ("bad_date", ROUNDS, 2, "end")),
    case("absurd_date", edit(ROUNDS, "2027-05-30", "9999-12-31"), ("absurd_date", ROUNDS, 2, "end")),
    case(
        "pace_too_high", edit(ROUNDS, "2027-05-30,50", "2027-05-30,150"), ("out_of_range", ROUNDS, 2, "pace")
    ),
    case("pace_zero", edit(ROUNDS, "2027-05-30,50", "2027-05-30,0"), ("out_of_range", ROUNDS, 2, "pace")),
    case("negative_seats", edit(ROUNDS, ",100,10,5,", ",100,-10,5,"), ("out_of_range", ROUNDS, 3, "seats")),
    case("half_seat", edit(ROUNDS, ",50,15,", ",50,1.5,"), ("not_whole_number", ROUNDS, 2, "seats")),
    case("zero_weeks", edit(DURATIONS, "attr:af,4", "attr:af,0"), ("out_of_range", DURATIONS, 2, "weeks")),
    case("decimal_comma", edit(PLACES, "57.303", '"57,303"'), ("not_number", PLACES, 2, "lat")),
    case("unknown_kind", edit(INSATSER, ",sfi,", ",svi,"), ("unknown_word", INSATSER, 2, "kind")),
    case("unknown_mode", edit(PARTICIPANTS, ",car,", ",bil,"), ("unknown_word", PARTICIPANTS, 2, "modes")),
    case("saturday", edit(ROUNDS, "mon;tue;wed", "mon;sat"), ("unknown_word", ROUNDS, 2, "days")),
    case("day_twice", edit(ROUNDS, "mon;tue;wed", "mon;tue;mon"), ("item_twice", ROUNDS, 2, "days")),
    case("maybe", edit(INSATSER, ",yes,", ",kanske,"), ("not_yes_no", INSATSER, 4, "bridge")),
    case("lonely_semicolon", edit(ROUNDS, "mon;tue;wed", "mon;;wed"), ("empty_item", ROUNDS, 2, "days")),
    case(
        "level_without_value",
        edit(PARTICIPANTS, "svets=1", "svets"),
        ("bad_level_pair", PARTICIPANTS, 2, "claims"),
    ),
    case("bad_level_name", edit(KOMPETENSER, "1<2<3", "1|2"), ("bad_character", KOMPETENSER, 3, "levels")),
    case(
        "bad_attribute",
        edit(PARTICIPANTS, "studievag=2", "studievag="),
        ("bad_attribute", PARTICIPANTS, 3, "attributes"),
    ),
    case(
        "bad_pin",
        edit(PARTICIPANTS, "@2027-01-11..2027-02-07", "@2027-01-11"),
        ("bad_pin", PARTICIPANTS, 3, "pinned"),
    ),
    case(
        "pin_reversed",
        edit(PARTICIPANTS, "2027-01-11..2027-02-07", "2027-02-07..2027-01-11"),
        ("pin_reversed", PARTICIPANTS, 3, "pinned"),
    ),
]

EXPRESSIONS = [
    case(
        f"expression_{code}",
        edit(INSATSER, "svenska>=B", text),
        (f"expression_{code}", INSATSER, 2, "requires"),
    )
    for code, text in (
        ("empty", "svenska>=B | "),
        ("operator", "svenska<=B"),
        ("id", "svenska B"),
        ("level", "svenska>="),
        ("negation", "!svenska>=B"),
        ("prefix", "level:svenska"),
        ("parenthesis", "(svenska>=B | svets)"),
    )
]

YAML_FAULTS = [
    case("not_yaml", edit(YAML, "name: Prov", "name: [Prov"), ("not_yaml", YAML, 2, None)),
    case("yaml_list", put(YAML, "- name\n"), ("not_mapping", YAML, None, None)),
    case("empty_yaml", put(YAML, "# ingenting\n"), ("empty_settings", YAML, None, None)),
    case("yaml_nul", edit(YAML, "name: Prov", "name: Pr\0v"), ("control_character", YAML, 1, None)),
    case("yaml_tag", edit(YAML, "Prov", "!!python/name:os.system x"), ("yaml_tag", YAML, 1, "name")),
    case(
        "yaml_alias",
        edit(YAML, "max_gap_days: 0", "max_gap_days: &n 0"),
        edit(YAML, "day: 100", "day: *n"),
        ("yaml_alias", YAML, 13, "policy.max_gap_days"),
        ("yaml_alias", YAML, 16, "policy.points.day"),
    ),
    case(
        "yaml_twice", edit(YAML, "name: Prov", "name: Prov\nname: Annat"), ("duplicate_key", YAML, 2, "name")
    ),
    case(
        "two_documents",
        edit(YAML, "    day: 100\n", "    day: 100\n---\nname: B\n"),
        ("yaml_documents", YAML, 17, None),
    ),
    case("deep_yaml", put(YAML, "name: " + "[" * 2000), ("too_deep", YAML, None, None)),
    case("unknown_key", edit(YAML, "min_pace", "minpace"), ("unknown_key", YAML, 14, "policy.minpace")),
    case("missing_key", edit(YAML, "  end: 2028-12-31\n", ""), ("missing_key", YAML, 3, "horizon.end")),
    case(
        "scalar_horizon",
        edit(YAML, "horizon:\n  start: 2026-11-23\n  end: 2028-12-31", "horizon: 2027"),
        ("not_mapping", YAML, 3, "horizon"),
    ),
    case("bad_points", edit(YAML, "day: 100", "day: -1"), ("out_of_range", YAML, 16, "policy.points.day")),
    case(
        "text_breaks",
        put(
            YAML,
            "name: A\nplanning_date: 2027-01-01\nhorizon: {start: 2027-01-01, end: 2028-12-31}\n"
            "calendar: {breaks: Jul}\n",
        ),
        ("not_list", YAML, 4, "calendar.breaks"),
    ),
    case(
        "reversed_horizon",
        edit(YAML, "end: 2028-12-31", "end: 2025-12-31"),
        ("reversed_interval", YAML, 5, "horizon.end"),
    ),
    case(
        "long_horizon",
        edit(YAML, "end: 2028-12-31", "end: 2128-12-31"),
        ("horizon_too_long", YAML, 5, "horizon.end"),
    ),
    case(
        "reversed_break",
        edit(YAML, "end: 2027-01-06", "end: 2026-01-06"),
        ("reversed_interval", YAML, 11, "calendar.breaks.1.end"),
    ),
    case(
        "late_today",
        edit(YAML, "planning_date: 2026-11-23", "planning_date: 2029-11-23"),
        ("planning_date_outside", YAML, 2, "planning_date"),
    ),
    case(
        "unknown_country",
        edit(YAML, "country: SE", "country: Sverige"),
        ("unknown_country", YAML, 7, "calendar.country"),
    ),
]

REFERENCES = [
    case(
        "unknown_place",
        edit(TRAVEL, "varnamo,public", "vernamo,public"),
        ("unknown_reference", TRAVEL, 3, "to"),
    ),
    case(
        "unknown_insats",
        edit(ROUNDS, "sfi-1,sfi_c", "sfi-1,sfi_d"),
        ("unknown_reference", ROUNDS, 2, "insats"),
    ),
    case("unknown_duration", add(DURATIONS, "praktk,,8"), ("unknown_reference", DURATIONS, 3, "insats")),
    case(
        "unknown_kompetens",
        edit(INSATSER, "svenska>=B", "svenka>=B"),
        ("unknown_reference", INSATSER, 2, "requires"),
    ),
    case(
        "unknown_level",
        edit(INSATSER, "svenska>=B", "svenska>=E"),
        ("unknown_level", INSATSER, 2, "requires"),
    ),
    case(
        "unknown_claim_level",
        edit(INSATSER, "claim:svenska>=D", "claim:svenska>=E"),
        ("unknown_level", INSATSER, 3, "requires"),
    ),
    case(
        "unknown_provided",
        edit(INSATSER, "svenska=C", "svenska=X"),
        ("unknown_level", INSATSER, 2, "provides"),
    ),
    case("unknown_krav", edit(PROFILER, "svets,2", "svets,9"), ("unknown_level", PROFILER, 2, "level")),
    case(
        "unknown_alongside",
        edit(INSATSER, "insats:praktik", "insats:praktk"),
        ("unknown_reference", INSATSER, 5, "alongside"),
    ),
    case(
        "insats_in_eligibility",
        edit(INSATSER, "attr:af |", "insats:praktik |"),
        ("insats_not_here", INSATSER, 3, "eligibility"),
    ),
    case(
        "unknown_profile",
        edit(TRACKS, "Svetsare,svetsare", "Svetsare,svetsar"),
        ("unknown_reference", TRACKS, 2, "profile"),
    ),
    case(
        "profile_without_rows",
        put(PROFILER, "profile,kompetens,level\n"),
        ("unknown_reference", TRACKS, 2, "profile"),
    ),
    case(
        "unknown_track",
        edit(PARTICIPANTS, "D01,svetsare", "D01,svetsaren"),
        ("unknown_reference", PARTICIPANTS, 2, "tracks"),
    ),
    case(
        "unknown_home",
        edit(PARTICIPANTS, ",gislaved,", ",anderstorp,"),
        ("unknown_reference", PARTICIPANTS, 2, "home"),
    ),
    case(
        "unknown_start_level",
        edit(PARTICIPANTS, "svenska=B", "svenska=Q"),
        ("unknown_level", PARTICIPANTS, 2, "levels"),
    ),
    case(
        "unknown_pin",
        edit(PARTICIPANTS, ",sfi-1,", ",sfi-9,"),
        ("unknown_reference", PARTICIPANTS, 2, "pinned"),
    ),
    case(
        "unknown_excluded",
        edit(PARTICIPANTS, "korkort-1;", "korkort-7;"),
        ("unknown_excluded", PARTICIPANTS, 3, "excluded"),
    ),
    case(
        "unknown_reservation",
        edit(ROUNDS, "svetsare;0662", "svetsare;0999"),
        ("unknown_reservation", ROUNDS, 3, "reserved_for"),
    ),
    case(
        "lost_zero",
        edit(PLACES, "0662", "662"),
        ("short_municipality", PLACES, 2, "municipality"),
        ("home_nowhere", INSATSER, 3, "eligibility"),
        ("unknown_reservation", ROUNDS, 3, "reserved_for"),
    ),
    case("duplicate_id", add(PLACES, "gislaved,Igen,,,"), ("duplicate_id", PLACES, 4, "place")),
    case("duplicate_travel", add(TRAVEL, "gislaved,varnamo,car,45"), ("duplicate_row", TRAVEL, 4, None)),
    case(
        "duplicate_krav_by_default",
        add(PROFILER, "svetsare,Språk,svenska,C,krav,5"),
        ("duplicate_row", PROFILER, 5, None),
    ),
]

ROUND_FAULTS = [
    case("reversed_round", edit(ROUNDS, "2027-05-30", "2026-05-30"), ("reversed_interval", ROUNDS, 2, "end")),
    case("reversed_track", edit(TRACKS, "2028-06-30", "2025-06-30"), ("reversed_interval", TRACKS, 2, "end")),
    case("no_place", edit(ROUNDS, "sfi_c,gislaved", "sfi_c,"), ("round_without_place", ROUNDS, 2, "place")),
    case(
        "tuesday",
        edit(ROUNDS, "rolling,2027-01-11", "rolling,2027-01-12"),
        ("start_not_monday", ROUNDS, 4, "start"),
        ("pin_outside_round", PARTICIPANTS, 3, "pinned"),
    ),
    case(
        "no_weeks",
        edit(ROUNDS, ",4,12,2,", ",,,2,"),
        edit(DURATIONS, "praktik,attr:af,4\n", ""),
        ("weeks_missing", ROUNDS, 4, "weeks_min"),
    ),
    case("weeks_reversed", edit(ROUNDS, ",4,12,2,", ",12,4,2,"), ("weeks_reversed", ROUNDS, 4, "weeks_max")),
    case(
        "dates_of_fixed",
        edit(PARTICIPANTS, ",sfi-1,", ",sfi-1@2027-01-11..2027-05-30,"),
        ("pin_dates_on_fixed_round", PARTICIPANTS, 2, "pinned"),
    ),
    case(
        "pin_outside",
        edit(PARTICIPANTS, "2027-02-07", "2028-07-07"),
        ("pin_outside_round", PARTICIPANTS, 3, "pinned"),
    ),
    case(
        "pin_excluded",
        edit(PARTICIPANTS, "korkort-1; sfi_c", "praktik"),
        ("pin_excluded", PARTICIPANTS, 3, "pinned"),
    ),
    case(
        "pinned_round_excluded",
        edit(PARTICIPANTS, "korkort-1; sfi_c", "praktik-1"),
        ("pin_excluded", PARTICIPANTS, 3, "pinned"),
    ),
]

SEVERAL = [
    case(
        "a_bad_row_keeps_its_id",
        edit(ROUNDS, "2027-05-30,50,15", "snart,halvtid,många"),
        ("bad_date", ROUNDS, 2, "end"),
        ("not_whole_number", ROUNDS, 2, "pace"),
        ("not_whole_number", ROUNDS, 2, "seats"),
    ),
    case(
        "one_of_everything",
        edit(YAML, "country: SE", "contry: SE"),
        edit(PLACES, "Gislaved", ""),
        edit(INSATSER, "svenska>=B", "svenska>B"),
        edit(ROUNDS, "2027-05-30,50", "2026-05-30,500"),
        edit(PARTICIPANTS, "D01,svetsare,gislaved", "D01,svetsarn,gislave"),
        ("unknown_key", YAML, 7, "calendar.contry"),
        ("missing_cell", PLACES, 2, "name"),
        ("expression_operator", INSATSER, 2, "requires"),
        ("reversed_interval", ROUNDS, 2, "end"),
        ("out_of_range", ROUNDS, 2, "pace"),
        ("unknown_reference", PARTICIPANTS, 2, "tracks"),
        ("unknown_reference", PARTICIPANTS, 2, "home"),
    ),
    case(
        "broken_line_keeps_its_id",
        edit(PARTICIPANTS, ",sfi-1,", ",praktik-1,"),
        edit(ROUNDS, "korkort-1,korkort,,", 'korkort-1,"korkort,,'),
        edit(PARTICIPANTS, "svenska=B", "svenska=Q"),
        ("unclosed_quote", ROUNDS, 5, None),
        ("unknown_level", PARTICIPANTS, 2, "levels"),
    ),
    case(
        "half_a_horizon_and_half_a_round",
        edit(YAML, "end: 2028-12-31", "end: sent"),
        edit(YAML, "planning_date: 2026-11-23", "planning_date: 2020-11-23"),
        edit(ROUNDS, "rolling,2027-01-11,2028-06-30", "rolling,2027-01-18,sent"),
        ("bad_date", YAML, 5, "horizon.end"),
        ("bad_date", ROUNDS, 4, "end"),
    ),
    case(
        "lost_length",
        edit(ROUNDS, ",4,12,2,", ",,,2,"),
        edit(DURATIONS, "praktik,attr:af", "prak tik,attr:af"),
        ("bad_id", DURATIONS, 2, "insats"),
    ),
    case(
        "lost_table_hides_no_other_fault",
        remove(PLACES),
        edit(ROUNDS, "2027-05-30", "2026-05-30"),
        ("missing_file", PLACES, None, None),
        ("reversed_interval", ROUNDS, 2, "end"),
    ),
]

CASES = [*FILES, *HEADERS, *CELLS, *EXPRESSIONS, *YAML_FAULTS, *REFERENCES, *ROUND_FAULTS, *SEVERAL]
