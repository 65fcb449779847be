"""What must be true before a step: each guard answers with sentences a person can act on."""

from collections.abc import Callable, Iterator, Mapping

from suggestions.domain import letter, shown
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.labels import SEALS
from suggestions.domain.letter import Letter
from suggestions.domain.states import HandlingState, Seal
from suggestions.domain.story import ATTEMPT

Guard = Callable[[Facts], Iterator[str]]
SEAL_ACTIONS: Mapping[Seal, A] = {
    Seal.READ: A.READ_ORIGINAL,
    Seal.PLAN: A.APPROVE_PLAN,
    Seal.URGE: A.URGE,
    Seal.SIGN: A.SIGN_REPLY,
    Seal.COORDINATE: A.COORDINATE,
}
_ATTEMPTS_NEEDED = 3


def original_was_opened(facts: Facts) -> Iterator[str]:
    """Every file of the original was opened by the director's own account."""
    opened = facts.story.opened_files(facts.actor.person_id)
    for file in facts.of_suggestion.files:
        if file.sha256 not in opened:
            yield f"还差：《{file.name}》还没有用您本人的账号打开看完。"


def director_read_original(facts: Facts) -> Iterator[str]:
    """The director who signs has read the original with the own account in this round."""
    readings = facts.story.all(A.READ_ORIGINAL, round=facts.of_handling.round)
    if not any(reading.actor_id == facts.actor.person_id for reading in readings):
        yield "还差：您本人还没有阅看原件。"


def all_cosigners_confirmed(facts: Facts) -> Iterator[str]:
    """No invited joint deputy is still to confirm."""
    waiting = sum(1 for confirmed in facts.of_suggestion.cosigners.values() if not confirmed)
    if waiting:
        yield f"还差：有{waiting}位联名代表没有本人确认；等他们确认，或者取消邀请。"


def suggestion_is_written(facts: Facts) -> Iterator[str]:
    """There is a title and a text."""
    if not facts.of_suggestion.title.strip():
        yield "还差：没有标题。"
    if not facts.of_suggestion.content.strip():
        yield "还差：没有正文。"
    if facts.of_suggestion.lead_id is None:
        yield "还差：没有领衔代表。"
    if facts.of_suggestion.is_on_paper and not facts.of_suggestion.files:
        yield "还差：纸质建议没有附扫描件。"


def requests_are_split(facts: Facts) -> Iterator[str]:
    """The suggestion is cut into numbered requests."""
    if not facts.story.requests:
        yield "还差：还没有拆分诉求。"


def plan_covers_requests(facts: Facts) -> Iterator[str]:
    """Measure, owner and date stand beside each request (judged on the form's own words)."""
    measures = (facts.words or {}).get("measures", ())
    planned = {str(row["request_no"]) for row in measures}
    for number in range(1, len(facts.story.requests) + 1):
        if facts.words is not None and str(number) not in planned:
            yield f"还差：第{number}条诉求没有措施、责任人和日期。"


def there_was_contact(facts: Facts) -> Iterator[str]:
    """A contact that the deputy has not denied, or three dated attempts on different days."""
    contacts = facts.story.contacts(round=facts.of_handling.round)
    if any(not c.is_attempt and c.verdict != "denied" for c in contacts):
        return
    days = {c.past.payload["contacted_on"] for c in contacts if c.past.payload["form"] == ATTEMPT}
    if len(days) < _ATTEMPTS_NEEDED:
        denied = "（记过的联系被代表否认）" if any(c.verdict == "denied" for c in contacts) else ""
        yield f"还差：还没有联系过代表{denied}；联系一次，或者在三个不同的日子各记一次未接通。"


def director_has_pressed(facts: Facts) -> Iterator[str]:
    """The director urged, heard or inspected at least once since the plan was approved."""
    approved = facts.story.approval(facts.of_handling.round)
    if facts.story.after(approved).last(A.URGE, round=facts.of_handling.round) is None:
        yield "还差：方案审定以后，局长本人还没有督促过（督促、听取汇报或现场检查至少一次）。"


def draft_is_complete(facts: Facts) -> Iterator[str]:
    """Every text guard holds for the newest draft of this round."""
    draft = _round_letter(facts)
    if draft is None:
        yield "还差：还没有起草复函。"
        return
    yield from letter.text_faults(draft, facts)
    yield from letter.co_faults(draft, facts)


def draft_is_endorsed(facts: Facts) -> Iterator[str]:
    """Every kind of endorsement that the unit asks for was given on this very version."""
    draft = _round_letter(facts)
    if draft is None:
        return
    wanted = letter.content_hash(draft)
    for kind in facts.rulebook.required_endorsements:
        label = facts.rulebook.endorsement_label(kind)
        found = facts.story.standing_endorsement(kind, wanted)
        if found is None:
            yield f"还差：这一稿没有{label}意见，请审核人审。"
        elif not found.is_given:
            yield f"还差：{label}没有通过：{found.past.payload.get('reason', '')}"


def signed_text_is_complete(facts: Facts) -> Iterator[str]:
    """Every text guard holds again for the text that the director is shown, edits included."""
    text = shown.reply(facts)
    if text is not None:
        yield from letter.text_faults(text, facts)


def not_the_drafter(facts: Facts) -> Iterator[str]:
    """Nobody endorses the own draft."""
    draft = facts.story.draft
    if draft is None or draft.round != facts.of_handling.round:
        yield "还没有可以审核的稿子。"
    elif draft.actor_id == facts.actor.person_id:
        yield "这一稿是您自己起草的，要由别人审核。"


def only_secrecy_once_signed(facts: Facts) -> Iterator[str]:
    """On a signed letter only secrecy is endorsed again."""
    kind = (facts.words or {}).get("kind", "secrecy")
    if facts.of_handling.state is HandlingState.SIGNED and kind != "secrecy":
        yield "已经签批的复函只补保密审核。"


def signer_did_not_draft(facts: Facts) -> Iterator[str]:
    """Nobody signs the own draft, whichever hat was on."""
    draft = facts.story.last(A.DRAFT_REPLY, round=facts.of_handling.round)
    if draft is not None and draft.actor_id == facts.actor.person_id:
        yield "这一稿是您自己起草的，请由别人起草后再签。"


def edits_are_endorsed(facts: Facts) -> Iterator[str]:
    """If the director changed words after the secrecy endorsement, one was given on the signed version."""
    signed = facts.story.last(A.SIGN_REPLY, round=facts.of_handling.round)
    if signed is None:
        yield "还差：没有签批。"
        return
    found = facts.story.standing_endorsement("secrecy", letter.content_hash(signed.payload["letter"]))
    if found is None:
        yield "还差：局长签批时改了文字，要在签批的这一稿上再做一次保密审核。"
    elif not found.is_given:
        yield "还差：签批的这一稿保密审核没有通过。"


def signature_holds(facts: Facts) -> Iterator[str]:
    """The signed content is unchanged: the record's text still has the hash that the director signed."""
    signed = facts.story.last(A.SIGN_REPLY, round=facts.of_handling.round)
    if signed is not None and letter.content_hash(signed.payload["letter"]) != signed.content_hash:
        yield "签批的正文与局长签的不一致，不能发出，请报告审计员。"


def term_is_over(facts: Facts) -> Iterator[str]:
    """The co-unit is overdue and the deputies office has pressed once."""
    if facts.today <= facts.of_co.due_on:
        yield f"协办期限到{facts.of_co.due_on:%Y-%m-%d}，还没有过。"
    if facts.story.last(A.SUPERVISE) is None:
        yield "还差：人代工委还没有督办过一次。"


def passage_is_written(facts: Facts) -> Iterator[str]:
    """There is a passage about this co-unit to sign."""
    draft = _round_letter(facts)
    if draft is None or not letter.passage_of(draft, facts.of_co.id):
        yield "主办单位还没有写到贵单位的那一段，写好后会提醒您。"


def redo_is_left(facts: Facts) -> Iterator[str]:
    """The rulebook allows one more round (Chongqing regulation art. 27: once)."""
    if facts.of_handling.round > facts.rulebook.redo_limit:
        yield f"已经重新办理过{facts.rulebook.redo_limit}次；请召集双方，作出协调结论。"


def rater_is_independent(facts: Facts) -> Iterator[str]:
    """Nobody who holds a post in the handling unit rates its work, whichever hat is on."""
    if facts.of_handling.unit_id in facts.actor.units:
        yield f"您在{facts.of_handling.unit_name}任职，这一件不能由您评价；请联系人代工委更换领衔代表。"


def rating_not_corrected(facts: Facts) -> Iterator[str]:
    """A rating is corrected once only."""
    if facts.story.last(A.CORRECT_RATING, round=facts.of_handling.round) is not None:
        yield "评价已经更正过一次，不能再改。"


def lamp_is_free(facts: Facts) -> Iterator[str]:
    """The deputy has not lit up within the rulebook's days."""
    last = facts.story.last(A.LIGHT_UP)
    days = facts.rulebook.term("light_up_again").amount
    if last is not None and (facts.today - last.on).days < days:
        yield f"{last.on:%m月%d日}刚亮过灯，{days}天内只能亮一次；可以直接打电话。"


def no_open_promise(facts: Facts) -> Iterator[str]:
    """Every promise was fulfilled or released."""
    for promise in facts.promises:
        if promise.is_open:
            yield f"还差：承诺第{promise.number}项“{promise.measure}”没有兑现，{promise.due_on:%Y-%m-%d}到期。"


def all_seals_earned(facts: Facts) -> Iterator[str]:
    """All five personal steps of this round were taken."""
    for seal, action in SEAL_ACTIONS.items():
        if facts.story.last(action, round=facts.of_handling.round) is None:
            yield f"还差：“亲自{SEALS[seal][1]}”还没有做。"


def coordinated_after_plan(facts: Facts) -> Iterator[str]:
    """Coordination took place after the plan was approved."""
    round = facts.of_handling.round
    done = facts.story.last(A.COORDINATE, round=round)
    if done is not None and facts.story.after(facts.story.approval(round)).last(A.COORDINATE, round=round) is None:
        yield "还差：协调要在方案审定之后再做一次。"


def _round_letter(facts: Facts) -> Letter | None:
    return facts.story.letter(facts.of_handling.round)


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.SUBMIT: (suggestion_is_written, all_cosigners_confirmed),
    A.READ_ORIGINAL: (original_was_opened,),
    A.SUBMIT_PLAN: (requests_are_split, plan_covers_requests),
    A.APPROVE_PLAN: (director_read_original,),
    A.ENDORSE: (not_the_drafter, only_secrecy_once_signed),
    A.REFUSE_ENDORSEMENT: (not_the_drafter, only_secrecy_once_signed),
    A.SUBMIT_REPLY: (there_was_contact, draft_is_complete, draft_is_endorsed, director_has_pressed),
    A.SIGN_REPLY: (director_read_original, signer_did_not_draft, signed_text_is_complete),
    A.DISPATCH: (signature_holds, edits_are_endorsed),
    A.RATE: (rater_is_independent,),
    A.CORRECT_RATING: (rater_is_independent, rating_not_corrected),
    A.ORDER_REDO: (redo_is_left,),
    A.LIGHT_UP: (lamp_is_free,),
    A.CLOSE: (no_open_promise, all_seals_earned, coordinated_after_plan),
    A.GO_ON_WITHOUT: (term_is_over,),
    A.COUNTERSIGN: (passage_is_written,),
    A.DISSENT: (passage_is_written,),
}


def missing(action: A, facts: Facts) -> list[str]:
    """Every sentence that stands between this step and now; empty when nothing is lacking."""
    return [sentence for guard in GUARDS.get(action, ()) for sentence in guard(facts)]
