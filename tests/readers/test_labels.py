"""What a cell heads, as offices print it."""

import pytest

from kpi.readers import labels

HEADS = {
    "level1": "一级指标 一级绩效指标 一级指标* 一级类别 指标类型 指标分类",
    "level2": "二级指标 二级绩效指标 二级分类 评价内容",
    "name": "三级指标 三级绩效指标 指标名称(三级) 指标（三级） 三级指标/指标名称 三级指标及说明 明细指标 指标项",
    "value": "指标值 绩效指标值* 目标值及单位 指标值及计量单位 年初设定目标值 考核值 预期完成值 2031年度指标值",
    "unit": "计量单位 绩效度量单位 指标值单位 目标值单位 量纲",
    "sign": "运算符号 指标符号 计算符 关系符",
    "nature": "指标性质 指标方向性* 目标方向",
    "weight": "权重(%) 分值(100分) 权重分值 赋分 配分 权数 评分权重",
    "actual": "实际完成值 全年实际值 年末完成值 半年完成值",
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, words in HEADS.items() for text in words.split()])
def test_heads(kind, text):
    assert labels.head_of(text) == kind


@pytest.mark.parametrize("text", ["质量绩效指标", "1.质量指标", "质量类指标", "★质量指标(20分)", "产出质量指标"])
def test_levels(text):
    level = labels.level_of(text)
    assert level
    assert (level.two, level.sure) == ("质量指标", True)


@pytest.mark.parametrize("text", ["年度绩效指标", "绩效指标", "服务满意度", "工程质量", "指标值", "质量合格率"])
def test_no_levels(text):
    assert not labels.is_level(text)
