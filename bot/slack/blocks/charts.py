"""Charts: Slack's own, and bars of characters where those are refused."""

from math import isfinite

from bot.slack.blocks.elements import Json
from bot.slack.mrkdwn import cut, one_line
from tools.cards import Chart
from tools.text import Language, show

_TITLE, _LABEL, _UNIT = 50, 20, 50
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
            "axis_config": {"categories": labels, "y_label": cut(unit, _UNIT)},
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


def points_of(block: Json) -> list[Json]:
    """The labels and values of a chart block."""
    chart = block["chart"]
    found: list[Json] = chart["segments"] if chart["type"] == "pie" else chart["series"][0]["data"]
    return found
