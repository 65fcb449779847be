"""A rulebook as text, every number with its article, so that an officer can hold it against the regulation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from suggestions.domain.rulebook import (
    Basis,
    Choice,
    Near,
    Party,
    Proof,
    Rulebook,
    Scale,
    Season,
    Term,
    Unit,
)

UNITS: Mapping[Unit, str] = {Unit.WORKDAYS: "个工作日", Unit.DAYS: "天", Unit.MONTHS: "个月"}
PARTIES: Mapping[Party, str] = {
    Party.UNIT: "承办单位",
    Party.CO_UNIT: "协办单位",
    Party.SUPERVISOR: "人代工委",
    Party.DEPUTY: "代表",
    Party.SYSTEM: "系统",
}
SCALES: Mapping[Scale, str] = {
    Scale.OVERALL: "总体评价（起决定作用）",
    Scale.PART: "分项评价（每条诉求、办理态度、办理结果）",
    Scale.PROMISE: "承诺落实评价",
}
PROOFS: Mapping[Proof, str] = {
    Proof.FACT: "事实",
    Proof.DATE: "日期",
    Proof.GROUND: "依据",
    Proof.LETTER: "上报文号",
}


def page(rules: Rulebook, versions: Sequence[Rulebook] = ()) -> str:
    """The whole rulebook in Markdown, as docs/rulebooks holds it; what no law fixes is marked 本系统默认.

    Where there are several `versions`, also when each holds and which terms this one changed.
    """
    parts = [
        [f"# {rules.title}", "", *_head(rules), *_versions(rules, versions)],
        ["## 期限", "", *_terms(rules)],
        ["## 每年的事", "", *_seasons(rules)],
        ["## 延期、重新办理、撤回", "", *_limits(rules)],
        ["## 提醒", "", *_reminders(rules)],
        ["## 评价", "", *_ratings(rules)],
        ["## 办理结果分类", "", *_classes(rules)],
        ["## 不作为建议处理的依据", "", *_choices(rules.decline_grounds.values())],
        ["## 审核和公开", "", *_marks(rules)],
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def basis_text(basis: Basis) -> str:
    """Where a rule comes from, in one line; a default in bold, so that nobody takes it for law."""
    article = f"**{basis.article}**" if basis.is_default else basis.article
    also = f"另见{basis.also}" if basis.also else ""
    return "；".join(part for part in (f"{article}：{basis.rule}", basis.reference, also) if part)


def _head(rules: Rulebook) -> Iterator[str]:
    yield (
        f"由程序打印（`flask rulebook {rules.name}`），与程序计算期限所用的是同一份；"
        "写明**本系统默认**的，没有法律规定，可以在规则书中改；什么时候变黄、逾期以后怎么办，没有写明条文的也是本系统默认。"
    )
    yield ""
    until = f"至{rules.valid_to}" if rules.valid_to else "起"
    yield f"- 规则书：{rules.name}，版本 {rules.version}"
    yield f"- 有效：自{rules.valid_from}{until}；以前交办的件仍按交办时的版本"
    if rules.extends:
        yield f"- 底本：{rules.extends}；表中“出自”是写明这一条的文件，没有另写的照底本"
    for text in rules.based_on:
        yield f"- 依据：{text}"


def _versions(rules: Rulebook, versions: Sequence[Rulebook]) -> Iterator[str]:
    if len(versions) < 2:
        return
    spans = (f"{v.version}（自{v.valid_from}{f'至{v.valid_to}' if v.valid_to else '起'}）" for v in versions)
    yield f"- 各版本：{'；'.join(spans)}"
    at = next(at for at, version in enumerate(versions) if version.valid_from == rules.valid_from)
    if at == 0:
        return
    before = versions[at - 1]
    for key, term in rules.terms.items():
        was = before.terms[key]
        if (term.amount, term.unit, term.basis) != (was.amount, was.unit, was.basis):
            said = f"{was.amount}{UNITS[was.unit]}改为{term.amount}{UNITS[term.unit]}"
            yield f"- 自{rules.valid_from}改：{term.name}，{said}（{term.article}）；以前交办的件不变"


def _table(rules: Rulebook, heads: Iterable[str], rows: Iterable[tuple[Iterable[str], Basis]]) -> Iterator[str]:
    """A table whose last columns cite each row, and name its file where a rulebook is laid over another."""
    titles = [*heads, "依据", *(["出自"] if rules.extends else [])]
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for cells, basis in rows:
        file = [basis.file] if rules.extends else []
        yield f"| {' | '.join([*cells, basis_text(basis), *file])} |"


def _near(near: Near) -> str:
    return f"提前{near.amount}{UNITS[near.unit]}" if near.amount else "不提前"


def _terms(rules: Rulebook) -> Iterator[str]:
    terms = [*rules.terms.values(), *rules.extra_terms.values()]
    heads = ("事项", "谁", "期限", "起算", "变黄", "逾期")
    yield from _table(rules, heads, ((_term_cells(term), term.basis) for term in terms))


def _term_cells(term: Term) -> Iterator[str]:
    yield term.name
    yield PARTIES[term.owed_by]
    yield f"{term.amount}{UNITS[term.unit]}"
    yield f"{term.start.label}之日"
    yield _near(term.near)
    yield term.on_failure


def _seasons(rules: Rulebook) -> Iterator[str]:
    heads = ("事项", "谁", "时段", "变黄", "逾期")
    yield from _table(rules, heads, ((_season_cells(season), season.basis) for season in rules.seasons.values()))


def _season_cells(season: Season) -> Iterator[str]:
    (opens_month, opens_day), (closes_month, closes_day) = season.opens, season.closes
    yield season.name
    yield PARTIES[season.owed_by]
    yield f"{opens_month}月{opens_day}日至{closes_month}月{closes_day}日"
    yield _near(season.near)
    yield season.on_failure


def _limits(rules: Rulebook) -> Iterator[str]:
    extension = rules.extension
    asks = (["书面向代表说明"] if extension.needs_explanation else []) + (
        ["交办机构同意"] if extension.needs_consent else ["不需要批准"]
    )
    withdrawal = "全体联名代表一致同意" if rules.withdrawal_needs_all else "领衔代表书面要求"
    rows = [
        (("延期", "，".join(asks)), extension.basis),
        (("重新办理", f"最多{rules.redo_limit}次"), rules.redo.basis),
        (("重新办理后仍不满意", "召集双方，作出协调结论"), rules.conference),
        (("撤回联名建议", withdrawal), rules.withdrawal.basis),
    ]
    yield from _table(rules, ("事项", "规定"), rows)
    cap = f"**{extension.cap_article}**" if extension.is_cap_default else extension.cap_article
    yield ""
    for term in rules.terms.values():
        if term.extension_months:
            yield f"- {term.name}：最多延期{term.extension_months}个月（{cap}）"


def _reminders(rules: Rulebook) -> Iterator[str]:
    yield "灯变了颜色以后逐级提醒，各一次，只在工作日发出（**本系统默认**）。"
    yield ""
    told = rules.reminders
    for light, chain in (("黄灯", told.yellow), ("红灯", told.red), ("复函等代表评价，快到期", told.rating)):
        steps = [f"{who.label}{f'过{days}个工作日' if days else '当天'}" for who, days in chain.items()]
        yield f"- {light}：{'、'.join(steps) or '不提醒'}"


def _ratings(rules: Rulebook) -> Iterator[str]:
    yield from _table(
        rules, ("代表评价什么",), [(("、".join(o.label for o in rules.asked.objects),), rules.asked.basis)]
    )
    yield ""
    yield f"评为不满意时要写理由的：{'、'.join(thing.label for thing in rules.reasons_asked_for)}。"
    yield ""
    for scale, ratings in rules.scales.items():
        yield f"- {SCALES[scale]}：{' / '.join(rating.label for rating in ratings)}"
    yield ""
    yield "| 等次 | 算满意（严格） | 算满意（宽口径） | 进入待督办 |"
    yield "|---|---|---|---|"
    for rating in rules.ratings.values():
        counts = (rating.is_satisfied_strictly, rating.is_satisfied_loosely, rating.is_contested)
        yield f"| {rating.label} | {' | '.join('是' if count else '否' for count in counts)} |"


def _classes(rules: Rulebook) -> Iterator[str]:
    yield "| 类别 | 含义 | 要写明 | 列入承诺台账 | 依据 |"
    yield "|---|---|---|---|---|"
    for kind in rules.result_classes.values():
        ledger = "是" if kind.is_promise else "否"
        proof = f"{PROOFS[kind.proof]}：{kind.proof_ask}"
        yield f"| {kind.code} | {kind.label} | {proof} | {ledger} | {kind.article} |"


def _choices(choices: Iterable[Choice]) -> Iterator[str]:
    for choice in choices:
        yield f"- {choice.label}（{choice.article}）"


def _marks(rules: Rulebook) -> Iterator[str]:
    kinds = (f"{kind.label}{'（默认要）' if kind.is_default else ''}" for kind in rules.endorsements.values())
    yield f"- 复函的审核：{'、'.join(kinds)}；各单位可以另定"
    for mark in rules.publications.values():
        notes = (["默认"] if mark.is_default else []) + (["要写理由"] if mark.needs_ground else [])
        yield f"- {mark.label}" + (f"（{'，'.join(notes)}）" if notes else "")
