"""Who signed an article, and when and where it was printed: unit, reporter, date, newspaper, page, genre."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from govnlp.reading import cues
from govnlp.reading.blocks import squash
from govnlp.records import Genre

_FILE_DATE = re.compile(r"((?:19|20)\d\d)[-_.年]?(0?[1-9]|1[0-2])[-_.月]?([0-2]?\d|3[01])(?!\d)")
_FILE_PAGE = re.compile(r"第?([A-Za-z]?\d{1,2})版|(?:^|[_\-\s])([A-Z]\d{2})(?=[_\-\s.]|$)")
_FILE_NEWSPAPER = re.compile(rf"[{cues.HAN}]{{2,9}}报")
_DISPATCH_DATE = re.compile(r"(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日[讯电]")
_SIGNED_NAMES = re.compile(
    rf"(?:记者|评论员|作者|通讯员|撰稿人|撰文|文)\s*[：:/／]?\s*((?:[{cues.HAN}]\s?[{cues.HAN}]{{1,3}}[\s、，]*)+)"
)
_TITLES = re.compile(
    r"本报|本刊|全媒体|首席|见习|实习|特约|评论员|记者|通讯员|撰稿人|作者|撰文|文\s*[/／]|[：:■□◆◇●▲★（）()]|摄影报道|报道|摄影|综合|实习生|整理|采写"
)
_DISPATCH_REPORTER = re.compile(r"[（(](?:本报)?(?:全媒体|见习|实习)?记者[：:\s]*([^）)]{2,30})[）)]")
_TOLD_REPORTER = re.compile(
    rf"记者\s?([{cues.SURNAMES}][{cues.HAN}]{{1,2}}?)(?=从|在|近日|日前|了解|获悉|走进|来到|看到)"
)
_ORGAN_END = re.compile(r"(?:部|委|局|办|会|府|校|院|组|编|街道|镇|乡|社区|中心|委员会|支部|党委|党工委|集团|公司)$")
_NOTE = re.compile(r"记者手记|采访手记|采访札记|记者札记|采编手记|编采手记|蹲点手记|手记$|^手记|札记$")
_OPINION_LABEL = re.compile(r"评论员|社论|时评|短评|快评|微评|锐评|今日谈|杂谈|^言论$|^评论$|编后|编者按|^观点$")
_URGES = re.compile(
    r"[应要须](?:当|该|着力|坚持|把|让|从|在|有|以|做|多|防|真|善于)|不能|不可|不妨|切莫|切忌|绝不|必须|唯有|只有|方能|才能|何尝|岂能|难道|不是.{1,20}而是|归根结底|值得|笔者|说到底|诚然|毋庸|殊不知|须知|警惕|别让|莫让"
)
_DEEDS = re.compile(r"\d+(?:\.\d+)?(?:余|多|万)*[个名人次项件户支场家处条]|截至|成立了|建立了|今年以来")


@dataclass(frozen=True)
class Imprint:
    """What a page's folio lines or its file name say about the whole page."""

    newspaper: str | None = None
    date: str | None = None
    page: str | None = None


def read_imprint(source: str, folios: Iterable[str]) -> Imprint:
    """Return newspaper, date and page, printed lines before the file name.

    `read_imprint("河湾日报_2024-05-01_A03.txt", ())` is Imprint("河湾日报", "2024-05-01", "A03").
    """
    lines = list(folios)
    name = PurePath(source).stem
    in_name = _FILE_NEWSPAPER.search(name)
    date = next((d for line in lines if (d := _printed_date(line))), None)
    number = next((m[1] or m[2] or m[3] for line in lines if (m := cues.PAGE_NUMBER.search(line))), None)
    file_date, file_page = _FILE_DATE.search(name), _FILE_PAGE.search(name)
    return Imprint(
        newspaper=next((n for line in lines if (n := cues.newspaper_name(line))), in_name[0] if in_name else None),
        date=date or (f"{file_date[1]}-{int(file_date[2]):02}-{int(file_date[3]):02}" if file_date else None),
        page=number or ((file_page[1] or file_page[2]) if file_page else None),
    )


def _printed_date(line: str) -> str | None:
    found = cues.DATE.search(line)
    if not found or not found[1].isdigit():
        return None
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"


def dispatch_date(text: str, year: str | None) -> str | None:
    """Return the date of a dispatch line; as printed when no year is known: 本报临江5月6日讯 → "5月6日"."""
    found = _DISPATCH_DATE.search(text[:60])
    if not found:
        return None
    known = found[1] or year
    return f"{known}-{int(found[2]):02}-{int(found[3]):02}" if known else f"{found[2]}月{found[3]}日"


def find_unit(bylines: Sequence[str]) -> str | None:
    """Return the signing organ without its mark: ■中共青石县委组织部 → 中共青石县委组织部."""
    for line in bylines:
        bare = re.sub(r"^[■□◆◇●▲☆★▌◎|│\s]+", "", line)
        bare = re.sub(r"^[（(](?:作者单位?\s*[:：系]?)?(.*?)[）)]$", r"\1", bare)
        bare = re.sub(r"^(?:供稿|来源|作者|撰文|文)\s*[：:/／]\s*", "", bare)
        bare = re.sub(r"\s*供稿$", "", bare)
        if signed := cues.UNIT_AND_NAMES.fullmatch(bare):
            bare = signed["unit"]
        bare = squash(bare)
        if len(bare) >= 4 and _ORGAN_END.search(bare) and not re.match(r"本报|记者|通讯员|新华社", bare):
            return bare
    return None


def find_reporter(bylines: Sequence[str], first: str, last: str) -> str | None:
    """Return the names that sign, parted by 、: "本报记者 柳砚秋 方既白" → 柳砚秋、方既白.

    A dispatch signs in brackets behind 本报讯, some articles sign in brackets at their end.
    """
    for line in bylines:
        if signed := cues.UNIT_AND_NAMES.fullmatch(line):
            return _names(signed["names"])
        if find_unit([line]) is None and (names := _names(_TITLES.sub(" ", line))):
            return names
    for text in (first[:70], last[-40:]):
        found = _DISPATCH_REPORTER.search(text)
        if found and (names := _names(_TITLES.sub(" ", found[1]))):
            return names
    told = _TOLD_REPORTER.search(first[:40]) if cues.DISPATCH.match(first) else None
    return told[1] if told else None


def _names(text: str) -> str:
    """Return the names of a line; 方 言 is one name whose letters are set apart."""
    text = re.sub(rf"(?<![{cues.HAN}])([{cues.HAN}])\s+([{cues.HAN}])(?![{cues.HAN}])", r"\1\2", text)
    return "、".join(
        name for name in re.split(r"[\s、，,]+", text.strip()) if re.fullmatch(rf"[{cues.HAN}·]{{2,8}}", name)
    )


def find_genre(
    titles: Sequence[str], bylines: Sequence[str], paragraphs: Sequence[str], has_place: bool, has_unit: bool
) -> Genre:
    """Return the genre: the label it prints, then a dispatch line, then whether it urges rather than tells.

    Args:
        titles: kicker, headline, column name.
        bylines: its signatures.
        paragraphs: its text.
        has_place: headline or kicker name a place.
        has_unit: an organ signs it.
    """
    if any(_NOTE.search(squash(line)) for line in (*titles, *bylines)):
        return "note"
    if any(_OPINION_LABEL.search(squash(line)) for line in (*titles, *bylines)):
        return "commentary"
    if paragraphs and cues.DISPATCH.match(paragraphs[0]):
        return "news"
    if has_unit or has_place or not paragraphs:
        return "report"
    return "commentary" if _argues("".join(paragraphs)) else "report"


def _argues(text: str) -> bool:
    """Return whether the text urges more than it counts: "基层减负，不能一减了之，要……"."""
    urges, deeds = len(_URGES.findall(text)), len(_DEEDS.findall(text))
    return urges * 1000 >= 4 * len(text) and urges > 2 * deeds
