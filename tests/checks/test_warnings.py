"""What is legal but suspicious: a warning with its place, and still a scenario."""

from pathlib import Path

import pytest

from sparplan.checks import inspect
from tests.checks.faulty_cases import (
    DURATIONS,
    INSATSER,
    KOMPETENSER,
    PARTICIPANTS,
    PLACES,
    PROFILER,
    ROUNDS,
    TRAVEL,
    Case,
    add,
    case,
    edit,
    put,
    remove,
    write,
)

ROLLING = "rolling,2027-01-11,2028-06-30,100,4,"

CASES = [
    case(
        "krav_nowhere",
        edit(KOMPETENSER, "b_korkort,Körkort B,", "b_korkort,Körkort B,\ntruck,Truck,A<B"),
        add(PROFILER, "svetsare,,truck,A,,"),
        ("krav_nowhere", PROFILER, 5, "level"),
    ),
    case("krav_too_high", edit(PROFILER, "svets,2", "svets,3"), ("krav_nowhere", PROFILER, 2, "level")),
    case(
        "insats_for_nobody",
        edit(INSATSER, "attr:af |", "attr:kund ; attr:af |"),
        ("insats_for_nobody", INSATSER, 3, "insats"),
    ),
    case(
        "nothing_to_validate",
        edit(PARTICIPANTS, ",svets=2,", ",,"),
        ("insats_for_nobody", INSATSER, 6, "insats"),
    ),
    case(
        "insats_without_rounds",
        add(INSATSER, "hlr,Hlr,other,,,,,,,,,"),
        ("insats_without_rounds", INSATSER, 7, "insats"),
    ),
    case(
        "circle",
        edit(KOMPETENSER, "b_korkort,Körkort B,", "b_korkort,Körkort B,\nx,X,\ny,Y,"),
        add(INSATSER, "ger_x,Ger x,other,,y,x=ja,,,,,,\nger_y,Ger y,other,,x,y=ja,,,,,,"),
        add(ROUNDS, "x-1,ger_x,,distance,,2027-02-01,2027-02-05,25,,,,,,,,"),
        add(ROUNDS, "y-1,ger_y,,distance,,2027-02-01,2027-02-05,25,,,,,,,,"),
        ("circle", INSATSER, 7, "requires"),
    ),
    case("no_road", add(PLACES, "jonkoping,Jönköping,0680,,"), ("place_without_roads", PLACES, 4, "place")),
    case(
        "round_out_of_reach",
        add(PLACES, "jonkoping,Jönköping,0680,,\nhusqvarna,Huskvarna,0680,,"),
        add(TRAVEL, "jonkoping,husqvarna,bike,20"),
        edit(ROUNDS, "svetsning,varnamo", "svetsning,jonkoping"),
        ("place_out_of_reach", PLACES, 4, "place"),
    ),
    case(
        "home_without_rounds",
        add(PLACES, "jonkoping,Jönköping,0680,,\nhusqvarna,Huskvarna,0680,,"),
        add(TRAVEL, "jonkoping,husqvarna,bike,20"),
        add(PARTICIPANTS, "D03,svetsare,jonkoping,,,,,,svenska=C,,af,,,"),
        ("home_without_rounds", PLACES, 4, "place"),
    ),
    case(
        "round_after_horizon",
        add(ROUNDS, "sfi-2,sfi_c,gislaved,,,2029-01-08,2029-05-30,50,15,,,,,,,"),
        ("round_outside_horizon", ROUNDS, 7, "start"),
    ),
    case(
        "round_before_horizon",
        add(ROUNDS, "sfi-2,sfi_c,gislaved,,,2026-01-12,2026-05-29,50,15,,,,,,,"),
        ("round_outside_horizon", ROUNDS, 7, "end"),
    ),
    case(
        "durations_of_fixed",
        add(DURATIONS, "sfi_c,,20"),
        ("durations_without_rolling", DURATIONS, 3, "insats"),
    ),
    case(
        "duration_never_counts",
        edit(DURATIONS, "attr:af,4", ",4\npraktik,attr:af,8"),
        ("duration_never_counts", DURATIONS, 3, "insats"),
    ),
    case(
        "long_duration",
        edit(DURATIONS, "attr:af,4", "attr:af,80"),
        ("weeks_do_not_fit", DURATIONS, 2, "weeks"),
    ),
    case(
        "weeks_do_not_fit",
        edit(ROUNDS, ",4,12,2,", ",80,90,2,"),
        ("weeks_do_not_fit", ROUNDS, 4, "weeks_min"),
    ),
    case(
        "weeks_of_fixed",
        edit(ROUNDS, "mon;tue;wed,,", "mon;tue;wed,4,"),
        ("weeks_of_fixed", ROUNDS, 2, "weeks_min"),
    ),
    case(
        "least_of_rolling",
        edit(ROUNDS, ROLLING, ROLLING + "2"),
        ("min_participants_of_rolling", ROUNDS, 4, "min_participants"),
    ),
    case(
        "least_above_seats",
        edit(ROUNDS, ",100,10,5,", ",100,4,5,"),
        ("min_participants_above_seats", ROUNDS, 3, "min_participants"),
    ),
    case(
        "days_of_distance",
        edit(ROUNDS, "2027-03-28,25,,,,,", "2027-03-28,25,,,,mon,"),
        ("days_of_distance", ROUNDS, 5, "days"),
    ),
    case(
        "home_nowhere", edit(INSATSER, "home:0662", "home:0999"), ("home_nowhere", INSATSER, 3, "eligibility")
    ),
    case(
        "no_time",
        edit(PARTICIPANTS, "2028-06-30", "2026-06-30"),
        ("no_time_at_all", PARTICIPANTS, 2, "latest_end"),
    ),
    case("foreign_table", put("kurser.csv", "a,b\n"), ("unknown_file", "kurser.csv", None, None)),
]

LEGAL = [
    case("seat_options_beside", put("seat_options.csv", "round,seats\n"), put("README.md", "Läs mig")),
    case(
        "history_before_the_horizon",
        add(ROUNDS, "sfi-0,sfi_c,gislaved,,,2026-01-12,2026-05-29,50,15,,,,,,,"),
        edit(PARTICIPANTS, ",sfi-1,", ",sfi-0; sfi-1,"),
    ),
    case("free_before_today", edit(PARTICIPANTS, "2026-11-23,2028", "2026-01-01,2028")),
    case("blanks_around", edit(PLACES, "gislaved,Gislaved", " gislaved , Gislaved ")),
    case("blank_lines", add(PLACES, "\n,,,,\n")),
    case("short_row", edit(PLACES, "gislaved,Gislaved,0662,57.303,13.536", "gislaved,Gislaved,0662")),
    case("quotes", edit(PLACES, "Gislaved", '"Gislaved, ""centrum"""')),
    case(
        "names_with_spaces",
        edit(KOMPETENSER, "A<B<C<D", "A<B<C<D<sva grund"),
        edit(PARTICIPANTS, "af; age_25", "af; i Sverige sedan = 2 år"),
        edit(PROFILER, "Språk", "Språk och samtal: (B | C) @ jobbet!"),
    ),
    case(
        "side_by_side_needs_each_other",
        add(INSATSER, "kurs,Kurs,other,,,,insats:stod,,,,,\nstod,Stöd,stod,,,,insats:kurs,,,,,"),
        add(ROUNDS, "kurs-1,kurs,,distance,,2027-02-01,2027-02-05,25,,,,,,,,"),
        add(ROUNDS, "stod-1,stod,,distance,,2027-02-01,2027-02-05,25,,,,,,,,"),
    ),
    case(
        "steps_of_one_kompetens_are_no_circle",
        add(INSATSER, "sfi_b,Sfi B,sfi,,svenska>=A | svenska>=B,svenska=B,,,,,,"),
        add(ROUNDS, "sfib-1,sfi_b,,distance,,2027-02-01,2027-02-05,25,,,,,,,,"),
    ),
    case("yaml_says_no", edit("scenario.yaml", "country: SE", "country: NO")),
    case("yaml_number_as_name", edit("scenario.yaml", "name: Prov", "name: 2027")),
    case(
        "yaml_without_the_rest",
        put(
            "scenario.yaml",
            "name: A\nplanning_date: 2026-11-23\n"
            "horizon: {start: 2026-11-23, end: 2028-12-31}\ncalendar:\npolicy: {}\n",
        ),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_warned(case: Case, tmp_path: Path) -> None:
    scenario, report = inspect(write(case, tmp_path))
    assert scenario is not None
    assert [(i.code, i.where.file, i.where.row, i.where.column) for i in report.warnings] == list(
        case.expected
    )


@pytest.mark.parametrize("case", LEGAL, ids=str)
def test_legal_without_a_word(case: Case, tmp_path: Path) -> None:
    scenario, report = inspect(write(case, tmp_path))
    assert report.issues == ()
    assert scenario is not None


def test_tables_without_rows_are_legal(tmp_path: Path) -> None:
    path = write(case("empty"), tmp_path)
    for table in path.glob("*.csv"):
        table.write_text(table.read_text().splitlines()[0] + "\n")
    scenario, report = inspect(path)
    assert scenario is not None and not report.faults
    assert scenario.participants == ()


def test_no_participants_is_no_reason_to_warn(tmp_path: Path) -> None:
    header = "participant,tracks,home\n"
    _, report = inspect(write(case("nobody", put(PARTICIPANTS, header)), tmp_path))
    assert report.issues == ()


def test_optional_tables_may_be_missing(tmp_path: Path) -> None:
    scenario, report = inspect(write(case("no travel", remove(TRAVEL), remove(DURATIONS)), tmp_path))
    assert scenario is not None and not report.faults
    assert {issue.code for issue in report.warnings} == {"place_without_roads"}
