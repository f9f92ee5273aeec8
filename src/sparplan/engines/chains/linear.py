"""Linear programmes by MathOpt: from the last one's basis, or by interior points where much is new."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sparplan.engines.chains.labels.layout import Ints

if TYPE_CHECKING:
    from ortools.math_opt.python import mathopt

MOST_NEW = 1_000  # columns since the last basis; with more, HiGHS' interior points are quicker than simplex
Floats = npt.NDArray[np.float64]
Basis = Mapping[Hashable, bool]
"""By name of a variable or row: whether it was basic."""


@dataclass(frozen=True, slots=True)
class LinearProgram:
    """Min costs·x, x ≥ 0, the first `num_equal` rows equal to `upper`, the others at most.

    Attributes
    ----------
    rows, columns, coefficients
        Where the coefficients stand, and what they are.
    """

    rows: Ints
    columns: Ints
    coefficients: Floats
    costs: Floats
    upper: Floats
    num_equal: int


class Rows:
    """The rows of a programme as they are added.

    Attributes
    ----------
    names
        By which they are found again in a basis.
    """

    def __init__(self) -> None:
        self.names: list[Hashable] = []
        self._upper: list[Floats] = []
        self._rows: list[Ints] = []
        self._columns: list[Ints] = []
        self._coefficients: list[Floats] = []

    def add(
        self,
        names: Sequence[Hashable],
        upper: npt.ArrayLike,
        rows: Ints,
        columns: Ints,
        coefficients: Floats | None = None,
    ) -> slice:
        """Add some rows; where they stand.

        Parameters
        ----------
        rows, columns, coefficients
            Where the coefficients stand, rows counted from the first of these, and what they are (1 unless
            told).
        """
        first = len(self.names)
        self.names.extend(names)
        self._upper.append(np.asarray(upper, dtype=float))
        self._rows.append(first + rows)
        self._columns.append(columns)
        self._coefficients.append(np.ones(len(rows)) if coefficients is None else coefficients)
        return slice(first, len(self.names))

    def programme(self, costs: Floats, num_equal: int) -> LinearProgram:
        """The programme with these rows."""
        return LinearProgram(
            np.concatenate(self._rows),
            np.concatenate(self._columns),
            np.concatenate(self._coefficients),
            costs,
            np.concatenate(self._upper),
            num_equal,
        )


@dataclass(frozen=True, slots=True)
class LinearSolution:
    """An optimal solution."""

    value: float
    values: Floats
    duals: Floats
    basis: Basis


def solve_lp(
    programme: LinearProgram, variables: Sequence[Hashable], rows: Sequence[Hashable], start: Basis
) -> LinearSolution:
    """Solve: by primal simplex from the last basis, or by interior points where much is new.

    Parameters
    ----------
    variables, rows
        Names by which they are found again in a basis; those not in it start outside (variables) and inside
        (rows).
    start
        Basis of a programme with fewer columns or rows; empty if there is none.
    """
    model = _model(programme)
    num_new = sum(name not in start for name in variables)
    result = _by_interior_points(model) if num_new > MOST_NEW else None
    if result is None:
        result = _by_simplex(model, programme, variables, rows, start)
    return _solution(model, result, variables, rows)


def _by_interior_points(model: "mathopt.Model") -> "mathopt.SolveResult | None":
    """An optimal result with a basis; None where numbers failed it, which HiGHS reports as an error."""
    from ortools.math_opt.python import mathopt

    settings = mathopt.SolveParameters(lp_algorithm=mathopt.LPAlgorithm.BARRIER)
    try:
        result = mathopt.solve(model, mathopt.SolverType.HIGHS, params=settings)
    except Exception:  # which one depends on how MathOpt translates the status of HiGHS
        return None
    is_optimal = result.termination.reason is mathopt.TerminationReason.OPTIMAL
    return result if is_optimal and result.solutions[0].basis is not None else None


def _by_simplex(
    model: "mathopt.Model",
    programme: LinearProgram,
    variables: Sequence[Hashable],
    rows: Sequence[Hashable],
    start: Basis,
) -> "mathopt.SolveResult":
    from ortools.math_opt.python import mathopt

    settings = mathopt.ModelSolveParameters()
    if start:
        basic, lower = mathopt.BasisStatus.BASIC, mathopt.BasisStatus.AT_LOWER_BOUND
        upper, fixed = mathopt.BasisStatus.AT_UPPER_BOUND, mathopt.BasisStatus.FIXED_VALUE
        settings.initial_basis = mathopt.Basis(
            variable_status={
                variable: basic if start.get(name, False) else lower
                for variable, name in zip(model.variables(), variables, strict=True)
            },
            constraint_status={
                row: basic if start.get(name, True) else fixed if number < programme.num_equal else upper
                for number, (row, name) in enumerate(zip(model.linear_constraints(), rows, strict=True))
            },
        )
    return mathopt.solve(
        model, mathopt.SolverType.GLOP, params=mathopt.SolveParameters(), model_params=settings
    )


def _solution(
    model: "mathopt.Model",
    result: "mathopt.SolveResult",
    variables: Sequence[Hashable],
    rows: Sequence[Hashable],
) -> LinearSolution:
    from ortools.math_opt.python import mathopt

    values, duals = result.variable_values(), result.dual_values()
    found = result.solutions[0].basis
    known, constraints = list(model.variables()), list(model.linear_constraints())
    basis: dict[Hashable, bool] = {}
    if found is not None:
        basic = mathopt.BasisStatus.BASIC
        basis.update(
            (name, found.variable_status[variable] == basic)
            for variable, name in zip(known, variables, strict=True)
        )
        basis.update(
            (name, found.constraint_status[row] == basic) for row, name in zip(constraints, rows, strict=True)
        )
    return LinearSolution(
        result.objective_value(),
        np.array([values[variable] for variable in known]),
        np.array([duals[row] for row in constraints]),
        basis,
    )


def _model(programme: LinearProgram) -> "mathopt.Model":
    from ortools.math_opt import model_pb2
    from ortools.math_opt.python import mathopt

    order = np.lexsort((programme.columns, programme.rows))
    proto = model_pb2.ModelProto()
    num_rows, num_columns = len(programme.upper), len(programme.costs)
    proto.variables.ids.extend(range(num_columns))
    proto.variables.lower_bounds.extend([0.0] * num_columns)
    proto.variables.upper_bounds.extend([np.inf] * num_columns)
    proto.variables.integers.extend([False] * num_columns)
    kept = np.flatnonzero(programme.costs)
    proto.objective.linear_coefficients.ids.extend(kept.tolist())
    proto.objective.linear_coefficients.values.extend(programme.costs[kept].tolist())
    proto.linear_constraints.ids.extend(range(num_rows))
    lower = np.full(num_rows, -np.inf)
    lower[: programme.num_equal] = programme.upper[: programme.num_equal]
    proto.linear_constraints.lower_bounds.extend(lower.tolist())
    proto.linear_constraints.upper_bounds.extend(programme.upper.tolist())
    proto.linear_constraint_matrix.row_ids.extend(programme.rows[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(programme.columns[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(programme.coefficients[order].tolist())
    return mathopt.Model.from_model_proto(proto)
