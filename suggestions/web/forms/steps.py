"""A form made from a table row: its fields are what the row asks, its faults what the domain says of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from suggestions.domain.facts import Facts
from suggestions.domain.lifecycle import Field as Ask
from suggestions.domain.lifecycle import Kind
from suggestions.usecases.choices import options
from suggestions.usecases.filing import Upload

FEW = 4


class _Checks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _Day(DateField):
    """A day; what is no day is left to the domain, which says so in a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep the words as they were typed."""
        text = valuelist[0] if valuelist else ""
        try:
            self.data = date.fromisoformat(text.strip()) if text.strip() else None
        except ValueError:
            self.data = None
        self.typed = text

    typed: str = ""


class _Spared(Optional):
    """May be left empty, with the words that say when."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.field_flags = {"optional": words}


def _unbound(ask: Ask, facts: Facts) -> Any:
    optional = [] if ask.is_required else [_Spared(ask.spared)]
    common: dict[str, Any] = {"label": ask.label, "validators": optional, "description": ask.hint}
    match ask.kind:
        case Kind.TEXT:
            return StringField(**common)
        case Kind.LONG:
            return TextAreaField(**common)
        case Kind.DATE:
            return _Day(**common)
        case Kind.FLAG:
            return BooleanField(**common)
        case Kind.FILES:
            return MultipleFileField(**common)
        case Kind.CHOICES:
            return _Checks(**common, choices=_choices(ask, facts), validate_choice=False)
        case Kind.CHOICE:
            return _choice(ask, facts, common)
        case Kind.ROWS:
            columns = type(f"{ask.name}_row", (Form,), {c.name: _unbound(c, facts) for c in ask.columns})
            return FieldList(FormField(columns), label=ask.label, description=ask.hint)


_OF_ONE_MATTER = ("entry", "promise")
"""Which matter a step is about; where there is one alone, nobody is asked to point at it."""


def _choice(ask: Ask, facts: Facts, common: dict[str, Any]) -> Any:
    choices = _choices(ask, facts)
    if len(choices) <= FEW:
        only = choices[0].value if len(choices) == 1 and ask.name in _OF_ONE_MATTER else None
        return RadioField(**common, choices=choices, validate_choice=False, default=only)
    return SelectField(**common, choices=[SelectChoice("", "请选择"), *choices], validate_choice=False)


def _choices(ask: Ask, facts: Facts) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in options(ask.source, facts)]


def form_for(asks: Sequence[Ask], facts: Facts, values: Mapping[str, Any] | None = None) -> FlaskForm:
    """The form of a row: filled from the request when it was posted, otherwise from these values."""
    kind = type("StepForm", (FlaskForm,), {ask.name: _unbound(ask, facts) for ask in asks})
    form: FlaskForm = kind(data=_typed(asks, values or {}))
    for ask in asks:
        if ask.kind is Kind.ROWS:
            form[ask.name].blank = _blank_row(form[ask.name])
    return form


def _blank_row(rows: Any) -> Any:
    """An empty row with `__i__` for its number, from which the page makes new ones."""
    blank = rows.unbound_field.bind(form=None, name=f"{rows.name}-__i__", _meta=rows.meta)
    blank.process(None)
    return blank


def _typed(asks: Sequence[Ask], values: Mapping[str, Any]) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for ask in asks:
        value = values.get(ask.name)
        if ask.kind is Kind.DATE and isinstance(value, str):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                value = None
        elif ask.kind is Kind.ROWS:
            value = [_typed(ask.columns, row) for row in value or [{}]]
        if value is not None:
            typed[ask.name] = value
    return typed


def words(asks: Sequence[Ask], form: Any) -> dict[str, Any]:
    """What the person wrote, as the use case takes it: text, codes, rows and uploads."""
    return {ask.name: _word(ask, form[ask.name]) for ask in asks}


def _word(ask: Ask, field: Any) -> Any:
    if ask.kind is Kind.DATE:
        return field.data.isoformat() if field.data else getattr(field, "typed", "")
    if ask.kind is Kind.ROWS:
        return [words(ask.columns, entry.form) for entry in field]
    if ask.kind is Kind.FILES:
        return [upload_of(file) for file in field.data or () if isinstance(file, FileStorage) and file.filename]
    return field.data


def upload_of(file: FileStorage) -> Upload:
    """A file as it came, under its own name without any folder."""
    name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return Upload(name=name[:200], data=file.read())


def show_faults(form: Any, faults: Mapping[str, str]) -> None:
    """Put each fault beside its field; `rows-2-text` names a column of a row."""
    for name, sentence in faults.items():
        field, _, rest = name.partition("-")
        if field not in form:
            continue
        if not rest:
            form[field].errors = [sentence]
            continue
        at, _, column = rest.partition("-")
        entries = form[field].entries
        if at.isdigit() and int(at) < len(entries) and column in entries[int(at)].form:
            entries[int(at)].form[column].errors = [sentence]
        else:
            form[field].errors = [sentence]
