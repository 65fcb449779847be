"""The day a letter reached the deputy: registered by the clerk or the deputy, it begins the rating term."""

from datetime import date, timedelta

import pytest
from flask import Flask

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Invalid, NotAllowed
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from tests.usecases.walking import Walk


def test_a_delivery_moves_the_rating_term_forward_and_never_back(app: Flask, play: Play) -> None:
    walk = Walk(Play(date(2026, 3, 2))).until("signed")
    walk.do("clerk", A.DISPATCH, document_number="云山民政函〔2026〕1号", delivery="post", has_receipt_form="1")
    row = walk.play.handling(walk.number)
    sent_on, assumed = row.dispatched_on, row.rating_due_on
    assert sent_on is not None
    assert assumed is not None
    walk.play.go_to(sent_on + timedelta(days=1))
    version = row.version
    with pytest.raises(Invalid, match="还有一处要改"):
        walk.do("clerk", A.RECORD_DELIVERY, delivered_on=(sent_on - timedelta(days=1)).isoformat())
    with pytest.raises(NotAllowed):
        walk.do("handler", A.RECORD_DELIVERY, delivered_on=sent_on.isoformat())
    walk.do(walk.lead, A.RECORD_DELIVERY, delivered_on=sent_on.isoformat())
    row = walk.play.handling(walk.number)
    assert row.rating_due_on is not None
    assert row.rating_due_on < assumed
    assert row.version == version
    walk.play.go_to(row.rating_due_on + timedelta(days=1))
    with pytest.raises(Invalid, match="还有一处要改"):
        walk.do("clerk", A.RECORD_DELIVERY, delivered_on=sent_on.isoformat())
    assert verify().faults == ()
