"""Stories at their beginning: received, read by the director, planned, and one plan handed back."""

from datetime import date

from suggestions.domain.states import Role
from suggestions.practice.moves import (
    FEB_10,
    FEB_11,
    FEB_12,
    FEB_13,
    FEB_14,
    FEB_24,
    HAN,
    PAN,
    Story,
    confirms,
    supervises,
)

_VAGRANTS_IN_WINTER: Story = {
    FEB_10: (HAN.receives(),),
    FEB_24: (HAN.opens(),),
}
_FAMILIES_IN_NEED: Story = {
    FEB_11: (HAN.receives(),),
}
_WEDDINGS: Story = {
    FEB_10: (HAN.receives(),),
    FEB_12: HAN.reads("2月14日马上就到，先把当天的放号数、到场数、等候时间记下来，冬梅拿着这组数再谈加窗口。"),
}
_TOWN_CEMETERY: Story = {
    FEB_10: (HAN.receives(),),
    FEB_12: HAN.reads(
        "青凤镇是全区唯一没有公益性公墓的镇，地不定下来什么都是空话。冬梅节后约规划、林业两家到镇上看地。"
    ),
    FEB_13: (
        HAN.contacts(
            "电话",
            FEB_13,
            "",
            "韩冬梅（基层政权科）",
            asked="镇里看中石堰村一块28亩的坡地，担心其中有公益林；群众等了三年，最想知道哪年能用上。",
            agreed="2月27日在石堰村现场会面，请冉代表约上村支书。",
        ),
        HAN.splits(),
    ),
    FEB_14: (confirms("冉光荣", FEB_13),),
}
_GRAVE_PRICES: Story = {
    FEB_10: (PAN.receives(),),
    FEB_11: PAN.reads("收费和违建是两件事，分开办。收费这一条，先把辖区3家经营性公墓的价目表收上来给我看。"),
    FEB_12: (
        PAN.splits(),
        PAN.plans(
            "第2条最难：违规建墓的数，镇街报的和规划部门掌握的对不上。",
            ("1", "督促3家经营性公墓和殡仪服务点把价目表挂到大厅，公布投诉电话", "潘一舟", "2026-03-31"),
            ("2", "配合有关部门清理违规建墓", "潘一舟", "2026-06-30"),
            co_units=("区市场监管局", "区规划自然资源局"),
        ),
    ),
    FEB_13: (
        PAN.returns_plan(
            "第2条只写“配合清理”，清几处、哪天公布都没有。我们是主办，不是配合。先同规划自然资源局把图斑核到处数，"
            "投诉电话哪天挂出来也写上日期，节后第一周再报。"
        ),
        supervises(
            "inspector",
            "殡葬收费是今年政府督查事项，请把3家公墓大厅的收费公示逐家核查，附照片书面报来。",
            date(2026, 3, 6),
        ),
        PAN.comments(Role.REVIEWER, "图斑数我已请规划自然资源局地籍科导出，2月25日来取，别再按镇街的报表写。"),
    ),
}
_DISABILITY_ALLOWANCES: Story = {
    FEB_10: (PAN.receives(),),
    FEB_11: PAN.reads("人走不动还要人到场，这个规矩先改。视频复核、上门复核两条路，一舟先在双碑街道试通。"),
    FEB_12: (
        PAN.contacts(
            "电话",
            FEB_12,
            "",
            "潘一舟（养老服务科）",
            asked="双碑街道有个脑瘫孩子，母亲每年背他下六楼去复核；没有智能手机的老人怎么办也要想到。",
            agreed="上门复核由社区专干提前两天电话约时间，方案定稿后发给杨代表看。",
        ),
        PAN.splits(),
        confirms("杨秀英", FEB_12),
    ),
    FEB_13: (
        PAN.plans(
            "视频复核能不能算“现场核对”，市里的文件没有写明，要区残联先书面认可，由我去对接。",
            ("1", "开通视频复核，社区专干协助连线，复核截图入档", "潘一舟", "2026-04-15"),
            ("1", "双碑街道没有智能手机的186户，由街道民政办同残联专干上门复核", "潘一舟", "2026-04-30"),
            co_units=("区残联",),
        ),
    ),
}
_SOCIAL_WORKERS: Story = {
    FEB_10: (HAN.receives(),),
    FEB_12: HAN.reads("流失两成，不会只是津贴一本账。请冬梅把近三年走掉的37个人逐个打电话问，问清楚再写方案。"),
    FEB_13: (
        HAN.splits(),
        HAN.contacts(
            "座谈面商",
            FEB_13,
            "石井坡街道社会工作站",
            "韩冬梅（基层政权科）、何雨（局办公室）",
            asked="站里5个持证社工去年走了2个，都去了邻区，那边中级每月多600元；缺的是带得动人的督导。",
            agreed="先报邻区津贴标准给唐代表核对；督导库从本区41名中级以上社工里选。",
        ),
    ),
    FEB_14: (
        HAN.plans(
            "第1条。津贴标准要人力社保局点头，钱在财政，我一个科谈不动，要请局长出面。",
            ("1", "按初、中、高级三档测算津贴，附周边三个区的标准，同区人力社保局定档", "韩冬梅", "2026-04-10"),
            ("2", "从41名中级以上社工中选20人建督导人才库，每人带教不少于5人", "韩冬梅", "2026-05-29"),
            co_units=("区委组织部", "区人力社保局"),
        ),
        HAN.comments(Role.REVIEWER, "按资格分档的办法去年人力社保局没有同意，这次先拿到邻区的正式文件再去谈。"),
        confirms("唐伟", FEB_13),
    ),
}

STORIES: dict[str, Story] = {
    "007": _FAMILIES_IN_NEED,
    "011": _GRAVE_PRICES,
    "012": _TOWN_CEMETERY,
    "016": _SOCIAL_WORKERS,
    "018": _DISABILITY_ALLOWANCES,
    "019": _WEDDINGS,
    "020": _VAGRANTS_IN_WINTER,
}
