"""The whole problem in one CP-SAT model: the reference engine.

`variables.py` says what is decided, `constraints.py` has one function a rule of problem.md §5,
`objective.py` the points of §6, `model.py` puts them together, `solving.py` runs CP-SAT, and
`engine.py` is the engine: each participant's own optimum first, a greedy plan, then everything at once.
"""
