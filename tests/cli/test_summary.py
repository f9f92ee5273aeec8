"""A plan as readable text."""

from sparplan.kedjor import Insatskedja, Plan, Status
from sparplan.messages import speaking
from tests.cli.conftest import BEST


def test_optimal_plan_with_all_there_is() -> None:
    title, verdict, placed, blank, track, chain, rounds, nothing_to_do, *rest = BEST.summary().splitlines()
    assert title == "Plan för Prov"
    assert verdict == f"Bevisat bästa planen: {BEST.objective} poäng."
    assert placed.startswith("2 av 3 deltagare har en plan.")
    assert "hälften klara inom 11 veckor, den längsta vägen 23 veckor" in placed
    assert (blank, track) == ("", "Spår svets:")
    assert all(part in chain for part in ("D02", "11 januari 2027", "18 juni 2027", "23 veckor"))
    assert rounds.strip() == "sfi-c-1 → svets-1"
    assert nothing_to_do.strip() == "D03 uppfyller redan alla krav. Inga insatser behövs."
    assert rest == ["", "Får ingen plan just nu:", "  D01", "    Prov."]
    assert BEST.summary().endswith("Prov.\n")


def test_in_english() -> None:
    with speaking("en"):
        assert BEST.summary().startswith("Plan for Prov\n")


def test_bound_and_gap_of_a_feasible_plan() -> None:
    assert BEST.objective
    plan = BEST.model_copy(update={"status": Status.FEASIBLE, "bound": BEST.objective // 2, "gap": 0.5})
    assert f"Ingen plan kan ha färre än {BEST.objective // 2} (högst 50,0 procent bättre)." in plan.summary()


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
