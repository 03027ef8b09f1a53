"""The words of dates, in English and Chinese, and what each counts."""

import calendar

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
# How many years a word goes back.
YEARS = dict.fromkeys(("last", "previous", "prior", "去年", "上一年", "上年"), 1)
YEARS |= dict.fromkeys(("this", "current", "今年", "本年"), 0)
YEARS |= {"next": -1, "明年": -1, "前年": 2}
QUARTERS = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
QUARTERS |= {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
STEPS = dict.fromkeys(("this", "current", "这", "这个", "本", "当"), 0)
STEPS |= dict.fromkeys(("last", "previous", "prior", "past", "latest"), 1)
STEPS |= dict.fromkeys(("上", "上个", "上一", "上一个"), 1)
STEPS |= dict.fromkeys(("上上", "上上个"), 2)
STEPS |= dict.fromkeys(("next", "下", "下个", "下一", "下一个"), -1)
CN_STEPS = [word for word in STEPS if not word.isascii()]
UNITS = dict.fromkeys(("天", "日"), "day")
UNITS |= dict.fromkeys(("周", "星期", "个星期"), "week")
UNITS |= dict.fromkeys(("个月", "月"), "month")
UNITS |= dict.fromkeys(("个季度", "季度", "季"), "quarter")
UNITS |= {"年": "year", "半年": "half"}
DAYS = dict.fromkeys(("today", "今天", "今日"), 0)
DAYS |= dict.fromkeys(("yesterday", "昨天", "昨日"), 1)
DAYS |= dict.fromkeys(("tomorrow", "明天", "明日"), -1)
DAYS |= {"前天": 2, "后天": -2}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CN_WEEKDAYS = "一二三四五六日天"
