"""Reading a rulebook from TOML: refused, each key named, when anything in it is missing, wrong or unknown."""

import tomllib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from suggestions.domain.rulebook_codes import Party, Proof, Scale, SeasonKey, Start, TermKey, Unit
from suggestions.domain.rulebook_parts import (
    Basis,
    Behind,
    Choice,
    Endorsement,
    Extension,
    Near,
    Publication,
    Rating,
    ResultClass,
    Rulebook,
    RulebookError,
    Season,
    Source,
    Term,
)
from suggestions.domain.rulebook_table import Table

C = TypeVar("C", bound=Choice)
Sources = Mapping[str, Source]


def read(text: str, file: str) -> Rulebook:
    """Read one rulebook from the text of a TOML file; raises RulebookError naming `file` and every faulty key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"规则书 {file} 不是有效的TOML：{error}") from error
    book = Table(data, "", [])
    rulebook = _rulebook(book)
    book.end()
    if book.faults:
        raise RulebookError(f"规则书 {file} 有{len(book.faults)}处错误：{'；'.join(book.faults)}。")
    return rulebook


def _rulebook(book: Table) -> Rulebook:
    sources = _sources(book.table("sources"))
    terms, seasons, scales = book.table("terms"), book.table("seasons"), book.table("scales")
    limits = book.table("limits")
    ratings = _by_code(book, "ratings", [_rating(row) for row in book.tables("ratings")])
    classes = [_result_class(row, sources) for row in book.tables("result_classes")]
    grounds = [Choice(*_code_and_label(row), _cited(row, sources)[1]) for row in book.tables("decline_grounds")]
    endorsements = [
        Endorsement(*_code_and_label(row), "", row.flag("is_default")) for row in book.tables("endorsements")
    ]
    publications = [_publication(row) for row in book.tables("publications")]
    if sum(mark.is_default for mark in publications) != 1:
        book.fault("publications", "应当正好有一种 is_default = true")
    rulebook = Rulebook(
        name=book.text("name"),
        version=book.text("version"),
        title=book.text("title"),
        valid_from=book.day("valid_from"),
        valid_to=book.day("valid_to") if "valid_to" in book.data else None,
        based_on=tuple(book.texts("based_on")),
        terms=MappingProxyType({key: _term(key, terms.table(key), sources) for key in TermKey}),
        seasons=MappingProxyType({key: _season(key, seasons.table(key), sources) for key in SeasonKey}),
        extension=_extension(book.table("extension"), sources),
        redo_limit=limits.whole("redo", least=0),
        behind=_behind(book.table("behind")),
        ratings=ratings,
        scales=MappingProxyType({scale: _scale(scales, scale, ratings) for scale in Scale}),
        result_classes=_by_code(book, "result_classes", classes),
        decline_grounds=_by_code(book, "decline_grounds", grounds),
        endorsements=_by_code(book, "endorsements", endorsements),
        publications=_by_code(book, "publications", publications),
    )
    if rulebook.valid_to is not None and rulebook.valid_to < rulebook.valid_from:
        book.fault("valid_to", "早于 valid_from")
    return rulebook


def _sources(table: Table) -> Sources:
    rows = {key: table.table(key) for key in table.data}
    return {
        key: Source(row.text("title"), row.text("reference", ""), row.flag("is_default", False))
        for key, row in rows.items()
    }


def _source(table: Table, key: str, sources: Sources) -> Source:
    name = table.text(key)
    if name and name not in sources:
        table.fault(key, f"应是 sources 中的一个：{'、'.join(sources)}，现在是“{name}”")
    return sources.get(name, Source(name, "", is_default=True))


def _cited(table: Table, sources: Sources) -> tuple[Source, str]:
    source = _source(table, "source", sources)
    return source, source.title if source.is_default else source.title + table.text("article")


def _basis(table: Table, sources: Sources) -> Basis:
    source, article = _cited(table, sources)
    return Basis(article, table.text("rule"), table.text("also", ""), source.reference, source.is_default)


def _near(table: Table) -> Near:
    near = Near(table.whole("amount", least=0), table.one_of("unit", Unit))
    if near.unit is Unit.MONTHS:
        table.fault("unit", "只能是 workdays 或者 days")
    return near


def _term(key: TermKey, table: Table, sources: Sources) -> Term:
    term = Term(
        key=key,
        name=table.text("name"),
        owed_by=table.one_of("owed_by", Party),
        amount=table.whole("amount"),
        unit=table.one_of("unit", Unit),
        start=table.one_of("start", Start),
        basis=_basis(table, sources),
        near=_near(table.table("near")),
        on_failure=table.text("on_failure"),
        extension_months=table.whole("extension_months", least=0, otherwise=0),
    )
    if term.extension_months and term.unit is not Unit.MONTHS:
        table.fault("extension_months", "只有按月计算的期限可以延期")
    return term


def _season(key: SeasonKey, table: Table, sources: Sources) -> Season:
    season = Season(
        key=key,
        name=table.text("name"),
        owed_by=table.one_of("owed_by", Party),
        opens=table.month_and_day("opens"),
        closes=table.month_and_day("closes"),
        basis=_basis(table, sources),
        near=_near(table.table("near")),
        on_failure=table.text("on_failure"),
    )
    if season.closes < season.opens:
        table.fault("closes", "早于 opens")
    return season


def _extension(table: Table, sources: Sources) -> Extension:
    return Extension(
        needs_explanation=table.flag("needs_explanation"),
        needs_consent=table.flag("needs_consent"),
        basis=_basis(table, sources),
        cap_article=_source(table, "cap_source", sources).title,
    )


def _behind(table: Table) -> Behind:
    return Behind(
        contact_workdays=table.whole("contact_workdays"),
        plan=table.fraction("plan"),
        urge=table.fraction("urge"),
        draft=table.fraction("draft"),
    )


def _code_and_label(table: Table) -> tuple[str, str]:
    return table.text("code"), table.text("label")


def _rating(table: Table) -> Rating:
    rating = Rating(
        *_code_and_label(table),
        "",
        is_satisfied_strictly=table.flag("is_satisfied_strictly"),
        is_satisfied_loosely=table.flag("is_satisfied_loosely"),
        is_contested=table.flag("is_contested"),
        needs_reason=table.flag("needs_reason"),
    )
    if rating.is_satisfied_strictly and not rating.is_satisfied_loosely:
        table.fault("is_satisfied_loosely", "严格口径算满意的，宽口径也要算")
    if rating.is_satisfied_loosely and rating.is_contested:
        table.fault("is_contested", "算满意的评价不能同时进入待督办")
    return rating


def _result_class(table: Table, sources: Sources) -> ResultClass:
    return ResultClass(
        *_code_and_label(table),
        _cited(table, sources)[1],
        short_label=table.text("short_label"),
        proof=table.one_of("proof", Proof),
        proof_label=table.text("proof_label"),
        proof_ask=table.text("proof_ask"),
        is_promise=table.flag("is_promise"),
    )


def _publication(table: Table) -> Publication:
    return Publication(*_code_and_label(table), "", table.flag("needs_ground"), table.flag("is_default"))


def _scale(table: Table, scale: Scale, ratings: Mapping[str, Rating]) -> tuple[Rating, ...]:
    codes = table.texts(scale)
    unknown = [code for code in codes if code not in ratings]
    if unknown:
        table.fault(scale, f"有 ratings 中没有的评价：{'、'.join(unknown)}")
    return tuple(ratings[code] for code in codes if code in ratings)


def _by_code(book: Table, key: str, rows: Iterable[C]) -> Mapping[str, C]:
    found: dict[str, C] = {}
    for row in rows:
        if row.code in found:
            book.fault(key, f"有两个 code 是“{row.code}”")
        found[row.code] = row
    return MappingProxyType(found)
