"""What the letters of one line say about it: named patterns, and functions that ask them."""

from __future__ import annotations

import re

HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
FINAL = "。！？!?…"
OPENERS = "“‘「『《〈（(【〔["
CLOSERS = "”’」』》〉）)】〕]"

# （上接第2版）  下转A03版  ▲上接一版  （紧接第四版）
MARKER = re.compile(
    r"[（(【\[▲▼●]?\s*(?:上接|下转|紧接)\s*[第]?\s*[A-Za-z]?[\d０-９一二三四五六七八九十○〇]{1,3}\s*版[^。，\n）)】]{0,12}[)）】\]]?"
)
_ONWARD = re.compile(r"下转")

# The suffixes of administrative names; two characters at least before one, so that 忻州市 is not 忻州 + 市.
PLACE_CHAIN = re.compile(
    rf"(?:[{HAN}]{{2,9}}?(?:省|自治区|兵团))?(?:[{HAN}]{{2,9}}?(?:市|自治州|地区|盟|州))?"
    rf"(?:[{HAN}A-Z]{{1,9}}?(?:市|区|县|旗|镇|乡|街道|社区|新区|开发区|村|师|团))?"
)
_PLACE = rf"[{HAN}A-Z]{{1,26}}(?:省|市|区|县|旗|州|盟|镇|乡|街道|村|师|团|兵团|社区)"
_KICKER_PLACE = re.compile(rf"{_PLACE}(?:[{HAN}]{{2,12}}(?:局|委|部|办|公司|集团|学院|大学))?\s*[:：]")
_PROVINCE = re.compile(rf"[{HAN}]{{2,3}}省|(?:内蒙古|[{HAN}]{{2,5}}族)自治区")
PLACE_HEAD = re.compile(rf"{_PLACE}\s*[:：](?=\s*\S)")
COLUMN_NAME = re.compile(
    r"[【\[◆■●▶※☆★]?\s*(记者手记|采访手记|采访札记|记者札记|采编手记|编采手记|手记|评论|短评|时评|社论|快评|微评|锐评|"
    r"今日谈|杂谈|言论|编者按|编后|编后语|一线视点|观点|声音|简讯|要闻|短讯|快讯)\s*[】\]◆■●▶※☆★]?"
)
# 临川省桐江市南门街道豆腐巷
_PLACE_LINE = re.compile(
    rf"[{HAN}]{{2,8}}(?:省|自治区|市|州)[{HAN}]{{1,8}}(?:市|州|盟|县|区|旗|镇|乡|街道|村|社区)[{HAN}]{{0,4}}"
)
_FIGURES = re.compile(r"(?:^|\s)[\d.,，%％]+(?=\s|$)")  # a row of a table: "2021年 12 12"
_SERIES = re.compile(rf"[{HAN}“”]{{3,16}}\s*[·•・｜|丨]\s*[{HAN}“”]{{2,12}}")
_PAGE_COLUMN = re.compile(r"[【\[◆■●▶※☆★]?\s*(?:简讯|要闻|短讯|快讯|声音|观点|一线视点)\s*[】\]◆■●▶※☆★]?")

_ORGAN = (
    rf"[{HAN}A-Z（）()“”·、]{{0,40}}"
    r"(?:委员会|组织部|宣传部|统战部|政法委|社会工作部|工作部|编办|委办公室|政府|党校|党委|党工委|工委|纪委|"
    r"妇联|团委|总工会|课题组|办公室|局|街道|镇)"
)
UNIT_LINE = re.compile(rf"[■□◆◇●▲☆★▌|│（(]?\s*(?P<unit>(?:中共|中国共产党)?{_ORGAN})\s*(?:供稿)?[）)]?")
_BULLET = re.compile(r"[■□◆◇●▲☆★▌◎○✎]\s*")
_AUTHOR = re.compile(
    r"(?:文\s*[/／|｜]|作者\s*[:：]|撰文\s*[:：]?|供稿\s*[:：]|来源\s*[:：]|[（(]作者(?:系|单位|为|：))"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁"
    "荀羊惠甄曲封芮储靳邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹龙叶幸司韶黎溥印宿白怀蒲从索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦"
    "尚农温别庄晏柴瞿阎慕连茹习宦艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关游权付肖闫温邝覃"
)
# A name must follow 记者 directly or behind a blank: "记者走进茶溪县" signs nothing.
_BYLINE_WORD = re.compile(
    rf"[（(]?(?:■|□|◎)?\s*(?:本报|本刊|人民日报|新华社|中新社|[{HAN}]{{2,8}}(?:报|社|网|台))?\s*"
    r"(?:全媒体|首席|见习|实习|驻\S{2,6}?)?(?:评论员|特约评论员|记者|通讯员|撰稿人|作者|编辑|特约记者)"
    rf"(?:$|[：:／/\s]|(?=[{SURNAMES}][{HAN}]))"
)
_NAME = rf"(?:[{SURNAMES}][{HAN}]{{1,2}}|[{SURNAMES}]\s[{HAN}]|(?:欧阳|上官|司马|诸葛)[{HAN}]{{1,2}})"
NAMES_LINE = re.compile(rf"{_NAME}(?:\s*[、，]\s*{_NAME}|\s+{_NAME}){{0,3}}")
# 礁石区委组织部 方既白
UNIT_AND_NAMES = re.compile(rf"[■□◆●▲（(]?\s*(?P<unit>{_ORGAN})\s+(?P<names>{NAMES_LINE.pattern})[)）]?")
_SIGNER = re.compile(
    rf"[{HAN}]{{3}}(?:部|委|局|办|会|府|校|院|组|街道|镇|乡|中心|集团|公司|支部|供稿)$|记者|通讯员|作者|[■□◆●▲]\s*{NAMES_LINE.pattern}$"
)

_CAPTION_WORD = re.compile(
    r"图为|图①|图一|[上下左右]图|供图|[图片]\s*[：:/／]|资料图|图片由|图片来源|"
    r"(?:报道组|记者|通讯员|[\u4e00-\u9fff]{2,3})\s*[/／]?\s*摄(?:影报道)?[）)]?$|^[【\[（(]图"
)
_CREDIT_ONLY = re.compile(r"[^，。]{2,24}(?:供图|摄|提供|摄影)[）)]?")
_SCENE = re.compile(
    r"(?:开展|举办|举行|组织|参加|正在|走访|展示|宣讲|调研|参观|学习|体验|在.{2,20}(?:为|里|上|前)).{0,40}"
    r"(?:活动|课堂|场景|现场|节目|夏令营|比赛|大赛|演出|培训|服务|座谈|议事|体验|讲解|知识|情况|宴|会|课)。?$|正在|现场。"
)

# 社区 and 辖区 are no places, 全市 and 各县 none either.
_UNIT_END = (
    r"(?:(?<![社小片辖园校景城山各全我本该两市郊库])区|(?<![各全我本该城超夜集闹])[市县旗])"
    r"(?!域|块|间|别|分|民|委|长|场|里|政|直|级|内|属)"
)
_STEM = rf"(?:(?![委局部办组全各我本该])[{HAN}]){{2,5}}?"
_FULL_PLACE = re.compile(
    rf"(?:^|[^{HAN}]|[在与自到看])(?![全各我本该])[{HAN}]{{2,5}}(?:省|自治区|市|自治州|州|盟|地区)({_STEM}{_UNIT_END})"
)
_COUNTY = re.compile(rf"(?:^|[^{HAN}]|[在与自到看是给])({_STEM}{_UNIT_END})")
_TITLE_PLACE = re.compile(rf"(?:^|—)([{HAN}]{{2,5}}?{_UNIT_END})")

_NEWSPAPER = re.compile(rf"《?([{HAN}]{{2,9}}(?<![汇通简举申海预情喜回快捷])报)(?![{HAN}])》?")
DATE = re.compile(r"((?:19|20)\d\d|二[○〇零]\S{2})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})日?")
PAGE_NUMBER = re.compile(r"第?\s*([A-Za-z]?\d{1,3})\s*版|^([A-Z]\d{2})(?=\s)|^\s*[-—·]*\s*([A-Z]?\d{1,3})\s*[-—·]*\s*$")
_STAFF = re.compile(
    r"(?:本版|责任|执行|值班)?(?:主编|编辑|责编|美编|校对|版式|视觉|审读|编审|制图|电话|邮箱|热线|邮编|地址|网址|版面|投稿)"
    r"\s*[:：/／]?\s*[\w@.\-\s、]{0,30}"
)
_WEEKDAY = re.compile(
    r"(?:星期|周)[一二三四五六日天]|农历\S{2,8}|E-?mail\S*|https?://\S+|www\.\S+|\S+@\S+\.\w+|扫码\S{0,12}|二维码"
)
# 今日天气：多云转晴  广告热线：0999-8888666  邮发代号：99-9  扫码关注本报
_SERVICE = re.compile(
    r"(?:今日)?天气(?:预报)?\s*[:：]|(?:广告|新闻|发行|订阅|服务|报料|投稿|监督|咨询)?(?:热线|电话|邮箱)\s*[:：]?\s*[\w@.\-—()（）\s]{6,}|"
    r"邮发代号|国内统一|国际标准|定价\s*[:：]|(?:本报|社|报社)?地址\s*[:：]|(?:官方)?网(?:址|站)\s*[:：]|"
    r"(?:长按|扫码|扫描|扫一扫|识别).{0,4}?(?:二维码|关注|阅读|看|观看|下载|了解|收听)|[（(]?(?:本文)?(?:完|未完待续)[）)]$|"
    r"[（(]?(?:责任|执行|本版|图文|网络|值班)?(?:编辑|责编|编审|主编|校对|版式|美编|审核|监制|视觉|组版)\s*[:：/／|｜]"
)
_LATIN = re.compile(r"[A-Z][A-Z\s]{5,40}")
_PAGE_TITLE = re.compile(r"要闻|综合|专题|专版|特刊|理论|党建|基层|民生|时政|社会|深度|特别报道|总第\s*\d+期")
_RULE = re.compile(r"(?:\W|_)+")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<[^<>]{1,200}>")
DISPATCH = re.compile(
    r"[（(]?(?:本报|本网|新华社|中新社|人民网|[\u4e00-\u9fff]{2,6}(?:报|网))[^，。]{0,18}?(?:讯|电)[）)]?\s*(?:[（(][^）)]{2,40}[）)])?"
)


def is_marker(text: str) -> bool:
    """Return whether the line only says where an article comes from or goes on."""
    return MARKER.fullmatch(text) is not None


def points_onward(text: str) -> bool:
    """Return whether a marker leads away: 下转, not 上接."""
    return _ONWARD.search(text) is not None


def is_folio(text: str) -> bool:
    """Return whether the line is the page's own: newspaper, date, page number, staff, rules."""
    if len(text) > 90:
        return False
    if text.isdigit() or any(p.fullmatch(text) for p in (_RULE, _LATIN, PAGE_NUMBER, _IMAGE)):
        return True
    if len(text) <= 48 and "。" not in text and _SERVICE.match(text):
        return True
    rest, found = text, 0
    for pattern in (_IMAGE, DATE, _WEEKDAY, PAGE_NUMBER, _STAFF, _NEWSPAPER):
        rest, count = pattern.subn("", rest)
        found += count
    rest = _PAGE_TITLE.sub("", rest) if found else rest
    return found > 0 and len(re.sub(r"\W", "", rest)) <= 3


def newspaper_name(text: str) -> str | None:
    """Return the newspaper that a folio line names: 《河湾日报》 2024年5月1日 → 河湾日报."""
    found = _NEWSPAPER.search(text)
    return found[1] if found else None


def is_kicker(text: str) -> bool:
    """Return whether the line is a place and a colon, or the name of a column."""
    return (
        _PROVINCE.fullmatch(text) is not None
        or _KICKER_PLACE.fullmatch(text) is not None
        or COLUMN_NAME.fullmatch(text) is not None
    )


def is_page_column(text: str) -> bool:
    """Return whether the line names a column of the page that holds several articles: 要闻, 【简讯】."""
    return _PAGE_COLUMN.fullmatch(text) is not None


def names_series(text: str) -> bool:
    """Return whether a title line above others names a series of reports or a place: 党建引领基层治理·一线探访."""
    return len(text) <= 30 and (_SERIES.fullmatch(text) or _PLACE_LINE.fullmatch(text)) is not None


def is_place_headline(text: str) -> bool:
    """Return whether the line is a place, a colon and what it did: 青石县：搭起“连心桥”."""
    return PLACE_HEAD.match(text) is not None and looks_like_title(text)


def is_unit(text: str) -> bool:
    """Return whether the line is a signing organ: ■中共青石县委组织部."""
    marked = _BULLET.match(text) is not None or text.lstrip("（(").startswith("中共") or "供稿" in text[-3:]
    return marked and len(text) <= 45 and UNIT_LINE.fullmatch(text) is not None


def is_byline(text: str) -> bool:
    """Return whether the line signs an article: a unit, 本报记者 and names, 作者：."""
    if len(text) > 80 or (text.endswith(("。", "，")) and not text.startswith(("（作者", "(作者"))):
        return False
    if is_unit(text) or _AUTHOR.match(text) or UNIT_AND_NAMES.fullmatch(text):
        return True
    bullet = _BULLET.match(text)
    if bullet and len(text) <= 40 and not set(text) & set("，。；“") and _SIGNER.search(text):
        return True
    return _BYLINE_WORD.match(text) is not None and len(text) <= 60 and not set(text) & set("，。；“")


def is_names(text: str) -> bool:
    """Return whether the line holds nothing but names: 柳砚秋 方既白."""
    return NAMES_LINE.fullmatch(text) is not None


def full_places(text: str) -> list[str]:
    """Return the last names of places that are spelled out: 松原省临江市桥东区 → ["桥东区"]."""
    return _FULL_PLACE.findall(text)


def counties(text: str) -> list[str]:
    """Return the words that may be the name of a county, city or district: 地广人稀，是青石县的…… → ["青石县"]."""
    return _COUNTY.findall(text)


def title_places(text: str) -> list[str]:
    """Return the places that a title line begins with: 桥东区给报表“脱水” → ["桥东区"]."""
    return _TITLE_PLACE.findall(text)


def may_be_pen_name(text: str) -> bool:
    """Return whether a line under a headline is as short as a name: 言之序."""
    return re.fullmatch(rf"[{HAN}]{{2,3}}|[{HAN}]\s+[{HAN}]", text) is not None


def says_caption(text: str) -> bool:
    """Return whether the words of a caption stand in it: 图为……, ……供图, 林溪摄."""
    return len(text) <= 160 and _CAPTION_WORD.search(text) is not None


def is_credit(text: str) -> bool:
    """Return whether the line only names the photographer."""
    return len(text) <= 28 and _CREDIT_ONLY.fullmatch(text) is not None


def shows_scene(text: str) -> bool:
    """Return whether one sentence says what people do at a moment, as captions do."""
    return text.count("。") <= 1 and _SCENE.search(text) is not None


def looks_like_title(text: str) -> bool:
    """Return whether the line can be a headline or heading by its form: short, without a full stop."""
    bare = "".join(text.split())
    if not 2 <= len(bare) <= 56 or bare[-1] in "。；，、：:;," or "。" in bare or "；" in bare:
        return False
    if bare.count("，") > 2 or ("，" in bare and bare.endswith(("！”", "？”", "…”"))):
        return False
    if len(_FIGURES.findall(text)) >= 2 or not any("\u3400" <= c <= "\u9fff" for c in bare):
        return False
    return unclosed(bare) == "" and bare[0] not in CLOSERS + "，。；、：！？"


def unclosed(text: str) -> str:
    """Return the quotes and brackets left open, and those closed that were never opened, in their order.

    `unclosed("推行“一站")` is "“", `unclosed("办结”模式")` is "”".
    """
    left: list[str] = []
    for c in text:
        if c in OPENERS:
            left.append(c)
        elif c in CLOSERS:
            pair = OPENERS[CLOSERS.index(c)]
            if pair in left:
                del left[len(left) - 1 - left[::-1].index(pair) :]
            else:
                left.append(c)
    return "".join(left)
