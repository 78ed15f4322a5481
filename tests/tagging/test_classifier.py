from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govnlp import MechanismClassifier
from govnlp.errors import InputError, ModelError, NotFittedError, UsageError
from govnlp.labelled.paragraphs import LabelledParagraph, Mark
from govnlp.lexicon.tokenizer import Tokenizer
from govnlp.records import Paragraph
from govnlp.tagging import learning
from govnlp.tagging.codebook import Codebook, Mechanism, load_codebook
from govnlp.tagging.features import learn_features, text_features
from govnlp.tagging.training import recode

TEXTS = [
    f"{place}{what}{n}个。"
    for n, place in enumerate(["东片", "西片", "南片", "北片", "中片", "河边"], 2)
    for what in ("划分网格", "组织调解纠纷")
]
LABELS = [("grid",), ("disputes",)] * 6
SMALL = Codebook(
    "1", (Mechanism("grid", "网格管理"), Mechanism("disputes", "矛盾化解"), Mechanism("culture", "文明文化"))
)


@pytest.fixture(scope="module")
def small() -> MechanismClassifier:
    return MechanismClassifier(SMALL).fit(TEXTS, LABELS)


def test_features_are_counted_as_scikit_learn_counts_them() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    tokenizer = Tokenizer(dictionary="none")
    peer = TfidfVectorizer(analyzer=lambda text: text_features(text, tokenizer), min_df=2, norm=None)
    weighed = peer.fit_transform(TEXTS).toarray()
    lengths = np.sqrt((weighed * peer.idf_).sum(axis=1, keepdims=True))
    features, projection = learn_features(TEXTS, tokenizer)
    assert list(features.vocabulary) == sorted(peer.get_feature_names_out())
    np.testing.assert_allclose(features.find(TEXTS).rows(projection).toarray(), weighed / lengths, atol=1e-6)


def test_a_paragraph_counts_what_its_sentences_count() -> None:
    features, projection = learn_features(TEXTS, Tokenizer())
    sentence = "东片划分网格2个，西片组织调解纠纷3个，南片划分网格4个。"
    found = features.find([sentence + TEXTS[1], "", sentence])
    assert found.owner.tolist() == [0, 0, 2]
    assert found.spans == [(0, 29), (29, 29 + len(TEXTS[1])), (0, 29)]
    np.testing.assert_allclose(found.sentence_rows(projection)[2].toarray(), found.rows(projection)[2].toarray())


@given(st.lists(st.text(alphabet="网格党员社区议事调解志愿3个。，“”A😀", max_size=30), max_size=5))
def test_sentences_score_what_their_words_and_pairs_weigh(classifier, texts: list[str]) -> None:
    found = classifier.features_.find(texts)
    expected = np.zeros((len(found.owner), len(classifier.codebook_.ids)))
    np.add.at(expected, found.sentence_of_word[found.word], classifier.weights_[found.columns])
    np.testing.assert_allclose(
        classifier._score(found, found.word_sums(classifier.weights_))[1],
        expected / found.sentence_lengths[:, None],
        atol=1e-4,
    )


def test_a_term_never_seen_speaks_for_its_mechanism() -> None:
    texts = [f"配备专职网格员{i}名。" for i in range(6)] + [f"聘请人民调解员{i}名。" for i in range(6)]
    labels = [("grid",)] * 6 + [("disputes",)] * 6
    model = MechanismClassifier(SMALL).fit(texts, labels)
    words = {word.term: word.weight for word in model.explain("设立乡镇（街道）综治中心，选出全科网格员。", "grid")}
    assert words["全科网格员"] > 0


def test_sentences_are_learnt_where_labels_are_marked(small) -> None:
    texts = [f"划分网格{i}个，配齐人员到岗到位，事事有人管。组织大家调解纠纷{i}件，事情办得很好。" for i in range(10)]
    texts += [f"过节的时候，{i}位邻居坐在一起包饺子。" for i in range(10)]
    labels = [("grid", "disputes")] * 10 + [()] * 10
    marks = [(Mark("grid", 0, 6), Mark("disputes", 23, 31))] * 10 + [()] * 10
    model = MechanismClassifier(SMALL).fit(texts, labels, marks=marks)
    raw = model.decision_function(["划分网格9个。"])[0]
    assert model.best_sentence_ > small.best_sentence_ == 0
    assert raw[0] > raw[1]


def test_a_small_model_learns_and_names_what_it_did_not_learn(small) -> None:
    assert small.predict(["新区划分网格9个。", "调解纠纷9个。"]) == [("grid",), ("disputes",)]
    assert small.untrained_ == ("culture",)
    assert small.predict_proba(TEXTS)[:, 2].max() == 0


@given(st.text(alphabet="网格党员社区议事调解志愿养老数据3个。，", max_size=60))
def test_evidence_and_intercept_add_up_to_the_raw_score(classifier, text: str) -> None:
    raw = classifier.decision_function([text])[0]
    for number, label in enumerate(classifier.codebook_.ids[:3]):
        words = classifier.explain(text, label)
        total = sum(word.weight for word in words) + classifier.intercepts_[number]
        assert total == pytest.approx(raw[number], abs=1e-4)
        assert "".join(word.term for word in words) == text


@given(st.lists(st.text(alphabet="网格党员社区议事调解志愿养老数据3个。，", max_size=30), min_size=1, max_size=6))
def test_a_label_is_given_exactly_when_its_score_reaches_its_threshold(classifier, texts: list[str]) -> None:
    scores = classifier.predict_proba(texts)
    assert ((scores >= 0) & (scores <= 1)).all()
    ids = classifier.codebook_.ids
    expected = [tuple(ids[i] for i in np.flatnonzero(row >= classifier.thresholds_)) for row in scores]
    assert classifier.predict(texts) == expected
    tagged = classifier.tag_paragraphs([Paragraph(str(i), text) for i, text in enumerate(texts)])
    assert [t.labels for t in tagged] == expected


@given(st.lists(st.text(alphabet="网格党员社区议事调解志愿养老数据3个。，", max_size=30), min_size=2, max_size=8))
def test_batch_size_and_order_change_nothing(classifier, texts: list[str]) -> None:
    together = classifier.predict_proba(texts)
    alone = np.vstack([classifier.predict_proba([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)
    np.testing.assert_allclose(together[::-1], classifier.predict_proba(texts[::-1]), atol=1e-6)


def test_saving_and_loading_changes_no_prediction(small, tmp_path: Path) -> None:
    small.save(tmp_path / "m")
    loaded = MechanismClassifier.load(tmp_path / "m")
    np.testing.assert_array_equal(loaded.predict_proba(TEXTS), small.predict_proba(TEXTS))
    assert loaded.predict(TEXTS) == small.predict(TEXTS)
    assert loaded.fingerprint_ == small.fingerprint_
    assert "culture" in (tmp_path / "m" / "README.md").read_text("utf-8")


def test_training_is_deterministic(small) -> None:
    assert MechanismClassifier(SMALL).fit(TEXTS, LABELS).fingerprint_ == small.fingerprint_


def test_of_many_rows_every_share_is_learnt_from(small, monkeypatch) -> None:
    monkeypatch.setattr(learning, "SHARE", 5)
    shared = MechanismClassifier(SMALL).fit(TEXTS, LABELS)
    assert shared.predict(TEXTS) == small.predict(TEXTS) == LABELS
    assert not np.allclose(shared.weights_, small.weights_)


@pytest.mark.parametrize(
    ("positives", "negatives", "share", "count"),
    [(3, 7, 10, 1), (3, 7, 5, 2), (3, 7, 2, 3), (1, 99, 10, 1), (99, 1, 10, 1)],
)
def test_shares_hold_every_row_once_and_both_answers(positives: int, negatives: int, share: int, count: int) -> None:
    truth = np.arange(positives + negatives) < positives
    shares = learning.divide(np.arange(len(truth)), truth, share)
    assert len(shares) == count
    assert sorted(np.concatenate(shares).tolist()) == list(range(len(truth)))
    assert all(truth[own].any() and not truth[own].all() for own in shares)


def test_labels_coded_in_part_are_learnt_from_what_was_looked_for() -> None:
    coded = [None if i < 10 else ("disputes",) for i in range(12)]
    model = MechanismClassifier(SMALL).fit(TEXTS, LABELS, coded=coded)
    assert "grid" not in model.untrained_


def test_foreign_and_tampered_models_are_refused(small, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model\.json is missing"):
        MechanismClassifier.load(tmp_path)
    folder = tmp_path / "m"
    small.save(folder)
    settings = json.loads((folder / "model.json").read_text("utf-8"))
    for change, message in [
        ({"format": "other"}, "no model of govnlp"),
        ({"version": 99}, "format 99"),
        ({"min_count": 7}, "changed after it was saved"),
    ]:
        (folder / "model.json").write_text(json.dumps({**settings, **change}), "utf-8")
        with pytest.raises(ModelError, match=message):
            MechanismClassifier.load(folder)
    (folder / "model.safetensors").write_bytes(b"\x80\x04pickle")
    with pytest.raises(ModelError, match="cannot be read"):
        MechanismClassifier.load(folder)


def test_wrong_calls_say_what_was_expected() -> None:
    with pytest.raises(NotFittedError, match="load"):
        MechanismClassifier().predict(["网格"])
    with pytest.raises(UsageError, match="as many of each"):
        MechanismClassifier(SMALL).fit(TEXTS, LABELS[:3])
    with pytest.raises(UsageError, match="unknown label 'gird'"):
        MechanismClassifier(SMALL).fit(TEXTS, [("gird",)] * 12)
    with pytest.raises(UsageError, match="no label has 5"):
        MechanismClassifier(SMALL).fit(TEXTS, [()] * 12)
    with pytest.raises(UsageError, match="not one text"):
        MechanismClassifier(SMALL).fit(TEXTS, LABELS).predict("网格")


def test_the_codebook_has_21_mechanisms_in_order() -> None:
    book = load_codebook()
    assert len(book.ids) == 21
    assert book.sort(["industry", "leadership", "industry"]) == ("leadership", "industry")
    with pytest.raises(UsageError, match="unknown label 'x'"):
        book.sort(["x"])


@pytest.mark.parametrize(
    "text",
    ["a: [", "mechanisms: 3", "mechanisms: []", "mechanisms: [{zh: 一}]", "mechanisms: [{id: a}, {id: a}]", "[]"],
)
def test_a_wrong_codebook_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "book.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"book\.yaml"):
        load_codebook(file)


def test_the_corpus_is_coded_only_for_labels_that_it_knows() -> None:
    book = Codebook("mine", (Mechanism("grid", "网格管理"), Mechanism("trees", "行道树")))
    marks = (Mark("grid", 0, 4), Mark("disputes", 4, 6))
    (found,) = recode([LabelledParagraph("1", "划分网格48个。", ("grid", "disputes"), "a", marks=marks)], book)
    assert (found.labels, found.coded, found.marks) == (("grid",), ("grid",), marks[:1])


@pytest.mark.parametrize("text", ["", "12 13 14", "482 668 1,200 99.8%", "2024-05-06", "A+B", "……"])
def test_no_label_without_a_chinese_character(classifier, text: str) -> None:
    assert classifier.predict([text, "配备专职网格员668名，逐户走访。"])[0] == ()
