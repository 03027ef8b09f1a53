"""What the movements between two account reviews are called."""

from collections.abc import Mapping

from tools.domain.review_change import Movement
from tools.text import Text, text

MOVEMENTS: Mapping[Movement, Text] = {
    Movement.ENTERED: text("entered", "进入"),
    Movement.LEFT: text("left", "退出"),
    Movement.FELL: text("fell", "下降"),
    Movement.OVERTAKEN: text("overtaken", "被超越"),
    Movement.ROSE: text("rose", "上升"),
    Movement.UNRANKED: text("no longer ranked", "不再参与排名"),
    Movement.NEWLY_RANKED: text("newly ranked", "新参与排名"),
    Movement.STAYED: text("stayed", "不变"),
    Movement.NEVER_RANKED: text("not ranked", "未参与排名"),
}
