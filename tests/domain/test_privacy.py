"""What a public text is warned of, with its sentence and place, and what may stay; and the text beside its letter."""

import pytest

from suggestions.domain.privacy import findings
from suggestions.domain.publication import side_by_side

OWN = "（联系人：韩冬梅；电话：023-55500127）"


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("请拨打13812345678联系。", "手机号码", "13812345678"),
        ("请拨打１３８１２３４５６７８联系。", "手机号码", "１３８１２３４５６７８"),
        ("手机：138 1234 5678。", "手机号码", "138 1234 5678"),
        ("代表电话023-66612345。", "电话号码", "023-66612345"),
        ("代表电话（023）66612345。", "电话号码", "（023）66612345"),
        ("他的电话：66612345。", "电话号码", "：66612345"),
        ("身份证号500101198003071234。", "身份证号", "500101198003071234"),
        ("编号500101199913321234。", "银行卡号", "500101199913321234"),
        ("身份证50010119800307123X已登记。", "身份证号", "50010119800307123X"),
        ("卡号6222 0212 3456 7890 123。", "银行卡号", "6222 0212 3456 7890 123"),
        ("来信请发chen@example.com。", "电子邮箱", "chen@example.com"),
        ("王某家住幸福路12号。", "住址", "家住幸福路12号"),
        ("李某住在石井坡村三社。", "住址", "住在石井坡村三社"),
        ("补贴已发到云栖苑3栋501室。", "住址", "补贴已发到云栖苑3栋501室"),
        ("云栖苑2单元301室漏水已修。", "住址", "云栖苑2单元301室"),
    ],
)
def test_what_points_at_a_person_is_found_as_it_is_written(text: str, what: str, words: str) -> None:
    (found,) = findings(text, own_lines=OWN)
    assert (found.what, found.words, found.sentence) == (what, words, text)


@pytest.mark.parametrize(
    "text",
    [
        "联系人：韩冬梅；电话：023-55500127。",
        "联系电话55500127。",
        "住在老旧小区的老人有1200名。",
        "补助标准为每月500元，2026年4月30日前到位。",
        "《关于社区食堂的通知》（云山民政函〔2026〕35号）。",
        "上河街道养老服务中心在人民路12号开门。",
        "预算1380000000元已列入。",
    ],
)
def test_what_is_no_persons_may_stay(text: str) -> None:
    assert findings(text, own_lines=OWN) == ()


def test_the_place_is_paragraph_and_sentence_and_a_hidden_name_is_found() -> None:
    text = "第一段没有。\n\n已经办成。陈立群的电话是13812345678！\n"
    found = findings(text, own_lines=OWN, hidden_names=("陈立群",))
    assert [(each.what, each.paragraph, each.number) for each in found] == [
        ("要求隐去的姓名", 2, 2),
        ("手机号码", 2, 2),
    ]
    assert found[1].text == "第2段第2句有手机号码“13812345678”：陈立群的电话是13812345678！"


def test_a_public_text_stands_beside_its_letter_with_what_was_taken_out() -> None:
    letter = [
        "邓小红代表：",
        "便民服务点2月11日开门，由王芳（13812345678）值守。",
        "第二个点三月开门。",
        "（联系人：韩冬梅）",
    ]
    public = ["便民服务点2月11日开门，由专人值守。", "第二个点三月开门。", "欢迎监督。"]
    rows = side_by_side(letter, public)
    assert ["".join(text for _, text in left) for left, _ in rows if left] == letter
    assert ["".join(text for _, text in right) for _, right in rows if right] == public
    assert rows[0] == ((("del", "邓小红代表："),), ())
    assert ("del", "王芳（13812345678）") in rows[1][0]
    assert ("ins", "专人") in rows[1][1]
    assert rows[2] == ((("same", "第二个点三月开门。"),), (("same", "第二个点三月开门。"),))
    assert ((), (("ins", "欢迎监督。"),)) in rows
    assert side_by_side([], []) == []
