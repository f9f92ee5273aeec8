"""Least class sizes in the programme: a class may not take a round all but alone that isn't held for so few.

Without them the programme lets one person take a round that nobody else wants, which no plan can. A row says
of a round with least size m and a class of n < m members:

    m · (members who take it) ≤ n · (all who take it).

It holds for every plan: where the round is held, m or more take it, and at most n of the class; where it
isn't, nobody does. (Where it holds of single classes, it does of several together.) There is one row for each
class and round, so only those are added that a solution breaks.
"""

from collections.abc import Mapping

import numpy as np

from sparplan.engines.chains.labels.layout import Ints
from sparplan.engines.chains.linear import Floats
from sparplan.engines.chains.pool import Pool

TOLERANCE = 1e-6


class LeastSizes:
    """The rows over a growing pool.

    Attributes
    ----------
    pairs
        Round and class of each row, in order, and the row's number.
    are_asked
        Whether rows are added at all.
    """

    def __init__(self, pool: Pool, *, are_asked: bool) -> None:
        self._pool = pool
        self.are_asked = are_asked
        rows = pool.problem.rows
        self._least = np.array([0 if row.rolling else row.min_participants for row in rows], dtype=np.int64)
        self.pairs: dict[tuple[int, int], int] = {}

    def add_broken(self, taken: Floats) -> bool:
        """Add the rows that a solution breaks; whether there were any.

        Parameters
        ----------
        taken
            By column: how much of it is taken.
        """
        if not self.are_asked:
            return False
        arrays, sizes = self._pool.arrays, self._pool.sizes
        uses = np.flatnonzero((self._least[arrays.row] > 1) & (taken[arrays.column] > TOLERANCE))
        rounds, shares = arrays.row[uses], taken[arrays.column[uses]]
        users = np.bincount(rounds, weights=shares, minlength=len(self._least))
        pairs, number = np.unique(
            np.stack((rounds, arrays.group[arrays.column[uses]])), axis=1, return_inverse=True
        )
        members = np.bincount(number.reshape(-1), weights=shares, minlength=pairs.shape[1])
        indices, groups = pairs
        allowed = sizes[groups] * users[indices] / self._least[indices]
        found = False
        for place in np.flatnonzero(members > allowed + TOLERANCE).tolist():
            pair = int(indices[place]), int(groups[place])
            if pair not in self.pairs:
                self.pairs[pair] = len(self.pairs)
                found = True
        return found

    def coefficients(self) -> tuple[Ints, Ints, Floats]:
        """Where the coefficients of the rows stand, and what they are: number of the row, and column."""
        arrays = self._pool.arrays
        uses = np.flatnonzero(self._least[arrays.row] > 1)
        uses = uses[np.argsort(arrays.row[uses], kind="stable")]
        used = arrays.row[uses]
        rows, columns, values = [_NONE], [_NONE], [_NONE]
        for (index, group), number in self.pairs.items():
            takers = arrays.column[uses[slice(*np.searchsorted(used, (index, index + 1)))]]
            rows.append(np.full(len(takers), number))
            columns.append(takers)
            is_own = arrays.group[takers] == group
            values.append(np.where(is_own, self._least[index], 0) - self._pool.sizes[group])
        return np.concatenate(rows), np.concatenate(columns), np.concatenate(values).astype(float)

    def prices(self, of_rows: Floats) -> Mapping[tuple[int, int], float]:
        """The prices of the rows, by round and class."""
        return dict(zip(self.pairs, of_rows.tolist(), strict=True))


_NONE = np.zeros(0, dtype=np.int64)
