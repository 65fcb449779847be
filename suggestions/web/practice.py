"""The movable practice day."""

from datetime import timedelta

from flask import Blueprint, abort, current_app, flash, redirect, request
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.domain.states import CoState
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling
from suggestions.usecases import housekeeping, ticking
from suggestions.web.auth import back
from suggestions.web.guard import PUBLIC, enter

bp = Blueprint("practice", __name__)
_OWED = (CoState.INVITED, CoState.GIVEN, CoState.SENT_BACK)


@bp.post("/practice/day")
@enter(PUBLIC)
def day() -> Response:
    """Move the practice day forward, to the next day or to the next term, and run the tick."""
    if not current_app.config["PRACTICE"]:
        abort(404)
    today = clock.today()
    target = today + timedelta(days=1)
    if request.form.get("to") == "next-term":
        terms = (
            db.session.scalar(select(func.min(Handling.next_due_on)).where(Handling.next_due_on > today)),
            db.session.scalar(
                select(func.min(CoHandling.due_on)).where(CoHandling.due_on > today, CoHandling.state.in_(_OWED))
            ),
        )
        target = min(filter(None, terms), default=target)
    housekeeping.set_practice_day(target)
    ticked = ticking.tick()
    told = [
        f"系统代为签收{ticked.received}件" if ticked.received else "",
        f"{ticked.lapsed}件逾期未评" if ticked.lapsed else "",
        f"{ticked.opened}件评价公布" if ticked.opened else "",
        f"{ticked.redated}件重算期限" if ticked.redated else "",
        f"亮灯提醒{ticked.reminded}次" if ticked.reminded else "",
    ]
    what = "，".join(filter(None, told))
    flash(f"练习日到了{target.year}年{target.month}月{target.day}日{'：' + what if what else ''}。", "plain")
    return redirect(back(), 303)
