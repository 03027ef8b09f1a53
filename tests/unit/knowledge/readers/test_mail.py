"""E-mails: headers, body and the names of what is attached."""

import pytest

from kam_knowledge.readers.content import Unreadable
from kam_knowledge.readers.mail import read_mail

from .samples import mail

SUBJECT = "关于一汽客户的季度评审安排"
BODY = "王芳，您好：\n\n请于周五前提交客户计划，评审会在下周三上午举行。\n"
HEAD = (
    "发件人：李明 <li.ming@example.com>\n收件人：王芳 <wang.fang@example.com>\n"
    "日期：2024-03-01 09:30"
)


def test_a_chinese_mail_with_an_attachment() -> None:
    content = read_mail(mail(BODY, attachment="客户计划.docx"))

    assert content.title == SUBJECT
    assert [(section.path, section.text) for section in content.sections] == [
        ((SUBJECT,), f"{HEAD}\n附件：客户计划.docx"),
        ((SUBJECT,), BODY.strip()),
    ]


def test_a_mail_that_is_a_web_page() -> None:
    page = "<html><body><h2>议程</h2><p>一、回顾</p><p>二、计划</p></body></html>"
    content = read_mail(mail("", html=page))

    assert content.sections[-1].path == (SUBJECT, "议程")
    assert content.sections[-1].text == "一、回顾\n\n二、计划"


def test_a_charset_that_is_wrong_or_unknown_does_not_matter() -> None:
    head = b"Subject: Plan\r\nContent-Type: text/plain; charset=x-unknown\r\n\r\n"
    content = read_mail(head + "请提交客户计划".encode("gb18030"))

    assert content.sections[-1].text == "请提交客户计划"


def test_what_is_no_mail_is_refused() -> None:
    with pytest.raises(Unreadable, match="no e-mail"):
        read_mail(b"just some words\n")
