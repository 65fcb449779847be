"""Stories of other main units, to which 区民政局 owes an opinion, a release or a countersignature."""

from datetime import date

from suggestions.practice.moves import (
    FEB_9,
    FEB_10,
    FEB_11,
    FEB_12,
    FEB_13,
    FEB_14,
    PAN,
    Desk,
    Story,
    answer,
    confirms,
)

_HOUSING = Desk("区住房城乡建委")
_HEALTH = Desk("区卫生健康委")
_EDUCATION = Desk("区教委")
_POLICE = Desk("区公安分局")

_LIFTS: Story = {
    FEB_9: (_HOUSING.receives(),),
    FEB_10: (
        *_HOUSING.reads("卡在一楼二楼的住户。先把去年装成的19部怎么谈下来的写成册，请民政局帮着教社区怎么议。"),
        _HOUSING.splits(),
        _HOUSING.contacts(
            "上门走访",
            FEB_10,
            "临江街道纺机厂小区",
            "区住房城乡建委物业科",
            asked="低层住户怕挡光、怕噪声，没有一个说得清补多少的参考价。",
            agreed="补偿参考方案三月拿出初稿，先给王代表看。",
        ),
    ),
    FEB_11: (
        _HOUSING.plans(
            "第1条。补偿没有参考价，社区不敢主持；要民政局把居民议事的办法教给社区。",
            ("1", "拟补偿参考方案，请街道、社区组织协商，先试5个单元", "物业科", "2026-05-15"),
            ("2", "审批由5个环节并为2个，每部补助18万元", "物业科", "2026-04-30"),
            co_units=("区民政局",),
        ),
        confirms("王惠兰", FEB_10),
    ),
    FEB_12: (_HOUSING.approves("5个单元先试，难的是补偿价，请物业科把外区三种算法都列出来，让住户自己选。"),),
    FEB_13: (_HOUSING.notes("2025年装成的19部电梯的协商经过已汇编，低层补偿金额每户0.8万元至3.5万元。"),),
}
_DOCTORS_IN_HOMES: Story = {
    FEB_9: (_HEALTH.receives(),),
    FEB_10: _HEALTH.reads("老人配一次药跑半天，说到底是巡诊没有排班。先把12家养老机构同就近的社区卫生中心一一配对。"),
    FEB_11: (
        _HEALTH.splits(),
        _HEALTH.contacts(
            "电话",
            FEB_11,
            "",
            "区卫生健康委基层卫生科",
            asked="石井坡福寿园86位老人，医务室一周只开两个上午。",
            agreed="签约、巡诊的排班表报罗代表一份。",
        ),
    ),
    FEB_13: (
        PAN.gives(
            "全区养老机构12家，在院老人1043人，其中失能412人；内设医务室5家，另7家没有。我局已让7家各腾出不少于12平方米的"
            "巡诊室，2月12日看过6家，福寿园正在铺水管，2月27日完工。签约后的巡诊次数列入养老机构年度检查，由我局每季度核一次。"
        ),
    ),
}
_PASSAGE_023 = (
    "区民政局说明：13个镇街儿童督导员、110名儿童主任的名单和电话已交各中小学；校外托管机构中登记为民办非企业单位的7家，"
    "年检时核查备案，2月11日已对2家发出整改通知。"
)
_LIST_023 = "校外托管机构备案名单将于2026年3月31日前在区教委网站公布。"
_AROUND_SCHOOLS: Story = {
    FEB_9: (
        _EDUCATION.receives(),
        *_EDUCATION.reads("售烟的店离校门不到五十米，孩子天天看见。开学前三家一起走一遍校门口，查完名单公开。"),
        _EDUCATION.splits(),
    ),
    FEB_10: (
        _EDUCATION.contacts(
            "座谈面商",
            FEB_10,
            "大学城第一小学",
            "区教委安全科",
            asked="学校北门一条街4家店卖烟给学生，三家托管点楼道堆着煤气罐。",
            agreed="第一次联合检查从大学城开始，请邓代表参加。",
        ),
        _EDUCATION.plans(
            "第2条。托管机构归谁备案三家说法不一，先把名单合起来再谈归口。",
            ("1", "三部门联合检查校园周边，公布结果", "安全科", "2026-02-12"),
            ("2", "托管机构备案名单公布", "安全科", "2026-03-31"),
            co_units=("区民政局", "区公安分局"),
        ),
        _EDUCATION.approves("名单合不拢的，安全科先按“有人管就算数”列进去，归口的事我到政府常务会上提。"),
        confirms("邓小红", FEB_10),
    ),
    FEB_11: (
        PAN.gives(
            "13个镇街儿童督导员13名、儿童主任110名的名单和电话已交区教委转各中小学。校外托管机构中在我局登记为民办非企业单位的7家，"
            "2月10日核查，2家没有消防验收，2月11日发出整改通知，限3月10日改正，改不了的停止招生。"
        ),
        PAN.releases(),
        _POLICE.gives(
            "2月9日、10日校园周边巡查46次，查处向未成年人售烟3起，移送烟草部门；大学城片区校门口高峰岗已由4个增到9个。"
        ),
        _POLICE.releases(),
        _EDUCATION.urges(
            "现场检查",
            "在大学城一小北门站了四十分钟，两家店把烟盒收到柜台下面了，等我们走再摆出来。",
            "换便装再去一次，查到的当场取证。",
            FEB_12,
        ),
    ),
    FEB_12: (
        _EDUCATION.answers_urging(
            "换便装", "昨天傍晚便装复查，当场取证2家，已移送烟草部门；联合检查的通报今早贴到了校门口。"
        ),
        _EDUCATION.accepts("区民政局"),
        _EDUCATION.accepts("区公安分局"),
    ),
    FEB_13: (
        _EDUCATION.promises(
            2,
            _LIST_023,
            "公布校外托管机构备案名单",
            "区教委安全科",
            date(2026, 3, 31),
            evidence="区教委网站公布页",
        ),
        _EDUCATION.drafts(
            "你们提出的《关于加强校园周边未成年人保护的建议》（第023号）收悉。经会同区民政局、区公安分局办理，现答复如下：",
            [
                answer(
                    1,
                    "2月10日至12日联合检查41所学校周边商店163家、托管机构58家，查处售烟5家，责令停业整改托管机构6家，结果"
                    "2月12日贴到各校门口。",
                    "A",
                    "《校园周边联合检查通报》（2026年第1号）",
                ),
                answer(2, f"58家托管机构已建台账，具备备案条件的39家。{_LIST_023}", "B", done_on="2026-03-31"),
            ],
            "大学城北门的店，请邓代表上下班路过时再帮我们看一眼。",
            "B",
            passages={
                "区民政局": _PASSAGE_023,
                "区公安分局": "区公安分局说明：校园周边巡查46次，查处向未成年人售烟3起；大学城片区校门口高峰岗由4个增到9个。",
            },
        ),
        _EDUCATION.endorses("不涉密，可以公开。"),
    ),
    FEB_14: (_POLICE.countersigns(),),
}
_OWNERS_COMMITTEES: Story = {
    FEB_10: (_HOUSING.receives(),),
}

STORIES: dict[str, Story] = {
    "021": _LIFTS,
    "022": _DOCTORS_IN_HOMES,
    "023": _AROUND_SCHOOLS,
    "024": _OWNERS_COMMITTEES,
}
