"""Web pages: their main text, tables and headings, and none of their furniture."""

import pytest

from kam_knowledge.readers.content import Content, Unreadable
from kam_knowledge.readers.html import read_html

NOISY = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type"
content="text/html; charset=gb2312"><title>大客户分级办法 - 某某公司</title>
<style>.x{color:red}</style><script>var hidden = "alert";</script></head><body>
<div class="topNav"><ul><li><a href="/">首页</a></li><li><a href="/a">新闻中心</a></li></ul></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/x">制度</a></div>
<form><div class="wrap"><div><h3>热门</h3><ul><li><a href="1">销售工作会议召开</a></li>
<li><a href="1">荣获优秀供应商称号</a></li></ul></div>
<div class="content"><h1>大客户分级办法</h1>
<p>第一条　为规范大客户
管理，制定本办法。</p><p style="display: none">暗藏的文字</p>
<h2>分级标准</h2>
<table><tr><th>级别</th><th>年收入</th><th>负责人</th></tr>
<tr><td rowspan="2">A级</td><td>≥500万元</td><td>总监</td></tr>
<tr><td>≥300万元</td><td>经理</td></tr><tr><td colspan="2">其他</td><td>代表</td></tr></table>
<h2>职责</h2><ul><li>客户经理每月<b>拜访</b>一次。</li><li><p>总监每季度评审。</p></li></ul>
没有段落标签的文字<br>第二行。
<div class="share-box">分享到：<a>微信</a></div>
<p>上一篇：<a href="">放假通知</a></p></div></div></form>
<div id="footer">版权所有 某某公司</div></body></html>"""


def texts(content: Content) -> dict[tuple[str, ...], str]:
    return {section.path: section.text for section in content.sections}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_the_main_text_of_a_noisy_chinese_page(encoding: str) -> None:
    content = read_html(NOISY.encode(encoding))

    assert content.title == "大客户分级办法"
    assert texts(content) == {
        ("大客户分级办法",): "第一条 为规范大客户管理，制定本办法。",
        ("大客户分级办法", "分级标准"): (
            "| 级别 | 年收入 | 负责人 |\n| --- | --- | --- |\n"
            "| A级 | ≥500万元 | 总监 |\n|  | ≥300万元 | 经理 |\n| 其他 |  | 代表 |"
        ),
        ("大客户分级办法", "职责"): (
            "- 客户经理每月拜访一次。\n- 总监每季度评审。\n\n没有段落标签的文字\n第二行。"
        ),
    }


def test_the_element_marked_as_main_is_taken() -> None:
    page = f"""<title>Coverage | ACME</title><body class="with-sidebar"><div>Our offices are in
    many towns.</div><main><p>{"Each account has one owner. " * 3}</p></main></body>"""
    content = read_html(page.encode())

    assert content.title == "Coverage"
    assert texts(content) == {(): ("Each account has one owner. " * 3).strip()}


def test_a_page_that_lays_out_with_tables_is_read_in_order() -> None:
    page = """<table><tr><td>left</td><td><h2>Plan</h2><table><tr><td>a</td><td>b</td></tr>
    </table>tail</td></tr></table>"""

    assert texts(read_html(page.encode())) == {
        (): "left",
        ("Plan",): "| a | b |\n| --- | --- |\n\ntail",
    }


def test_a_page_of_links_alone_is_kept() -> None:
    page = "<body><ul><li><a>Account plan</a></li><li><a>Coverage plan</a></li></ul></body>"
    assert texts(read_html(page.encode())) == {(): "- Account plan\n- Coverage plan"}


def test_unknown_elements_stand_in_the_line() -> None:
    page = "<body><p>Each <acme-term>account</acme-term> has<o:p></o:p> one owner.</p></body>"
    assert texts(read_html(page.encode())) == {(): "Each account has one owner."}


def test_code_keeps_its_lines() -> None:
    page = "<body><p>Run:</p><pre>a  b\n  c</pre></body>"
    assert texts(read_html(page.encode())) == {(): "Run:\n\n```\na  b\n  c\n```"}


def test_entities_are_not_resolved(tmp_path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret")
    page = f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html [<!ENTITY x SYSTEM
    "file://{secret}">]><html><body><p>before &x; after</p></body></html>"""

    assert "top secret" not in str(read_html(page.encode()))


def nested(depth: int) -> bytes:
    return b"<div>" * depth + b"deep down" + b"</div>" * depth + b"<p>and after</p>"


def test_a_page_nested_deep_is_read_and_one_nested_absurdly_deep_refused() -> None:
    assert texts(read_html(nested(1_500))) == {(): "deep down\n\nand after"}
    with pytest.raises(Unreadable, match="thousands deep"):
        read_html(nested(5_000))
