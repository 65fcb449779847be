"""A house of two units and one case, 第025号, so small that it can be verified hundreds of times."""

from datetime import date

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life, Role
from suggestions.practice.play import Play
from suggestions.usecases import intake, office
from tests.conftest import EMPTY, TEMPLATES
from tests.usecases.walking import Walk
from tests.web.visitor import PASSWORD

SMALL = "small"


def small() -> Walk:
    """The one case of the small house, on its second day."""
    return Walk(Play(date(2026, 2, 11)), "025", "deputy")


def furnish_small() -> None:
    """Units, people, and a suggestion from the deputy's draft until it has been read and talked about."""
    walk = small()
    walk.play.go_to(date(2026, 2, 10))
    with walk.clock():
        begin(walk)
    walk.received()
    walk.read()
    walk.do("handler", A.COMMENT, comment="一句话")
    walk.do("clerk", A.NAME_HANDLER, handler=walk.person("handler"), reason="分工")


def begin(walk: Walk) -> None:
    """Register the units and the people, and give the suggestion to its unit."""
    units = {name: office.register_unit(name) for name in ("区民政局", "区财政局")}
    for username, role in (("director", Role.DIRECTOR), ("handler", Role.HANDLER), ("clerk", Role.CLERK)):
        person = office.create_user(username, username=username, password=PASSWORD)
        office.appoint(person, role, unit=units["区民政局"])
    office.appoint(office.create_user("许倩", username="co"), Role.HANDLER, unit=units["区财政局"])
    for username, role in (("deputy", Role.DEPUTY), ("supervisor", Role.SUPERVISOR)):
        office.appoint(office.create_user(username, username=username), role)
    words = {"title": "关于加装电梯的建议", "content": "为此，建议：\n一、加装电梯。"}
    id = intake.draft(by=walk.play.actor("deputy"), words=words)
    walk.play.step(Life.SUGGESTION, id, "deputy", A.SUBMIT, {})
    main, co = (str(units[name].id) for name in ("区民政局", "区财政局"))
    assigned = {"number": "第025号", "series": "between", "main_units": [main], "co_units": [co]}
    assigned |= {"reply_term": "ordinary", "publication": "proactive"}
    walk.play.step(Life.SUGGESTION, id, "supervisor", A.ASSIGN, assigned)


TEMPLATES[SMALL] = (EMPTY, furnish_small)
