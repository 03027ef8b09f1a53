"""What the questions of a strategic assessment are called."""

from collections.abc import Mapping

from tools.domain.assessment import Question
from tools.text import Text, text

QUESTIONS: Mapping[Question, Text] = {
    Question.SUB_UNITS: text("sub-units and their levels", "下级单位及层级"),
    Question.SIZE: text("people and turnover", "人员与营收"),
    Question.TREND: text("trend of its needs", "需求趋势"),
    Question.MANAGEMENT: text("how headquarters manages its units", "总部管理模式"),
    Question.DEPENDENCE: text("dependence of the units on headquarters", "下级对总部的依赖"),
    Question.ABILITY_TO_PAY: text("ability to pay", "支付能力"),
    Question.OPEN_NEEDS: text("needs recorded", "已登记的需求"),
    Question.IT_STATE: text("what is in use today", "目前在用的系统"),
    Question.COMPETITORS: text("competitors inside", "体系内的竞争对手"),
    Question.PARTNERS: text("partners inside", "体系内的合作伙伴"),
    Question.STRENGTHS: text("our strengths", "我方优势"),
    Question.WEAKNESSES: text("our weaknesses", "我方劣势"),
    Question.OPPORTUNITIES: text("our opportunities", "我方机会"),
    Question.THREATS: text("threats to us", "我方威胁"),
}
