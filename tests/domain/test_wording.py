import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.values import Severity
from kiosk.domain.wording import BadWording, parse_wording
from tests.domain.samples import SIMPLIFIED, WORDING

FOUND = {
    "wording_sex": [
        "限女",
        "只招男",
        "男的来",
        "女士优先",
        "限 女",
        "限,女",
        "限．女",
        "僅限女性",
        "只 招 男 工",
        "招女服务员2名",
        "招聘女工",
        "需要2名女工",
        "男工5名",
        "女的2个",
        "性别：女",
        "性别要求男",
        "不要男的",
        "男士勿扰",
        "限女装卸工",
        "女工优先",
        "限女儿童看护",
        "急招女导购",
        "招男装卸工2名",
        "招妇女3名",
        "妇女优先",
        "限女、身体好",
        "男2名，女3名",
    ],
    "wording_family": [
        "已婚已育优先",
        "不要孕妇",
    ],
    "wording_ethnic": [
        "限汉族",
        "少数民族勿扰",
        "只要汉族人",
    ],
    "wording_religion": [
        "不信教",
        "基督徒优先",
    ],
    "wording_household": [
        "限本地人",
        "只招本地户口",
        "本地人优先",
        "外地人勿扰",
        "不要河南人",
        "需本地户口",
        "只要威海的",
    ],
    "wording_illness": [
        "无乙肝",
        "需查乙肝两对半",
        "有传染病勿扰",
        "无传染病",
    ],
    "wording_disability": [
        "不要残疾人",
    ],
    "wording_fees": [
        "押金200元",
        "交押金",
        "需交钱",
        "先交200元钱",
        "中介费50",
        "培训费自理",
        "押 金",
    ],
    "wording_papers": [
        "扣押身份证",
        "身份证抵押",
        "押身份证",
        "身份證上交",
    ],
    "wording_pay_held": [
        "押一个月工资",
        "试工三天不给钱",
        "压工资半个月",
    ],
    "wording_children": [
        "招童工",
    ],
    "wording_age": [
        "35岁以下",
        "18-50岁",
        "18—50周岁",
        "年龄45以下",
        "年轻人优先",
        "不超过55岁",
    ],
}

FINE = [
    "男女不限",
    "女装导购",
    "男装店招店员",
    "女装店营业员",
    "不限男女",
    "男女都要",
    "男女均可",
    "名额有限，女装店急招",
    "女鞋包装",
    "女工宿舍保洁",
    "照顾一位女老人",
    "照顾80岁以上老人",
    "看3岁孩子",
    "不收押金",
    "无押金",
    "免押金",
    "不交任何押金和中介费",
    "不收任何费用",
    "包体检费",
    "公司承担体检费",
    "免费培训",
    "不扣押身份证",
    "身份证复印件带来",
    "年满18周岁以上",
    "年龄不限",
    "民族不限",
    "本地外地均可",
    "户籍不限",
    "工资日结，不压工资",
    "摘苹果，管午饭",
    "家里有儿女，做饭",
    "女浴室保洁",
    "收银员",
    "停车收费员",
    "男宾部搓澡",
    "带好身份证",
    "需健康证",
    "子女陪护",
    "禁止使用童工",
    "不招童工",
    "仅限本地配送",
    "工作时间8-17点",
    "每天100元，8小时",
    "月休4天",
    "早6点半集合",
    "只限周末",
    "装卸砖头，男女老少都行",
    "要求踏实肯干",
    "幼儿园女童看护",
    "妇女节促销活动",
    "会开车的来",
    "需自带铁锹",
    "要身体好",
    "找3个装车工",
    "离烟台汽车站近",
    "威海人民医院陪护",
    "烟台人家饭店",
]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, texts in FOUND.items() for text in texts])
def test_wording_that_is_found(rule, text):
    found = [each for each in WORDING.check(text, "title") if each.rule == rule]
    assert found
    for finding in found:
        start, end = finding.span
        assert dict(finding.params)["words"] == text[start:end] != ""
        assert finding.field == "title"


@pytest.mark.parametrize("text", FINE)
def test_wording_that_is_fine(text):
    assert WORDING.check(text, "title") == ()


def test_every_rule_has_an_example():
    assert set(FOUND) == {rule.code for rule in WORDING.rules}


def test_age_is_for_the_staff_to_decide_the_rest_blocks():
    warned = {rule.code for rule in WORDING.rules if rule.severity is Severity.WARN}
    assert warned == {"wording_age"}


def test_a_finding_shows_where_it_stands_in_a_long_text():
    text = "工地清运，日结。限 女，管午饭，不收押金，先交300元 钱"
    spans = {each.rule: text[slice(*each.span)] for each in WORDING.check(text, "requirements")}
    assert spans == {"wording_sex": "限 女", "wording_fees": "先交300元 钱"}


@given(st.text(alphabet="男女限招只不要押金，。 岁0318外地人本的工", max_size=30))
def test_any_text_is_checked_and_every_span_lies_inside(text):
    for finding in WORDING.check(text, "title"):
        start, end = finding.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "rules",
    [
        "not toml",
        "",
        "[[rule]]\ncode = 'a'",
        "[[rule]]\ncode='a'\nseverity='block'\nlaw='sex'\npatterns=[]",
        "[[rule]]\ncode='a'\nseverity='loud'\nlaw='sex'\npatterns=['x']",
        "[[rule]]\ncode='a'\nseverity='block'\nlaw='sex'\npatterns=['(']",
        "[[rule]]\ncode='a'\nseverity='block'\nlaw='sex'\npatterns=['x*']",
    ],
)
def test_broken_rules_are_refused(rules):
    with pytest.raises(BadWording):
        parse_wording(rules, SIMPLIFIED)


def test_named_lists_stand_for_their_alternatives():
    rules = "[words]\nfruit=['apple','pear']\n[[rule]]\ncode='a'\nseverity='warn'\nlaw='x'\npatterns=['no{fruit}{2}']"
    (rule,) = parse_wording(rules, SIMPLIFIED).rules
    assert re.fullmatch(rule.pattern, "nopearapple")
