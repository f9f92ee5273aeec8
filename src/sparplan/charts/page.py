"""One html file that stands alone: the Gantt chart as pictures, and a table that says the same."""

from collections.abc import Sequence
from html import escape

from sparplan.charts.choosing import chosen
from sparplan.charts.fitting import plain
from sparplan.charts.gantt import gantt_sheets
from sparplan.charts.rows import Group, groups_of
from sparplan.charts.sheet import Sheet
from sparplan.charts.svg import svg_for_html
from sparplan.charts.wording import placed_in_words, status_in_words, step_in_words, weeks_between
from sparplan.kedjor import Insatskedja, Plan, Step
from sparplan.messages import language, say, say_date
from sparplan.scenario import Scenario

COLUMNS = ("participant", "track", "start", "end", "weeks", "steps")
_STYLE = """
html { background: #ffffff; color: #1a1a1a; font: 100%/1.5 "DejaVu Sans", Verdana, Arial, sans-serif; }
body { margin: 0 auto; max-width: 100rem; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0.5rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
a { color: #003d7a; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid #003d7a; outline-offset: 2px; }
figure { margin: 1rem 0; }
.scroll { overflow-x: auto; }
figure svg {
  border: 1px solid #767676; box-sizing: border-box; display: block; height: auto; min-width: 60rem;
  width: 100%;
}
table { border-collapse: collapse; font-size: 0.9rem; width: 100%; }
caption { font-weight: bold; padding: 0.5rem 0; text-align: left; }
th, td { border: 1px solid #767676; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; }
thead th { background: #e4e4e4; }
tbody th { white-space: nowrap; }
td ol, td ul { margin: 0; padding-left: 1.2rem; }
.date { white-space: nowrap; }
.number { text-align: right; }
@page { margin: 10mm; size: A3 landscape; }
@media print {
  body { max-width: none; padding: 0; }
  header, #chart { display: none; } /* the pictures say the same */
  .scroll { overflow: visible; }
  figure { break-inside: avoid; margin: 0 0 5mm; }
  figure + figure { break-before: page; }
  figure svg { border: 0; max-height: 265mm; min-width: 0; }
  .table { break-before: page; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def frame_of(scenario: Scenario, plan: Plan) -> str:
    """The whole page in a frame of its own, as a notebook shows it."""
    page = page_of(scenario, plan, chosen(scenario, plan), gantt_sheets(scenario, plan))
    title = _text(say("charts.title", name=scenario.name))
    return f'<iframe title="{title}" srcdoc="{escape(page)}" width="100%" height="700"></iframe>'


def page_of(scenario: Scenario, plan: Plan, kedjor: Sequence[Insatskedja], sheets: Sequence[Sheet]) -> str:
    """The whole page."""
    classes: dict[str, str] = {}
    told = say("charts.page.described", count=len(kedjor))
    pictures = [
        svg_for_html(sheet, f"p{number}", f"{told} {placed_in_words(tuple(kedjor))}", classes)
        for number, sheet in enumerate(sheets, start=1)
    ]
    title = sheets[0].title if len(sheets) == 1 else say("charts.title", name=scenario.name)
    rules = "".join(f".{name} {{ {style} }}\n" for style, name in classes.items())
    figures = "\n".join(
        f'<figure><div class="scroll" tabindex="0" role="group" aria-label="{_text(sheet.title)}">\n'
        f"{picture}\n</div></figure>"
        for sheet, picture in zip(sheets, pictures, strict=True)
    )
    return f"""<!DOCTYPE html>
<html lang="{language()}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>{_STYLE}{rules}</style>
</head>
<body>
<main>
<header>
<h1>{_text(title)}</h1>
<p>{_text(placed_in_words(tuple(kedjor)))} {_text(status_in_words(plan))}
{_text(say("charts.planned_on", day=say_date(scenario.planning_date)))}</p>
<p><a href="#table">{_text(say("charts.page.to_table"))}</a></p>
</header>
<section aria-labelledby="chart">
<h2 id="chart">{_text(say("charts.page.chart"))}</h2>
{figures}
</section>
<section class="table" aria-labelledby="table">
<h2 id="table" tabindex="-1">{_text(say("charts.page.table"))}</h2>
{_tables(scenario, kedjor)}
</section>
</main>
</body>
</html>
"""


def _tables(scenario: Scenario, kedjor: Sequence[Insatskedja]) -> str:
    groups = groups_of(scenario, kedjor)
    if not groups:
        return f"<p>{_text(say('charts.nobody'))}</p>"
    placed = [group for group in groups if group.track is not None]
    unplaced = [group for group in groups if group.track is None]
    parts = []
    if placed:
        rows = "".join(_placed_row(scenario, group, row.kedja) for group in placed for row in group.rows)
        parts.append(_table(say("charts.page.placed"), COLUMNS, rows))
    if unplaced:
        rows = "".join(_unplaced_row(scenario, row.kedja) for group in unplaced for row in group.rows)
        parts.append(_table(say("charts.unplaced_heading"), ("participant", "wanted", "reasons"), rows))
    return "\n".join(parts)


def _table(caption: str, columns: Sequence[str], rows: str) -> str:
    heads = "".join(f'<th scope="col">{_text(say(f"charts.column.{name}"))}</th>' for name in columns)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{_text(caption)}"><table>\n'
        f"<caption>{_text(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}</tbody>\n</table></div>"
    )


def _placed_row(scenario: Scenario, group: Group, kedja: Insatskedja) -> str:
    head = f'<tr><th scope="row">{_text(kedja.participant)}</th><td>{_text(group.heading)}</td>'
    if kedja.start is None or kedja.end is None:
        nothing = _text(say("charts.holds_all"))
        return f'{head}<td>–</td><td>–</td><td class="number">0</td><td>{nothing}</td></tr>\n'
    steps = "".join(f"<li>{_step(scenario, step)}</li>" for step in kedja.steps)
    return (
        f'{head}<td class="date">{_text(say_date(kedja.start))}</td>'
        f'<td class="date">{_text(say_date(kedja.end))}</td>'
        f'<td class="number">{weeks_between(kedja.start, kedja.end)}</td><td><ol>{steps}</ol></td></tr>\n'
    )


def _step(scenario: Scenario, step: Step) -> str:
    words = step_in_words(scenario, step)
    if step.bridge:
        words += f" ({say('charts.bridge')})"
    return _text(words)


def _unplaced_row(scenario: Scenario, kedja: Insatskedja) -> str:
    tracks = scenario.participant_by_id[kedja.participant].tracks
    names = ", ".join(scenario.track_by_id[track].name for track in tracks)
    reasons = "".join(f"<li>{_text(reason.text)}</li>" for reason in kedja.reasons)
    return (
        f'<tr><th scope="row">{_text(kedja.participant)}</th><td>{_text(names)}</td>'
        f"<td><ul>{reasons}</ul></td></tr>\n"
    )


def _text(text: str) -> str:
    return escape(plain(text))
