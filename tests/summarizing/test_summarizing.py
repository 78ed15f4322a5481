from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import load_codebook, read_text, summarize
from govnlp.errors import UsageError
from govnlp.records import Article, Paragraph, Section
from govnlp.summarizing.candidates import Candidates, article_sentences, split_sentences
from govnlp.summarizing.clauses import cut_to
from govnlp.summarizing.pairs import Pairs
from govnlp.summarizing.rating import METHODS
from govnlp.summarizing.selection import Balance, _Taken, select
from govnlp.summarizing.statements import statement_spans

SENTENCES = [
    ("织密网格。全区划分网格48个。", ["织密网格。", "全区划分网格48个。"]),
    ("“好！”居民说。再来。", ["“好！”居民说。", "再来。"]),
    ("他说：“先建支部。再选网格长。”大家同意。", ["他说：“先建支部。再选网格长。”", "大家同意。"]),
    ("没有句号", ["没有句号"]),
    ("", []),
    ("一是划分网格48个；二是配网格员9名。三是入户！", ["一是划分网格48个；二是配网格员9名。", "三是入户！"]),
    ("推行“议事（树下。院坝。）法”。建站。", ["推行“议事（树下。院坝。）法”。", "建站。"]),
    ("“开头没有收。建站3个。", ["“开头没有收。", "建站3个。"]),
    ("来了就办！！再说", ["来了就办！！", "再说"]),
]
PAGE = """青桐区：小网格连着大民生

■中共青桐区委组织部

青桐区坚持党建引领，让群众住得放心、办事省心。

织密一张网

划好责任田。全区划分网格482个，配备专职网格员668人，建立网格党支部120个。

议好身边事。推行“树荫议事”工作法，每月组织居民代表议事，解决停车、充电等问题230余个。

办好暖心事。建成社区食堂12个、养老服务中心5个，服务老人1.1万人次。
"""


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [s.text for s in split_sentences(Paragraph("p", text))] == sentences


@given(st.text(alphabet="网格。！？”“’‘）（()》《，；说道他", max_size=60))
def test_sentences_joined_are_the_paragraph(text: str) -> None:
    found = split_sentences(Paragraph("p", text))
    assert "".join(s.text for s in found) == text
    assert all(text[s.start : s.end] == s.text for s in found)


@pytest.mark.parametrize("method", [m for m in METHODS if m != "textrank"])
@pytest.mark.parametrize(("bullets", "chars"), [(1, None), (2, None), (6, 60), (6, 1), (6, None)])
def test_limits_are_hard_and_bullets_verbatim(classifier, method: str, bullets: int, chars: int | None) -> None:
    article = read_text(PAGE)[0]
    found = summarize(article, bullets, chars, method, classifier)
    texts = {p.id: p.text for p in article.paragraphs}
    assert len(found.bullets) <= bullets
    assert found.characters <= (chars or 10_000)
    assert all(texts[b.id][b.start : b.end] == b.text for b in found.bullets)
    assert all(b.text[f.start : f.end] == f.text for b in found.bullets for f in b.figures)


def test_bullets_stand_in_the_articles_order(classifier) -> None:
    found = summarize(read_text(PAGE)[0], classifier=classifier)
    places = [(b.id, b.start) for b in found.bullets]
    assert places == sorted(places)
    assert [p.name for p in found.practices] == ["“树荫议事”工作法"]


def test_textrank_is_snownlps(classifier) -> None:
    assert summarize(read_text(PAGE)[0], 2, method="textrank", classifier=classifier).bullets


WRONG_TEXTS = [
    "网格", "，" * 50, "3个" * 2000, "全区划分网格48个。" * 300, "全区划分网格48个。" * 10_000,
    "网格数482网格员668支部48", "482", "。", "“" * 500, "网格" * 5000, "来了就办！",
    "建成社区食堂12个，服务老人；" * 3000, "建成“社区；食堂”12个；" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG_TEXTS, ids=range(len(WRONG_TEXTS)))
def test_odd_paragraphs_are_summarized(classifier, text: str) -> None:
    article = Article("a", "", "report", None, sections=(Section(None, (Paragraph("a-p1", text),)),))
    assert len(summarize(article, classifier=classifier).bullets) <= 1


@pytest.mark.parametrize("arguments", [{"bullets": 0}, {"bullets": -1}, {"chars": 0}, {"method": "best"}])
def test_wrong_limits_are_named(arguments: dict) -> None:
    with pytest.raises(UsageError, match=r"expected|there are"):
        summarize(read_text(PAGE)[0], **arguments)


def article_of(*paragraphs: str, genre: str = "report") -> Article:
    numbered = tuple(Paragraph(f"a-p{n}", text) for n, text in enumerate(paragraphs, 1))
    return Article("a", "page.txt", genre, "小网格", sections=(Section(None, numbered),))


def test_no_summary_of_nothing_or_of_opinion(classifier) -> None:
    assert summarize(Article("a", "", "report", None), classifier=classifier).bullets == ()
    assert summarize(article_of("全区划分网格48个。", genre="commentary"), classifier=classifier).bullets == ()


def test_a_thin_article_gives_no_more_than_it_tells(classifier) -> None:
    slogans = [
        "持续凝聚合力，不断提升群众幸福感。",
        "始终坚持党建引领，奋力谱写新篇章。",
        "进一步夯实基础，切实增强动力。",
    ]
    told = "划分网格482个，配备专职网格员668人，开展入户走访3200户，化解矛盾纠纷117件。"
    found = summarize(article_of(slogans[0], told, *slogans[1:]), classifier=classifier)
    assert [bullet.text for bullet in found.bullets] == [told]


TOLD = "全区划分网格482个，配备专职网格员668人，推动力量下沉。"
UNLIKELY = [
    ([TOLD * 20], 1),
    (["泊阳市划分网格482个配备专职网格员668人建立网格党支部推动党员下沉社区" * 40], 1),
    (["始终坚持党建引领，持续推动基层治理提质增效，不断提升群众幸福感。" * 20], 0),
    (["始终坚持党建引领，不断提升群众幸福感。"], 0),
]


@pytest.mark.parametrize(("texts", "bullets"), UNLIKELY)
def test_where_no_sentence_is_likely_the_best_practice_is_taken(classifier, texts: list[str], bullets: int) -> None:
    assert len(summarize(article_of(*texts), classifier=classifier).bullets) == bullets


def test_a_sentence_without_its_end_is_taken_only_where_there_is_no_other(classifier) -> None:
    broken, whole = "全区划分网格482个，配备专职网格员668人，开展", "建成社区食堂12个，服务老人1.1万人次。"
    assert [b.text for b in summarize(article_of(broken, whole), method="lead", classifier=classifier).bullets] == [
        whole
    ]
    assert [b.text for b in summarize(article_of(broken), method="lead", classifier=classifier).bullets] == [broken]


@pytest.mark.parametrize("name", ["deliberation", load_codebook().by_id["deliberation"].zh])
def test_a_mechanism_can_be_asked_for(classifier, name: str) -> None:
    found = summarize(read_text(PAGE)[0], classifier=classifier, mechanism=name)
    assert [b.text[:10] for b in found.bullets] == ["推行“树荫议事”工作"]
    with pytest.raises(UsageError, match="grid 网格管理"):
        summarize(read_text(PAGE)[0], classifier=classifier, mechanism="网格")


def test_inputs_stay_as_they_were_and_the_same_input_gives_the_same(classifier) -> None:
    article = read_text(PAGE)[0]
    before = article.to_dict()
    assert summarize(article, classifier=classifier) == summarize(article, classifier=classifier)
    assert article.to_dict() == before


CUTS = [
    ("针对停车难，全区新增车位80个，让居民回家不再绕圈。", 16, "针对停车难，全区新增车位80个"),
    ("针对停车难，全区新增车位80个，让居民回家不再绕圈。", 10, "全区新增车位80个"),
    ("针对停车难，全区新增车位80个，让居民回家不再绕圈。", 7, None),
    (
        "推行“议事、评事，办事”工作法，办结实事230件，群众满意度达98%。",
        26,
        "推行“议事、评事，办事”工作法，办结实事230件",
    ),
    ("全区建成社区食堂12个；化解纠纷117件。", 20, "全区建成社区食堂12个"),
    ("没有可断之处却很长很长的一句话建成食堂12个", 10, None),
]


@pytest.mark.parametrize(("text", "room", "cut"), CUTS)
def test_a_long_sentence_is_cut_to_whole_clauses(text: str, room: int, cut: str | None) -> None:
    run = cut_to(text, room)
    assert (text[run[0] : run[1]] if run else None) == cut


@given(st.text(alphabet="建成食堂12个，；。“”（）并让", max_size=80), st.integers(1, 80))
def test_cuts_are_runs_that_fit(text: str, room: int) -> None:
    run = cut_to(text, room)
    assert run is None or (0 <= run[0] < run[1] <= len(text) and run[1] - run[0] <= room)


TWO = "成立调解队伍36支，化解矛盾纠纷117件；开设社区食堂12个，服务老人1.1万人次。"
STATEMENTS = [
    (TWO, ["成立调解队伍36支，化解矛盾纠纷117件", "开设社区食堂12个，服务老人1.1万人次。"]),
    ("出台三条措施：" + TWO, ["出台三条措施：" + TWO]),
    ("推行“一约：两会”办法，" + TWO, ["推行“一约：两会”办法，" + TWO.split("；")[0], TWO.split("；")[1]]),
    ("堤是有形的，人心是无形的；堤要年年修，人心要天天暖。", ["堤是有形的，人心是无形的；堤要年年修，人心要天天暖。"]),
    ("建成食堂12个；开设社区食堂12个，服务老人1.1万人次。", ["建成食堂12个；开设社区食堂12个，服务老人1.1万人次。"]),
    ("推行“成立调解队伍，化解纠纷；开设社区食堂”的办法。", ["推行“成立调解队伍，化解纠纷；开设社区食堂”的办法。"]),
    ("全区划分网格482个；", ["全区划分网格482个；"]),
    ("；；", ["；；"]),
    ("", [""]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "statements"), STATEMENTS)
def test_statements_of_a_sentence_that_enumerates(text: str, statements: list[str]) -> None:
    assert [text[start:end] for start, end in statement_spans(text)] == statements


@given(st.text(alphabet="建成食堂12个，；：。“”（）", max_size=120))
def test_statements_stand_in_order_and_lose_only_the_marks_between(text: str) -> None:
    spans = statement_spans(text)
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(text[before[1] : after[0]] == "；" for before, after in pairwise(spans))


def test_a_bullet_shows_one_statement_and_that_of_the_mechanism_asked_for(classifier) -> None:
    article = article_of("全市坚持党建引领，不断增强群众的获得感。", TWO)
    for asked, begins in ((None, ("成立", "开设")), ("disputes", ("成立",)), ("services", ("开设",))):
        bullets = summarize(article, 1, classifier=classifier, mechanism=asked).bullets
        assert [b.text.startswith(begins) and b.text in TWO and len(b.text) < len(TWO) for b in bullets] == [True]
        assert article.paragraphs[1].text[bullets[0].start : bullets[0].end] == bullets[0].text


def test_selection_is_that_of_the_plain_greedy_algorithm(classifier) -> None:
    """Looking again only at the head of the queue takes the same sentences as looking at all of them."""
    sentences = article_sentences(read_text(PAGE)[0])
    scores = classifier.predict_proba([s.text for s in sentences])
    candidates = Candidates(sentences, scores, classifier.limits_)
    ratings = np.linspace(0.5, 0.9, len(sentences))
    balance = Balance(0.5, 0.5, 0.5, 1.0)
    taken = _Taken(candidates, balance, float("inf"))
    plain: list[int] = []
    while len(plain) < 4:
        left = [n for n in range(len(sentences)) if n not in plain]
        best = max(left, key=lambda n: (ratings[n] * taken.share(n), -n))
        plain.append(best)
        taken.add(best, 0)
    assert [n for n, _ in select(candidates, ratings, 4, None, balance)] == sorted(plain)


def test_pairs_know_what_is_said_once() -> None:
    pairs = Pairs.of(["网格员", "网格", "议事", ""])
    assert pairs.sizes.tolist() == [2, 1, 1, 0]
    assert pairs.novelty().tolist() == [0.5, 0.0, 1.0, 0.0]
    assert pairs.centrality().argmax() in (0, 1)
