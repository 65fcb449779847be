"""Reading a rulebook from TOML: refused, each key named, when anything in it is missing, wrong or unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from suggestions.domain.rulebook_codes import (
    Called,
    ExtraKey,
    Party,
    Proof,
    Rated,
    Scale,
    SeasonKey,
    Start,
    TermKey,
    Unit,
)
from suggestions.domain.rulebook_layers import Layer, parse
from suggestions.domain.rulebook_parts import (
    Asked,
    Basis,
    Behind,
    Choice,
    Endorsement,
    Extension,
    Near,
    Publication,
    Rating,
    Redo,
    Reminders,
    ResultClass,
    RulebookError,
    Season,
    Source,
    Term,
    Withdrawal,
)
from suggestions.domain.rulebook_table import Table
from suggestions.domain.rulebook_whole import Rulebook

C = TypeVar("C", bound=Choice)


@dataclass(frozen=True)
class Citing:
    """What the rows of one rulebook may cite, and the files that they stand in."""

    sources: Mapping[str, Source]
    layer: Layer

    def source(self, table: Table, key: str) -> Source:
        """Return the source named under this key; one that is not among the sources is a fault."""
        name = table.text(key)
        if name and name not in self.sources:
            table.fault(key, f"应是 sources 中的一个：{'、'.join(self.sources)}，现在是“{name}”")
        return self.sources.get(name, Source(name, "", is_default=True))

    def cited(self, table: Table) -> tuple[Source, str]:
        """Return the source of a row and its full citation."""
        source = self.source(table, "source")
        return source, source.title if source.is_default else source.title + table.text("article")

    def basis(self, table: Table) -> Basis:
        """Return where the rule of this row comes from."""
        source, article = self.cited(table)
        file = self.layer.file_of(table.at("rule"))
        return Basis(article, table.text("rule"), table.text("also", ""), source.reference, source.is_default, file)


def read(text: str, file: str) -> Rulebook:
    """Read one rulebook from the text of a TOML file; raises RulebookError naming `file` and every faulty key."""
    layer = parse(text, file)
    if layer.extends:
        raise RulebookError(f"规则书 {file} 以 {layer.extends} 为底本，要和底本一起读取。")
    return read_layer(layer)


def read_layer(layer: Layer) -> Rulebook:
    """Read one rulebook from its TOML, the files beneath included; faults name the file each key was written in."""
    book = Table(layer.data, "", [])
    rulebook = _rulebook(book, layer)
    book.end()
    if book.faults:
        faults = (
            [f"{fault}（{layer.file_of(fault.split()[0])}）" for fault in book.faults] if layer.origin else book.faults
        )
        raise RulebookError(f"规则书 {layer.file} 有{len(faults)}处错误：{'；'.join(faults)}。")
    return rulebook


def _rulebook(book: Table, layer: Layer) -> Rulebook:
    citing = Citing(_sources(book.table("sources")), layer)
    terms, seasons, scales = book.table("terms"), book.table("seasons"), book.table("scales")
    ratings = _by_code(book, "ratings", [_rating(row) for row in book.tables("ratings")])
    classes = [_result_class(row, citing) for row in book.tables("result_classes")]
    grounds = [Choice(*_code_and_label(row), citing.cited(row)[1]) for row in book.tables("decline_grounds")]
    endorsements = [
        Endorsement(*_code_and_label(row), "", row.flag("is_default")) for row in book.tables("endorsements")
    ]
    publications = [_publication(row) for row in book.tables("publications")]
    extra = {key: _term(key, terms.table(key), citing) for key in ExtraKey if key in terms.data}
    rulebook = Rulebook(
        name=book.text("name"),
        version=book.text("version"),
        title=book.text("title"),
        valid_from=book.day("valid_from"),
        valid_to=book.day("valid_to") if "valid_to" in book.data else None,
        extends=book.text("extends", ""),
        based_on=tuple(book.texts("based_on")),
        terms=MappingProxyType({key: _term(key, terms.table(key), citing) for key in TermKey}),
        extra_terms=MappingProxyType(extra),
        seasons=MappingProxyType({key: _season(key, seasons.table(key), citing) for key in SeasonKey}),
        extension=_extension(book.table("extension"), citing),
        redo=_redo(book.table("redo"), citing),
        conference=citing.basis(book.table("conference")),
        withdrawal=_withdrawal(book.table("withdrawal"), citing),
        asked=_asked(book.table("asked"), citing),
        behind=_behind(book.table("behind")),
        reminders=_reminders(book.table("reminders")),
        ratings=ratings,
        scales=MappingProxyType({scale: _scale(scales, scale, ratings) for scale in Scale}),
        result_classes=_by_code(book, "result_classes", classes),
        decline_grounds=_by_code(book, "decline_grounds", grounds),
        endorsements=_by_code(book, "endorsements", endorsements),
        publications=_by_code(book, "publications", publications),
    )
    _check_whole(book, rulebook)
    return rulebook


def _check_whole(book: Table, rulebook: Rulebook) -> None:
    if sum(mark.is_default for mark in rulebook.publications.values()) != 1:
        book.fault("publications", "应当正好有一种 is_default = true")
    if rulebook.valid_to is not None and rulebook.valid_to < rulebook.valid_from:
        book.fault("valid_to", "早于 valid_from")
    contact = rulebook.terms[TermKey.FIRST_CONTACT]
    if contact.unit is Unit.WORKDAYS and rulebook.behind.contact_workdays > contact.amount:
        book.fault("behind.contact_workdays", f"不能大于 terms.first_contact.amount（{contact.amount}）")


def _sources(table: Table) -> Mapping[str, Source]:
    rows = {key: table.table(key) for key in table.data}
    return {
        key: Source(row.text("title"), row.text("reference", ""), row.flag("is_default", False))
        for key, row in rows.items()
    }


def _near(table: Table) -> Near:
    near = Near(table.whole("amount", least=0), table.one_of("unit", Unit))
    if near.unit is Unit.MONTHS:
        table.fault("unit", "只能是 workdays 或者 days")
    return near


def _term(key: TermKey | ExtraKey, table: Table, citing: Citing) -> Term:
    term = Term(
        key=key,
        name=table.text("name"),
        owed_by=table.one_of("owed_by", Party),
        amount=table.whole("amount"),
        unit=table.one_of("unit", Unit),
        start=table.one_of("start", Start),
        basis=citing.basis(table),
        near=_near(table.table("near")),
        on_failure=table.text("on_failure"),
        extension_months=table.whole("extension_months", least=0, otherwise=0),
    )
    if term.extension_months and term.unit is not Unit.MONTHS:
        table.fault("extension_months", "只有按月计算的期限可以延期")
    return term


def _season(key: SeasonKey, table: Table, citing: Citing) -> Season:
    season = Season(
        key=key,
        name=table.text("name"),
        owed_by=table.one_of("owed_by", Party),
        opens=table.month_and_day("opens"),
        closes=table.month_and_day("closes"),
        basis=citing.basis(table),
        near=_near(table.table("near")),
        on_failure=table.text("on_failure"),
    )
    if season.closes < season.opens:
        table.fault("closes", "早于 opens")
    return season


def _extension(table: Table, citing: Citing) -> Extension:
    cap = citing.source(table, "cap_source")
    return Extension(
        needs_explanation=table.flag("needs_explanation"),
        needs_consent=table.flag("needs_consent"),
        basis=citing.basis(table),
        cap_article=cap.title if cap.is_default else cap.title + table.text("cap_article"),
        is_cap_default=cap.is_default,
    )


def _redo(table: Table, citing: Citing) -> Redo:
    return Redo(table.whole("limit", least=0), citing.basis(table))


def _withdrawal(table: Table, citing: Citing) -> Withdrawal:
    return Withdrawal(table.flag("needs_all"), citing.basis(table))


def _asked(table: Table, citing: Citing) -> Asked:
    names = table.texts("objects")
    if unknown := [name for name in names if name not in set(Rated)]:
        table.fault("objects", f"应在 {'、'.join(Rated)} 之中，现在有：{'、'.join(unknown)}")
    return Asked(tuple(Rated(name) for name in names if name not in unknown), citing.basis(table))


def _behind(table: Table) -> Behind:
    return Behind(
        contact_workdays=table.whole("contact_workdays"),
        plan=table.fraction("plan"),
        urge=table.fraction("urge"),
        draft=table.fraction("draft"),
    )


def _reminders(table: Table) -> Reminders:
    chains = {name: table.table(name) for name in ("yellow", "red", "rating")}
    return Reminders(**{name: _chain(chain) for name, chain in chains.items()})


def _chain(table: Table) -> Mapping[Called, int]:
    days = {who: table.whole(who, least=0) for who in Called if who in table.data}
    return MappingProxyType(dict(sorted(days.items(), key=lambda each: each[1])))


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


def _result_class(table: Table, citing: Citing) -> ResultClass:
    return ResultClass(
        *_code_and_label(table),
        citing.cited(table)[1],
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
