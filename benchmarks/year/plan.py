"""What the practice year holds: its day, its units and topics, and what becomes of how many suggestions."""

from collections.abc import Mapping
from datetime import date, datetime, time

from suggestions import clock

TODAY = date(2026, 6, 10)
HANDED_ON = date(2026, 2, 9)
BEGAN_AT = datetime.combine(HANDED_ON, time(9), clock.CHINA)
SILENT = ("区林业局", "团区委", "区残联")
"""The units that contacted no deputy at all this year."""
TOPICS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "区民政局": (
        "养老服务",
        ("增设社区老年食堂", "开放社区活动室晚间时段", "补齐居家养老上门服务", "整理小区地名标牌"),
    ),
    "区教委": ("教育", ("增加小学课后托管点", "调整校门口放学时段", "改造农村学校厕所", "增设公办幼儿园学位")),
    "区住房城乡建委": (
        "城市建设",
        ("加快老旧小区加装电梯", "修补老楼外墙渗漏", "规范物业维修资金使用", "改造地下管网"),
    ),
    "区城市管理局": ("城市管理", ("增设公共厕所", "整治占道经营", "更换破损路灯", "规范共享单车停放")),
    "区卫生健康委": ("卫生健康", ("延长社区医院夜间门诊", "充实家庭医生队伍", "配齐村卫生室药品", "开展学生视力筛查")),
    "区人力社保局": ("劳动就业", ("办好零工市场", "增加技能培训班次", "整治欠薪", "帮助返乡人员就业")),
    "区公安分局": ("交通", ("优化学校周边红绿灯", "治理摩托车炸街", "增设过街人行道", "加强夜间巡逻")),
    "区规划自然资源局": ("城市建设", ("补建街道停车场", "公开闲置地块用途", "保护老街历史建筑", "明确口袋公园用地")),
    "区市场监管局": ("市场监管", ("抽检校园周边食品", "规范农贸市场计量", "整治预付卡跑路", "公示电梯维保信息")),
    "区医保局": ("医疗保障", ("开通异地就医直接结算", "简化慢病用药手续", "增加乡镇医保服务点", "公开门诊报销比例")),
    "区司法局": ("法治", ("充实村居法律顾问", "设立夜间调解室", "办好青少年法治课", "方便老人办公证")),
    "区财政局": ("财政", ("保障村级公共服务经费", "公开民生项目资金", "提高环卫工人补贴", "支持社区食堂运营")),
    "区委组织部": ("基层党建", ("稳定社区工作者队伍", "办好党群服务中心", "选派驻村干部")),
    "区林业局": ("生态环境", ("补植行道树", "防治松材线虫病", "开放森林步道")),
    "团区委": ("青少年", ("办好暑期托管班", "扶持青年创业", "关爱留守儿童")),
    "区残联": ("残疾人福利", ("改造盲道", "增加康复器具租借点", "开展残疾人就业帮扶")),
}
PLACES = (
    "临江街道",
    "石井坡街道",
    "上河街道",
    "云栖社区",
    "滨江村",
    "书香路片区",
    "北门片区",
    "龙泉镇",
    "白鹤镇",
    "柳林村",
)
FATES = (
    *(("closed", 88), ("followed", 62), ("waiting", 24), ("lapsed", 12), ("sealed", 6), ("late_reply", 20)),
    *(("redone", 4), ("contested", 3), ("received", 3), ("planning", 6), ("plan_review", 4), ("drafted", 9)),
    *(("signing", 6), ("extended", 10), ("young", 28), ("new", 8), ("withdrawn", 3)),
)
SECRETS = 4
NUMBER = sum(many for _, many in FATES) + SECRETS
"""How many suggestions the year has."""
LATE = frozenset({"received", "planning", "plan_review", "drafted", "signing"})
BETWEEN_SESSIONS = frozenset({"waiting", "sealed", "young", "new"})
PROMISED = tuple(
    (due_on, kept_on)
    for due_on, kept_on in (
        ((4, 20), (4, 15)),
        ((6, 20), None),
        ((9, 30), None),
        ((5, 15), None),
        ((6, 28), None),
        ((4, 30), (5, 12)),
        ((12, 20), None),
        ((6, 30), None),
        ((6, 5), (6, 3)),
    )
)
