"""A plan as readable text."""

from datetime import date

from sparplan.kedjor import Insatskedja, Plan, Status
from sparplan.messages import speaking
from tests.cli.conftest import BEST


def test_optimal_plan_with_all_there_is() -> None:
    objective, first = BEST.objective, BEST.kedja("D02")
    assert BEST.summary() == (
        "Plan för Prov\n"
        f"Bevisat bästa planen: {objective} poäng.\n"
        "2 av 3 deltagare har en plan. Från den dag man kan börja till målet: "
        "hälften klara inom 11 veckor, den längsta vägen 23 veckor.\n"
        "\n"
        "Spår svets:\n"
        "  D02 kan börja 11 januari 2027 och är klar 18 juni 2027 (23 veckor).\n"
        "    sfi-c-1 → svets-1\n"
        "  D03 uppfyller redan alla krav. Inga insatser behövs.\n"
        "\n"
        "Får ingen plan just nu:\n"
        "  D01\n"
        "    Prov.\n"
    )
    assert (first.start, first.end) == (date(2027, 1, 11), date(2027, 6, 18))


def test_in_english() -> None:
    with speaking("en"):
        assert BEST.summary().startswith("Plan for Prov\n")


def test_bound_and_gap_of_a_feasible_plan() -> None:
    assert BEST.objective
    plan = BEST.model_copy(update={"status": Status.FEASIBLE, "bound": BEST.objective // 2, "gap": 0.5})
    assert f"Ingen plan kan ha färre än {BEST.objective // 2} (högst 50.00 procent bättre)." in plan.summary()


def test_nobody_placed() -> None:
    nobody = BEST.model_copy(update={"kedjor": BEST.unplaced})
    assert nobody.summary().splitlines()[2:5] == [
        "0 av 1 deltagare har en plan.",
        "",
        "Får ingen plan just nu:",
    ]


def test_everybody_placed_and_the_notes() -> None:
    everybody = BEST.model_copy(
        update={"kedjor": BEST.placed, "run": BEST.run.model_copy(update={"notes": ("En anteckning.",)})}
    )
    assert "Får ingen plan" not in everybody.summary()
    assert everybody.summary().endswith("\nEn anteckning.\n")


def test_the_middle_of_an_odd_number() -> None:
    three = tuple(
        Insatskedja(participant=f"D{weeks}", placed=True, track="svets", days=7 * weeks, points=0)
        for weeks in (1, 4, 30)
    )
    assert (
        "hälften klara inom 4 veckor, den längsta vägen 30"
        in BEST.model_copy(update={"kedjor": three}).summary()
    )


def test_no_plan() -> None:
    nothing = Plan.model_validate(
        {
            **BEST.to_document(),
            "status": "no_plan",
            "objective": None,
            "bound": None,
            "gap": None,
            "kedjor": [],
        }
    )
    assert "Ingen plan: sökningen avbröts innan den hann börja." in nothing.summary()
