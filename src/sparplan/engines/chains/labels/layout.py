"""Where things stand in the arrays of the label setting.

Compiled functions get plain arrays of whole numbers: one row a step, one row a label. (Tuples of many arrays
cost numba more to hand on than the work that is done with them.)
"""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
GapCosts = npt.NDArray[np.int32]  # see `gaps.py`

NOBODY = -1
NEVER = 1 << 40
FAR = 1 << 50  # points that nothing costs
SCALE = 256  # points and prices are counted in 1/256 points
FORBIDDEN = 1 << 44  # a price that nobody pays, far above every sum of points

# Columns of steps
(
    OPTION,
    START,
    END,
    COST,
    MARK,  # its part of a chain's footprint
    PACE,
    COVERS,
    WEEKDAYS,
    PLACE,
    INSATS,
    KIND,
    GIVES,  # local bits, those of pins too
    LENGTH,  # the shortest that its option has
    LATER,  # days to the next intake at which the step could start and still end the same day; 0: none
    FLAGS,
) = range(15)
STEP_COLUMNS = 15
IS_HISTORY, IS_COMPANION, IS_LARGE, IS_LEADING = 1, 2, 4, 8
IS_SPLIT = 16  # a companion whose steps that fit are options of their own: this one only fills gaps
IS_BESIDE_LEADING = 32  # a companion that what leads to the goal can ask for, not just what fills gaps
IN_SHORT = IS_HISTORY | IS_LARGE | IS_LEADING | IS_BESIDE_LEADING  # what isn't there only to fill gaps

# Bits that no step gives, in what kinds give: what is always of use to others, or to fill gaps
FOR_OTHERS, FILLS = 1 << 62, 1 << 61

# Columns of labels; after them the steps under way, then the pending terms of `alongside`
(
    L_COST,  # points of steps, prices and what the first day gives back; no days at the end, no merits
    L_BOUND,  # least points of any chain that begins so
    L_HELD,  # bits held on the label's day
    L_COMMITTED,  # those, and what the steps under way will give
    L_USED,  # steps of the insatser that are counted
    L_MARK,  # footprint
    L_DAY,  # start of the last step
    L_STEP,  # the last step
    L_PARENT,  # the label it was added to
    L_END,  # the latest end
    L_COVERED,  # study days before the first day that isn't covered: gaps count from there
    L_LIMIT,  # no step may start later, or a gap is too long or a companion is missed; -1: done with
    L_WAKES,  # no step can start earlier, for want of pace
    L_NEXT,  # next label of the same slot of the table
    L_COUNT,  # steps under way
    L_PENDING,  # terms that later steps must still keep
    L_WANTED,  # bits that it doesn't hold and that can still be of use
    L_RELEVANT,  # bits that a step to come can ask for
    L_CHECKED,  # the last day on which it was found that none dominates it
    L_GAPS,  # earlier gaps that those to come may be taken together with
) = range(20)
GAPS = 20  # of each such gap: its first week, and what was paid for gaps since
MOST_GAPS = 3
UNDER_WAY = GAPS + 2 * MOST_GAPS
DAYS_BETWEEN_CHECKS = 28
MOST_UNDER_WAY = 8
PENDING = UNDER_WAY + MOST_UNDER_WAY
MOST_PENDING = 3
MOST_ALTERNATIVES = 3
PENDING_WIDTH = 1 + 2 * MOST_ALTERNATIVES  # end of the step that asks; insatser; until when each covers
LABEL_COLUMNS = PENDING
LABEL_COLUMNS_WITH_PENDING = PENDING + MOST_PENDING * PENDING_WIDTH

# Numbers of a person on a track
(
    AVAILABLE,
    DAY_POINTS,
    LENGTH_POINTS,
    MAX_PACE,
    MIN_PACE,
    TOLERATED_GAP,
    FIRST_DAY,  # no new step starts before it
    BEGUN,  # 1 where gaps count from the first day on, whether or not a new step has begun
    KRAV,
    MERITS,  # points of all merits, in 1/SCALE
    LEAST_PACE,  # of any step
    ALL_COVER,  # 1 where each step by itself has enough pace to count as activity
    LARGE_UNTIL,  # last day on which a step of a round with a least class size starts
    EVERY,  # 1 to find all chains below the limit, 0 for better and better ones
    RELAXED,  # 1 to let gaps be filled at the least price of weeks instead of by steps
    ANY_SLOW,  # 1 where some step covers, but not by itself
    LATEST_END,  # of any step
) = range(17)
NUM_NUMBERS = 17

# Rows of the calendar. By day: study days before it; the first study day on or after it. By study day: number
# of its week, weeks without study days left out; the first study day from it on that nothing can cover
BEFORE, FOLLOWING, WEEK, HOLE = range(4)

# Rows by day: sum of the negative costs of steps that start then or later; pins that can't be answered then
NEGATIVE, EXPIRED = range(2)

# Entries of the state of a search
BORN, FOUND, ENDED, OMITTED, BEST, ROOT = range(6)  # root: no chain at all costs less
STATE_ENTRIES = 6
COMPLETE, OUT_OF_ROOM, BEAMED = range(3)
