"""The workflow tables and their diagram as text, so that an officer can hold them against the regulation."""

from collections.abc import Iterator

from suggestions.domain import rules
from suggestions.domain.labels import ACTIONS, LIVES, RULES, SEALS, STATES
from suggestions.domain.lifecycle import TABLES, Step
from suggestions.domain.states import FINAL, HandlingState, Life, State

BEGIN, END = "<!-- workflow: printed by the program -->\n", "<!-- workflow: end -->"


def _names(step: Step) -> str:
    if not step.origins:
        return "—"
    labels = STATES[step.life]
    order = [s for s in HandlingState if s not in FINAL]
    if len(step.origins) > 2 and all(isinstance(o, HandlingState) for o in step.origins):
        listed = [o for o in order if o in step.origins]
        extra = [labels[o] for o in step.origins if o in FINAL]
        if listed == order[order.index(listed[0]) : order.index(listed[-1]) + 1]:
            return "、".join([f"{labels[listed[0]]} … {labels[listed[-1]]}", *extra])
    return "、".join(labels[o] for o in step.origins)


def _who(step: Step) -> str:
    return "、".join(dict.fromkeys(RULES[rule.__name__] for rule in step.who))


def _from(step: Step) -> str:
    return f"{_names(step)}（只限往年件）" if step.when is rules.of_past_case else _names(step)


def _row(step: Step) -> str:
    to = "＝" if step.to is None else STATES[step.life][step.to]
    asks = "、".join(field.label for field in step.asks) or "—"
    seal = SEALS[step.personal][1] if step.personal else ""
    return f"| `{step.action}` {ACTIONS[step.action]} | {_from(step)} | {to} | {_who(step)} | {seal} | {asks} |"


def table(life: Life) -> str:
    """One life's table in Markdown: action, from, to, who, the personal step, what the form asks."""
    head = "| 动作 | 从 | 到 | 谁 | 亲自 | 表单要填 |\n|---|---|---|---|---|---|"
    return f"### {LIVES[life]} {life}\n\n{head}\n" + "\n".join(_row(step) for step in TABLES[life]) + "\n"


def _arrows(life: Life) -> Iterator[str]:
    labels = STATES[life]

    def node(state: State) -> str:
        return f"{life}_{state}"

    seen: dict[tuple[str, str], list[str]] = {}
    for step in TABLES[life]:
        if step.to is None:
            continue
        for origin in step.origins or (None,):
            key = ("[*]" if origin is None else node(origin), node(step.to))
            seen.setdefault(key, []).append(ACTIONS[step.action])
    states = dict.fromkeys(s for step in TABLES[life] for s in (*step.origins, step.to) if s is not None)
    yield f"  state {LIVES[life]} {{"
    for state in states:
        yield f'    state "{labels[state]}" as {node(state)}'
    for (begin, end), names in seen.items():
        yield f"    {begin} --> {end}: {'、'.join(dict.fromkeys(names))}"
    for state in states:
        if state in FINAL:
            yield f"    {node(state)} --> [*]"
    yield "  }"


def mermaid() -> str:
    """The three lives as one Mermaid state diagram."""
    return "\n".join(["stateDiagram-v2", *(line for life in Life for line in _arrows(life))]) + "\n"


def tables() -> str:
    """The three tables and the diagram, as README.md holds them between its marks."""
    return "\n".join(table(life) for life in Life) + f"\n### 流程图\n\n```mermaid\n{mermaid()}```\n"


def page() -> str:
    """The whole page as docs/workflow.md holds it: the three tables and the diagram."""
    words = "由程序打印（`flask workflow`），与程序所用的是同一份表；“＝”表示办了这一步，状态不变。"
    return f"# 工作流程表\n\n{words}\n\n{tables()}"


def put_into(text: str) -> str:
    """A document with the tables that stand between its marks made current; ValueError when it has no marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError("the document has no marks for the workflow")
    return f"{before}{BEGIN}\n{tables()}{END}{after}"
