"""Stories on the practice cases, each from where its case stands: somebody takes every action of the tables."""

from dataclasses import replace

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life
from tests.browser.hand import Do

NEIGHBOUR = "区人力社保局"
MARKET = "区市场监管局"
Story = tuple[str, tuple[Do, ...]]


def whole(who: str, action: A, sees: str = "", **words: object) -> Do:
    """A step on the suggestion."""
    return Do(who, action, sees, words, life=Life.SUGGESTION)


def here(who: str, action: A, sees: str = "", **words: object) -> Do:
    """A step on the handling."""
    return Do(who, action, sees, words)


def owed(unit: str, who: str, action: A, sees: str = "", **words: object) -> Do:
    """A step on what a unit owes to the handling."""
    return Do(who, action, sees, words, of=unit, life=Life.CO_HANDLING)


STORIES: dict[str, Story] = {
    "from a draft to its units": (
        "装修垃圾",
        (
            whole("deputy2", A.REVISE, "公布清运电话", content="请公布清运电话。\n为此，建议：\n一、公布清运电话。"),
            whole("deputy", A.COSIGN, "已确认"),
            whole("deputy2", A.INVITE_COSIGNER, "等本人确认", deputy="杨秀英"),
            whole("deputy2", A.REMOVE_COSIGNER, "陈立群", deputy="杨秀英"),
            whole("deputy2", A.INVITE_COSIGNER, "等本人确认", deputy="杨秀英"),
            whole("deputy3", A.DECLINE_COSIGNING, "杨秀英代表，您的建议"),
            whole("deputy2", A.SUBMIT, "已提交"),
            whole("supervisor", A.RETURN_FOR_REVISION, "已答复"),
            whole("deputy2", A.SUBMIT, "已提交"),
            whole("supervisor", A.MERGE, "并入了第006号", into="第006号"),
            whole("supervisor", A.UNMERGE, "已提交"),
            whole("supervisor", A.ASSIGN, "待签收", number="026", main_units=("区民政局",)),
            whole("supervisor", A.MARK_KEY, "还没有督办方案"),
            whole("supervisor", A.PLAN_SUPERVISION, "区人大常委会副主任方立新", leader="区人大常委会副主任方立新"),
            whole("supervisor", A.REPORT_SUPERVISION, "清运电话还没有公布", found="清运电话还没有公布。"),
            whole("supervisor", A.MARK_CROSS_YEAR, "跨年度跟踪"),
            whole("supervisor", A.CHANGE_LEAD, "陈立群代表", ground="去世"),
            whole("supervisor", A.ADD_UNIT, "区财政局", role="分办", unit="区财政局"),
        ),
    ),
    "written and signed on paper, secret in the end": (
        "青凤镇至高铁站",
        (
            whole("supervisor", A.REVISE, "签名的纸", files="签名的纸"),
            whole("supervisor", A.INVITE_COSIGNER, "蒋玉梅", deputy="蒋玉梅"),
            replace(whole("supervisor", A.ENTER_ON_PAPER, "代录", deputies=("蒋玉梅",)), entered=A.COSIGN),
            whole("supervisor2", A.CONFIRM_ON_PAPER, "已确认"),
            whole("supervisor", A.SUBMIT, "已提交"),
            whole("supervisor", A.RECORD_OFFLINE, "涉密件", number="027"),
        ),
    ),
    "not taken as a suggestion": ("夜间购药点", (whole("supervisor", A.DECLINE, "不作为建议处理"),)),
    "received and read": (
        "001",
        (
            here("clerk", A.RECEIVE, "待阅示"),
            here("director", A.OPEN_ORIGINAL),
            here("director", A.READ_ORIGINAL, "拟定方案", handler="韩冬梅"),
        ),
    ),
    "planned, worked on and pressed": (
        "019",
        (
            here("handler", A.SPLIT_REQUESTS, "拆分诉求"),
            here("handler", A.SUBMIT_PLAN, "方案待审"),
            here("handler", A.RECALL_PLAN, "拟定方案"),
            here("handler", A.SUBMIT_PLAN, "方案待审"),
            here("director", A.RETURN_PLAN, "拟定方案"),
            here("handler", A.SUBMIT_PLAN, "方案待审"),
            here("director", A.APPROVE_PLAN, "办理中"),
            here("handler", A.RECORD_PROGRESS, "放号改到早上", progress="放号改到早上六点。"),
            here("handler", A.ATTACH, "签名的纸"),
            here("reviewer", A.COMMENT, "先问清楚", comment="先问清楚再写。"),
            here("director", A.URGE, "窗口还是一个", remark="窗口还是一个。"),
            here("supervisor", A.SUPERVISE, "两周内", demand="两周内办好。"),
            here("赵启航", A.LIGHT_UP, "窗口什么时候加", demand="窗口什么时候加？"),
            here("handler", A.ANSWER_URGING, "下周一加", answer="下周一加。"),
            here(
                "handler", A.RECORD_CONTACT, "韩冬梅、何雨", people="韩冬梅、何雨", form="上门走访", rank="科室负责人"
            ),
            here("赵启航", A.CONFIRM_CONTACT, "您已确认"),
            here("handler", A.RECORD_CONTACT, "何雨一人", people="何雨一人", form="电话", rank="承办人员"),
            here("赵启航", A.DENY_CONTACT, "您说没有这回事", reason="没有接到电话。"),
            here("clerk", A.NAME_HANDLER, "潘一舟", handler="潘一舟"),
        ),
    ),
    "given back": (
        "011",
        (
            here("director", A.REQUEST_RETURN, "申请退办"),
            here("director", A.RETRACT_RETURN, "拟定方案"),
            here("director", A.REQUEST_RETURN, "申请退办"),
            here("supervisor", A.REFUSE_RETURN, "拟定方案"),
            here("director", A.REQUEST_RETURN, "申请退办"),
            here("inspector", A.PROPOSE, "对申请退办：不同意", stand="不同意"),
            here("supervisor", A.GRANT_RETURN, "已改办", unit="区林业局"),
        ),
    ),
    "given to another unit before it was read": ("020", (here("supervisor", A.REASSIGN, "已改办", unit="区财政局"),)),
    "moved to the unit that succeeds": ("018", (here("supervisor", A.TRANSFER, "主办 区财政局", unit="区财政局"),)),
    "extended where the office must agree": (
        "017",
        (
            here("director", A.REQUEST_EXTENSION, "申请延期"),
            here("supervisor", A.REFUSE_EXTENSION, "不同意延期"),
            here("director", A.REQUEST_EXTENSION, "申请延期"),
            here("supervisor", A.GRANT_EXTENSION, "同意延期"),
        ),
    ),
    "an opinion of another unit": (
        "016",
        (
            owed(NEIGHBOUR, "cohandler", A.GIVE_CO_OPINION, "将积极配合", opinion="将积极配合。"),
            owed(NEIGHBOUR, "otherdirector", A.RETURN_CO_OPINION, "退回协办意见"),
            owed(NEIGHBOUR, "cohandler", A.GIVE_CO_OPINION, "将积极配合"),
            owed(NEIGHBOUR, "otherdirector", A.RELEASE_CO_OPINION, "等"),
            owed(NEIGHBOUR, "handler", A.SEND_BACK_CO_OPINION, "退回重报"),
            owed(NEIGHBOUR, "cohandler", A.GIVE_CO_OPINION, "岗位补贴120人", opinion="岗位补贴120人，六月发。"),
            owed(NEIGHBOUR, "otherdirector", A.RELEASE_CO_OPINION, "岗位补贴120人"),
            owed(NEIGHBOUR, "handler", A.ACCEPT_CO_OPINION, "待会签"),
            here("handler", A.INVITE_CO_OPINION, "区财政局", unit="区财政局"),
            owed("区财政局", "handler", A.CANCEL_CO_OPINION, "已取消"),
        ),
    ),
    "a passage signed": ("023", (owed("区民政局", "handler2", A.COUNTERSIGN, "已会签"),)),
    "a letter goes out and is corrected": (
        "015",
        (
            owed(MARKET, f"handler@{MARKET}", A.DISSENT, "会签", reason="34家里有2家不归我局管。"),
            here("reviewer", A.REFUSE_ENDORSEMENT, "审核不通过", reason="户数同附表不一致。"),
            here("handler", A.DRAFT_REPLY, "第2稿", closing="请直接打电话给承办人，我们当天去看，看完回您话。"),
            here("reviewer", A.ENDORSE, "审核通过"),
            here("handler", A.SUBMIT_REPLY, "复函待签"),
            here("handler", A.RECALL_REPLY, "办理中"),
            here("handler", A.SUBMIT_REPLY, "复函待签"),
            here("director", A.RETURN_REPLY, "办理中"),
            here("handler", A.SUBMIT_REPLY, "复函待签"),
            here("director", A.SIGN_REPLY, "待发出"),
            here("clerk", A.VOID_SIGNATURE, "办理中"),
            here("handler", A.SUBMIT_REPLY, "复函待签"),
            here("director", A.SIGN_REPLY, "待发出"),
            here("clerk", A.DISPATCH, "待评价"),
            here("director", A.CORRECT_REPLY, "办理中"),
        ),
    ),
    "rated, corrected, opened and to be done again": (
        "004",
        (
            here("deputy", A.CHALLENGE_CLASS, "分类异议", result_class="C类", reason="路灯还没有装。"),
            here("director", A.SETTLE_CLASS, "答复分类异议", result_class="B类"),
            here("deputy", A.RATE, "您的评价还封存着", overall="不满意", reason="一件都没有办。"),
            here("deputy", A.CORRECT_RATING, "您的评价还封存着", overall="不满意", reason="一件都没有办成。"),
            here("deputy", A.OPEN_RATING, "督办"),
            here("supervisor", A.ORDER_REDO, "第2轮"),
        ),
    ),
    "rated on paper": (
        "009",
        (
            here("clerk", A.DISPATCH, "待评价"),
            here("clerk", A.RECORD_DELIVERY, "登记送达"),
            replace(here("supervisor", A.ENTER_ON_PAPER, "代录", overall="满意"), entered=A.RATE),
            here("supervisor2", A.CONFIRM_ON_PAPER, "已评价待公布"),
        ),
    ),
    "a dispute concluded; withdrawn where all must agree": (
        "003",
        (
            here("supervisor", A.CONCLUDE_DISPUTE, "跟踪落实"),
            whole("supervisor", A.TALK_ALONE, "记单独听取意见"),
            whole("蒋玉梅", A.AGREE_WITHDRAWAL, "第003号"),
            whole("唐伟", A.AGREE_WITHDRAWAL, "第003号"),
            whole("罗正国", A.WITHDRAW, "撤回"),
        ),
    ),
    "promises, the end and what follows": (
        "002",
        (
            here("handler2", A.ADD_PROMISE, "六个暂缓小区谈妥两个", measure="六个暂缓小区谈妥两个"),
            here("director", A.CHANGE_PROMISE, "变更：由", promise="谈妥两个", due_on="2026-08-20"),
            here("director", A.RELEASE_PROMISE, "申请终止", promise="谈妥两个"),
            here("supervisor", A.REFUSE_RELEASE, "不同意终止承诺", reason="谈妥的要兑现。"),
            here("director", A.RELEASE_PROMISE, "申请终止", promise="谈妥两个"),
            here("supervisor", A.AGREE_RELEASE, "终止1项"),
            here("handler2", A.FULFIL_PROMISE, "兑现1项"),
            here("director", A.REPORT_PROMISE, "云山民政函〔2026〕63号", document_number="云山民政函〔2026〕63号"),
            here("王惠兰", A.RATE_PROMISE, "满意", score="满意"),
            here("director", A.COORDINATE, "协调落实"),
            here("director", A.CLOSE, "办结"),
            here("supervisor", A.REOPEN, "跟踪落实"),
            here("clerk", A.DRAFT_PUBLIC_TEXT, "拟公开稿"),
            here("reviewer", A.ENDORSE, "审核通过"),
            here("clerk", A.PUBLISH, "公开复函"),
            here("clerk", A.WITHHOLD, "不公开复函"),
        ),
    ),
    "without the opinion of a silent unit": (
        "017",
        (
            here("supervisor", A.SUPERVISE, "请区教委回话", demand="请区教委回话。"),
            owed("区教委", "director", A.GO_ON_WITHOUT, "逾期未复"),
        ),
    ),
}
