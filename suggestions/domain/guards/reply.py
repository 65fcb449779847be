"""What must be true before a reply is endorsed, submitted, signed and dispatched."""

from collections.abc import Iterator, Mapping

from suggestions.domain import letter, publication, shown
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards.guard import Guard
from suggestions.domain.guards.receipt import director_read_original
from suggestions.domain.letter import Letter
from suggestions.domain.states import HandlingState
from suggestions.domain.story import ATTEMPT

_ATTEMPTS_NEEDED = 3


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
        yield from letter.opinions_owed(facts)
        return
    yield from letter.text_faults(draft, facts)
    yield from letter.co_faults(draft, facts)


def letter_names_every_lead(facts: Facts) -> Iterator[str]:
    """The letter is addressed to every deputy who leads it or a suggestion merged into it; hidden names stay unsaid."""
    draft = _round_letter(facts)
    if draft is None:
        return
    lacking = sum(1 for name in facts.lead_names.values() if name and name not in draft.get("addressees", ()))
    if lacking:
        yield f"还差：领衔代表有变动（并案或者更换领衔），复函还没有写给其中{lacking}位；重新保存一稿就会写上。"


def draft_is_endorsed(facts: Facts) -> Iterator[str]:
    """Every kind of endorsement that the unit asks for was given on this very version."""
    draft = _round_letter(facts)
    if draft is None:
        return
    wanted = letter.content_hash(draft)
    for kind in facts.required_endorsements:
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
    draft = facts.story.draft if _round_letter(facts) is not None else None
    if facts.of_handling.state not in (HandlingState.IN_PROGRESS, HandlingState.SIGNED):
        draft = publication.drafted(facts.story)
    if draft is None:
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
    signed = facts.story.signature(facts.of_handling.round)
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
    signed = facts.story.signature(facts.of_handling.round)
    if signed is not None and letter.content_hash(signed.payload["letter"]) != signed.content_hash:
        yield "签批的正文与局长签的不一致，不能发出，请报告审计员。"


def _round_letter(facts: Facts) -> Letter | None:
    return facts.story.letter(facts.of_handling.round)


def nobody_rated_yet(facts: Facts) -> Iterator[str]:
    """No lead deputy has rated the letter: of several, the first rating counts for the letter that it was given on."""
    if facts.story.ratings(facts.of_handling.round):
        yield "已经有领衔代表评价了这封复函，不能再更正。"


GUARDS: Mapping[A, tuple[Guard, ...]] = {
    A.ENDORSE: (not_the_drafter, only_secrecy_once_signed),
    A.REFUSE_ENDORSEMENT: (not_the_drafter, only_secrecy_once_signed),
    A.SUBMIT_REPLY: (
        there_was_contact,
        draft_is_complete,
        letter_names_every_lead,
        draft_is_endorsed,
        director_has_pressed,
    ),
    A.SIGN_REPLY: (director_read_original, signer_did_not_draft, signed_text_is_complete, letter_names_every_lead),
    A.DISPATCH: (signature_holds, edits_are_endorsed),
    A.CORRECT_REPLY: (nobody_rated_yet,),
}
