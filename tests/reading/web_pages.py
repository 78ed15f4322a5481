# ruff: noqa: E501 - the pages are printed as they come from the web
"""Invented web pages in the shapes that Chinese newspapers print on the web, around articles of the corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "reports"
RELATED = [
    f"青澜市{street}街道开展{topic}活动" for street in "东西南北" for topic in ("邻里节", "义务植树", "健康讲座")
]
COMMENTS = [
    "楼上说得好，我们小区去年也装了充电桩，就是排队的人太多，希望多装几个。",
    "支持社区工作者，他们太不容易了。",
]
# What a reader must never get as text of the article.
BOILERPLATE = (
    "网站地图", "加入收藏", "版权所有", "分享到", "ICP备", "上一篇", "下一篇", "扫一扫", "点击登录", "track(", "display:",
    "相关阅读", "热门排行", *RELATED, *COMMENTS,
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """An article as its page must give it back."""

    headline: str
    date: str
    paragraphs: tuple[tuple[str | None, str], ...]  # heading where one stands above, text
    newspaper: str = "青澜日报"
    reporter: str = "柳砚秋"

    def body(self, paragraph: str, heading: str) -> str:
        """Return the paragraphs as HTML by two templates."""
        return "\n".join(
            (heading.format(escape(head)) if head else "") + paragraph.format(escape(text))
            for head, text in self.paragraphs
        )


def story(region: str, number: int, paragraphs: int = 99) -> Story:
    """Return an article of the corpus."""
    row = json.loads((CORPUS / f"{region}.jsonl").read_text("utf-8").splitlines()[number])
    found: list[tuple[str | None, str]] = []
    for section in row["sections"]:
        for i, p in enumerate(section["paragraphs"]):
            found.append((section["heading"] if i == 0 else None, p["text"]))
    kicker = row["kicker"] or ""
    return Story(kicker + row["headline"], row["date"], tuple(found[:paragraphs]))


def _links(titles: list[str]) -> str:
    return "".join(f'<li><a href="/a/{i}.html">{title}</a></li>' for i, title in enumerate(titles))


def epaper(s: Story) -> str:
    """A 数字报 article page: nested tables, a comment with properties, tags of the editing system."""
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><html><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{s.newspaper}数字报-{s.headline}</title>
<script>function track(a) {{ document.write("<p>" + a + "</p>"); }}</script></head><body>
<table><tr><td>{s.newspaper} {s.date[:4]}年{s.date[5:7]}月{s.date[8:]}日 星期四</td>
<td><a href="#">网站地图</a> | <a href="#">加入收藏</a></td></tr></table>
<table><tr><td><div id="list">第03版：综合 <ul>{_links(RELATED)}</ul></div></td><td>
<!--enpproperty <articleid>72810</articleid><date>{s.date} 00:00:00.0</date><author>{s.reporter}</author>
<title>{s.headline}</title><keyword></keyword><subtitle></subtitle><introtitle></introtitle><siteid>2</siteid>
<nodeid>3</nodeid><nodename>03版：综合</nodename>/enpproperty-->
<table><tr><td class="font02"></td></tr><tr><td class="font01"><founder-title>{s.headline}</founder-title></td></tr>
<tr><td><founder-author>本报记者 {s.reporter}</founder-author></td></tr></table>
<div id="ozoom"><founder-content><!--enpcontent-->{s.body("<P>　　{}</P>", "<P>　　<B>{}</B></P>")}<!--/enpcontent--></founder-content></div>
<table><tr><td><a href="#">上一篇</a> <a href="#">下一篇</a></td></tr></table></td></tr></table>
<table><tr><td>版权所有 {s.newspaper}社 ICP备案12345678号</td></tr></table></body></html>"""


def article_tags(s: Story) -> str:
    """A site of today: header, main, article, aside, footer."""
    return f"""<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>{s.headline}_青澜网</title><meta property="og:title" content="{s.headline}">
<meta name="author" content="{s.reporter}"><meta property="article:published_time" content="{s.date}T08:00:00+08:00">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"track("}}</script>
<style>.a{{display:none}}</style></head><body>
<header><a href="/">青澜网</a><nav><ul><li><a href="/n">新闻</a></li><li><a href="/map">网站地图</a></li></ul></nav></header>
<main><article><h1>{s.headline}</h1><div class="meta"><time>{s.date}</time> <span>来源：{s.newspaper}</span>
<span>记者 {s.reporter}</span><button>分享到</button></div>
{s.body("<p>{}</p>", "<h2>{}</h2>")}</article>
<aside><h3>相关阅读</h3><ul>{_links(RELATED)}</ul></aside></main>
<section class="comments"><h3>评论</h3>{"".join(f"<p>{c}</p>" for c in COMMENTS)}</section>
<footer><p>版权所有 青澜网 ICP备案12345678号</p></footer></body></html>"""


def old_tables(s: Story) -> str:
    """A site of twenty years ago: tables, font tags, paragraphs parted by br and blanks."""
    body = s.body("&nbsp;&nbsp;&nbsp;&nbsp;{}<br><br>", "&nbsp;&nbsp;&nbsp;&nbsp;<strong>{}</strong><br><br>")
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{s.headline}-青澜党建</title></head><body bgcolor="#FFFFFF"><table width="1000"><tr><td><a href="/">首页</a></td>
<td><a href="/map">网站地图</a></td><td><a href="#">加入收藏</a></td></tr></table>
<table width="1000"><tr><td width="200"><table><tr><td>热门排行</td></tr>{"".join(f'<tr><td><a href="#">{r}</a></td></tr>' for r in RELATED)}</table></td>
<td><table><tr><td align="center" class="title"><font size="5"><b>{s.headline}</b></font></td></tr>
<tr><td align="center">{s.date}　来源：{s.newspaper}　作者：{s.reporter}　点击：1032</td></tr>
<tr><td class="content"><font size="3">{body}</font></td></tr></table></td></tr></table>
<table><tr><td align="center">版权所有：中共青澜市委组织部　ICP备案12345678号</td></tr></table></body></html>"""


def phone(s: Story) -> str:
    """A page for the phone: sections within sections, a span around each run of text."""
    paragraph = '<section style="margin:8px"><section><p style="text-indent:2em"><span style="font-size:15px">{}</span></p></section></section>'
    heading = '<section><p><strong><span style="color:red">{}</span></strong></p></section>'
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{s.headline}"><title></title></head>
<body><div id="js_article"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">
   {s.headline}
</h1><div id="meta_content"><span>{s.reporter}</span> <a href="javascript:void(0)" id="js_name">青澜先锋</a> <em id="publish_time">{s.date}</em></div>
<div class="rich_media_content" id="js_content" style="visibility: visible;">{s.body(paragraph, heading)}<p><img data-src="x.jpg"></p></div></div></div>
<div class="qr_code" style="display:none"><p>微信扫一扫关注该公众号</p></div><script>var track("x");</script></body></html>"""


def divs(s: Story) -> str:
    """A page of div alone: title and paragraphs too, an advertisement in the midst, an editor's line."""
    body = s.body('<div class="p">{}</div>', '<div class="p"><b>{}</b></div>').split("\n")
    middle = len(body) // 2
    ad = '<div class="ad-box"><a href="/ad"><img src="ad.gif" alt="点击登录"></a><a href="/ad">点击登录领取优惠</a></div>'
    text = "\n".join([*body[:middle], ad, *body[middle:]])
    return f"""<html><head><meta charset="utf-8"><title>{s.headline} - 要闻 - 青澜新闻网</title></head><body>
<div class="top"><a>首页</a> <a>要闻</a> <a>网站地图</a></div><div class="path">当前位置：<a>首页</a> &gt; <a>要闻</a> &gt; 正文</div>
<div class="wrap"><div class="tit">{s.headline}</div><div class="info">{s.date} 09:12 | 来源：{s.newspaper} | 作者：{s.reporter}</div>
<div class="txt">{text}<div class="editor">责任编辑：方既白</div></div>
<div class="share">分享到：<a>微信</a><a>微博</a></div><div class="pn"><div>上一篇：<a>{RELATED[0]}</a></div><div>下一篇：<a>{RELATED[1]}</a></div></div>
<div class="rel"><div>相关阅读</div>{"".join(f'<div><a href="#">{r}</a></div>' for r in RELATED)}</div></div>
<div class="bottom">版权所有 青澜新闻网 ICP备案12345678号</div></body></html>"""


def figures(s: Story) -> str:
    """An article with pictures, their captions and a table of numbers."""
    body = s.body("<p>{}</p>", "<h3>{}</h3>")
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{s.headline}</title></head><body><div class="nav"><a>首页</a><a>网站地图</a></div>
<div class="main"><h1>{s.headline}</h1><p class="source">{s.date} {s.newspaper} 记者 {s.reporter}</p><div class="article">
<figure><img src="a.jpg"><figcaption>图为网格员在入户走访。 柳砚秋 摄</figcaption></figure>{body}
<table border="1"><tr><th>街道</th><th>网格数</th></tr><tr><td>望桥街道</td><td>48个</td></tr></table></div></div>
<div id="footer">版权所有 ICP备案12345678号</div></body></html>"""


def brief_among_links(s: Story) -> str:
    """A short 本报讯 among more words of links than its own."""
    many = RELATED * 4
    return f"""<html><head><meta charset="utf-8"><title>{s.headline}|青澜晚报</title></head><body><ul class="menu">{_links(many)}</ul>
<div class="content"><h1>{s.headline}</h1><div class="date">{s.date} {s.newspaper}</div>{s.body("<p>　　{}</p>", "<p>{}</p>")}</div>
<div class="hot"><h4>热门排行</h4><ol>{_links(many)}</ol></div><p>版权所有 青澜晚报社 ICP备案12345678号</p></body></html>"""


def mobile(s: Story) -> str:
    """A page with entities for quotes, keywords as links, hidden promotion, readers' comments."""
    body = s.body("<p>{}</p>", "<p><strong>{}</strong></p>").replace("“", "&ldquo;").replace("”", "&#x201D;")
    body = body.replace("社区", '<a href="/k/社区">社区</a>', 6)
    return f"""\ufeff<!DOCTYPE html><html><head><meta name="viewport" content="width=device-width"><title>{s.headline}</title></head><body>
<noscript>请启用脚本，点击登录</noscript><div hidden>扫一扫下载客户端，看更多本地新闻，每天准时送达，错过的精彩都在这里。</div>
<!-- {COMMENTS[0]} --><h1>{s.headline}</h1><div class="sub"><span>{s.newspaper}</span><span>{s.date}</span></div>
<div class="detail">{body}</div><div class="comment-list">{"".join(f'<div class="comment"><p>{c}</p></div>' for c in COMMENTS)}</div>
<div class="foot">版权所有 ICP备案12345678号</div></body></html>"""


def government(s: Story) -> str:
    """A page of a government's site: what it is told in meta elements, each run of text in a span."""
    body = s.body(
        '<p align="justify" style="text-indent: 2em"><span style="font-family: 宋体">{}</span></p>',
        '<p align="justify"><span><strong>{}</strong></span></p>',
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="青澜市人民政府">
<meta name="ArticleTitle" content="{s.headline}"><meta name="PubDate" content="{s.date} 10:02"><meta name="ContentSource" content="{s.newspaper}">
<title>{s.headline}_区县动态_青澜市人民政府</title></head><body class="page"><div class="head-box"><ul><li><a href="/">首页</a></li><li><a href="/x">网站地图</a></li></ul></div>
<div class="position">您当前的位置：<a href="/">首页</a>&gt;<a href="/q">区县动态</a></div><div class="conBox"><p class="conTitle">{s.headline}</p>
<div class="conInfo"><span>发布时间：{s.date}</span><span>　信息来源：{s.newspaper}</span><span>　【字体：<a>大</a> <a>中</a> <a>小</a>】</span></div>
<div id="Zoom" class="TRS_Editor">{body}</div><div class="fxBox"><span>分享到：</span><a></a></div></div>
<div class="wrap-foot"><p>版权所有：青澜市人民政府　　ICP备案12345678号</p><p>地址：青澜市人民路1号</p></div></body></html>"""


def portal(s: Story) -> str:
    """A portal: the headline in a header, an opening note, two parts of the text, recommendations between them."""
    body = s.body("<p>{}</p>", "<h2><strong>{}</strong></h2>").split("\n")
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>{s.headline}|青澜|党建_门户新闻</title></head><body>
<div id="channel-all"><a>新闻</a><a>财经</a><a>点击登录</a></div><header class="article-header"><h1>{s.headline}</h1>
<p class="info"><em>{s.date} 07:30</em><span>{s.newspaper}</span></p></header><div class="left-box"><article class="article">
<p>原标题：{s.headline}</p>{"".join(body[:5])}<div class="recommend-box"><p><a href="#">{RELATED[2]}</a></p></div>{"".join(body[5:])}
<p>（责编：方既白）</p></article><div class="keywords">关键词：<a>社区</a></div></div>
<div class="right-box"><h3>热门排行</h3>{"".join(f"<p><a href='#'>{r}</a></p>" for r in RELATED)}</div>
<div class="page-bottom">Copyright 版权所有 ICP备12345678号</div></body></html>"""


SHAPES = {
    "epaper": (epaper, "utf-8", ("bay", 0)),
    "article_tags": (article_tags, "utf-8", ("coast", 1)),
    "old_tables": (old_tables, "gb18030", ("delta", 2)),
    "phone": (phone, "utf-8", ("steppe", 1)),
    "divs": (divs, "utf-8", ("basin", 2)),
    "figures": (figures, "utf-8", ("bay", 3)),
    "brief_among_links": (brief_among_links, "utf-8", ("coast", 3, 1)),
    "mobile": (mobile, "utf-8", ("delta", 4)),
    # Written when the rules were done.
    "government": (government, "utf-8", ("basin", 0)),
    "portal": (portal, "utf-8", ("steppe", 3)),
}


def web_page(shape: str) -> tuple[bytes, Story]:
    """Return a page's bytes and what it tells."""
    write, encoding, place = SHAPES[shape]
    told = story(*place)
    return write(told).encode(encoding), told
