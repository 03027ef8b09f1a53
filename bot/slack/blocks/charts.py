"""Charts: Slack's own, and bars of characters where those are refused."""

from decimal import Decimal
from math import isfinite

from wcwidth import width

from bot.slack.blocks.elements import Json, line, preformatted, rich, run
from bot.slack.mrkdwn import cut, one_line
from tools.cards import Chart
from tools.text import Language, number, show

_TITLE, _LABEL = 50, 20
_POINTS, _SEGMENTS = 20, 6
_BAR = 20


def chart_block(chart: Chart, language: Language) -> Json | None:
    """The chart; None where Slack could not draw it (too many points, two of one name)."""
    labels = [cut(one_line(show(label, language)), _LABEL) for label in chart.labels]
    if not _drawable(chart, labels):
        return None
    points = [
        {"label": label, "value": value} for label, value in zip(labels, chart.values, strict=True)
    ]
    unit = one_line(show(chart.unit, language))
    if chart.kind == "pie":
        drawn: Json = {"type": "pie", "segments": points}
    else:
        drawn = {
            "type": chart.kind,
            "series": [{"name": cut(unit, _LABEL), "data": points}],
            "axis_config": {"categories": labels},
        }
    title = cut(one_line(show(chart.title, language)), _TITLE)
    return {"type": "data_visualization", "title": title, "chart": drawn}


def _drawable(chart: Chart, labels: list[str]) -> bool:
    pie = chart.kind == "pie"
    return (
        1 <= len(labels) <= (_SEGMENTS if pie else _POINTS)
        and len(set(labels)) == len(labels)
        and all(isfinite(value) for value in chart.values)
        and not (pie and any(value <= 0 for value in chart.values))
    )


def written_chart(block: Json) -> list[Json]:
    """A chart block as bars of characters under its title."""
    title = rich(line(run(block["title"], bold=True)))
    return [title, rich(preformatted("\n".join(bars(block))))]


def bars(block: Json) -> list[str]:
    """A line for each point of a chart block: its label, a bar, and its value."""
    points = _points(block)
    room = max(width(point["label"]) for point in points)
    largest = max(abs(point["value"]) for point in points) or 1
    return [
        f"{point['label']}{' ' * (room - width(point['label']))}  {_bar(point, largest)}"
        for point in points
    ]


def _bar(point: Json, largest: float) -> str:
    full = round(abs(point["value"]) / largest * _BAR)
    return f"{'█' * full}{'░' * (_BAR - full)}  {_figure(point['value'])}"


def _figure(value: float) -> str:
    return number(Decimal(repr(float(value))))


def _points(block: Json) -> list[Json]:
    chart = block["chart"]
    found: list[Json] = chart["segments"] if chart["type"] == "pie" else chart["series"][0]["data"]
    return found
