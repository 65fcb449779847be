"""Stories that begin in the program: suggestions which deputies are writing, and one that waits to be assigned."""

from datetime import date

from sqlalchemy import select

from suggestions import clock
from suggestions.domain.actions import Action
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Person
from suggestions.practice.moves import FEB_13, FEB_14
from suggestions.practice.play import Play
from suggestions.usecases import intake

_CONSTRUCTION_DUST = {
    "title": "关于加强小区装修垃圾定点投放和清运的建议",
    "category": "城市管理",
    "content": "上河街道有物业的小区41个，去年装修垃圾投诉217件，占全部投诉的三成。建筑垃圾堆在单元门口，最长的一处堆了26天，"
    "老人推轮椅要绕到车道上。清运车每月只来两次，业主自己叫车，一车收350元到600元不等。\n"
    "为此，建议：\n"
    "一、每个小区划定一处装修垃圾投放点，有围挡、有公示牌。\n"
    "二、公布清运的电话、价格和时限，约定后48小时清走。\n"
    "三、对偷倒渣土的车辆，由城管、公安联合查处并公布车牌。",
}
_NIGHT_PHARMACY = {
    "title": "关于在镇街设置夜间购药点的建议",
    "category": "卫生健康",
    "content": "石井坡街道2.6万人，晚上九点以后没有一家药店开门。去年冬天我接到居民电话14个，都是夜里老人发烧、孩子腹泻买不到药，"
    "最近的24小时药店在区人民医院旁边，打车来回46元。\n"
    "为此，建议：\n"
    "一、每个镇街至少设一处夜间购药点，可由药店轮值。\n"
    "二、公布轮值药店的名单、地址和电话，接入12345热线。",
}
_BUS_TO_THE_VILLAGES = {
    "title": "关于增加青凤镇至高铁站公交班次的建议",
    "category": "交通",
    "content": "青凤镇到高铁站只有一条公交线，每天6班，末班16时40分。镇上在外务工的3100人，晚上到站只能坐摩托车回家。\n"
    "为此，建议：\n"
    "一、末班车延至20时30分，春运、节假日每天加到10班。",
}


def write(play: Play, day: date) -> None:
    """Play what was written on a day: 唐伟 hands in; 刘素芬 asks 陈立群 to sign, the deputies office begins a paper."""
    if day == FEB_13:
        _hand_in(play)
    if day == FEB_14:
        _begin(play)


def _hand_in(play: Play) -> None:
    handed_in = _draft(play, "唐伟", _NIGHT_PHARMACY)
    _on(play, handed_in, "唐伟", Action.INVITE_COSIGNER, deputy="蒋玉梅")
    _on(play, handed_in, "蒋玉梅", Action.COSIGN)
    _on(play, handed_in, "唐伟", Action.SUBMIT)


def _begin(play: Play) -> None:
    begun = _draft(play, "deputy2", _CONSTRUCTION_DUST)
    _on(play, begun, "deputy2", Action.INVITE_COSIGNER, deputy="陈立群")
    lead = db.session.scalars(select(Person).where(Person.name == "冉光荣")).one()
    _draft(play, "supervisor", {**_BUS_TO_THE_VILLAGES, "lead": str(lead.id)})


def _draft(play: Play, who: str, words: dict[str, str]) -> int:
    play.moment += play.pause
    with clock.pinned(play.moment):
        return intake.draft(by=play.actor(who), words=words)


def _on(play: Play, suggestion_id: int, who: str, action: Action, **words: str) -> None:
    play.step(Life.SUGGESTION, suggestion_id, who, action, words)
