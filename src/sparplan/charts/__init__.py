"""Pictures of plans and of the insatsgraf, drawn with matplotlib from plain results.

>>> from sparplan.charts import save_gantt, save_insatsgraf
>>> save_gantt(scenario, plan, "gantt.pdf")  # doctest: +SKIP

Importing this package loads matplotlib; `import sparplan` doesn't.
"""

from sparplan.charts.gantt import plot_gantt
from sparplan.charts.graph import plot_insatsgraf
from sparplan.charts.saving import save_gantt, save_insatsgraf

__all__ = ["plot_gantt", "plot_insatsgraf", "save_gantt", "save_insatsgraf"]
