"""Named practices of a text: quoted names of methods, brands, campaigns, platforms and places."""

from __future__ import annotations

import re

from govnlp.records import Practice

_KINDS = {
    "method": "工作法|工作体系|工作机制|模式|机制|制度|制",
    "brand": "服务品牌|党建品牌|品牌",
    "campaign": "专项行动|行动|工程|计划|活动|项目",
    "platform": "平台|小程序|系统|热线",
    "place": "驿站|工作室|调解室|议事厅|党群服务站|服务站|中心|学堂|课堂|超市|食堂|大院|基地",
}
_NOUN = "|".join(f"(?P<{kind}>{nouns})" for kind, nouns in _KINDS.items())
# “三聚三强”工作法; “1331”服务群众工作体系: up to six characters may stand between name and noun.
_NAMED = re.compile(rf"“(?P<name>[^“”，。；]{{2,16}})”(?P<between>[\u4e00-\u9fff]{{0,6}}?)(?:{_NOUN})")


def practices(text: str, paragraph_id: str | None = None) -> list[Practice]:
    """Return the named practices of a text in order, each name once.

    >>> [(p.name, p.kind) for p in practices("推行“三聚三强”工作法，设立“曲婶调解室”。")]
    [('“三聚三强”工作法', 'method')]
    """
    found: dict[str, Practice] = {}
    for match in _NAMED.finditer(text):
        kind = next(kind for kind in _KINDS if match[kind])
        found.setdefault(match["name"], Practice(paragraph_id, match.group(), match.start(), match.end(), kind))
    return list(found.values())
