"""The one family of failures: each says in Chinese what is wrong and what to do."""

from collections.abc import Mapping, Sequence


class DomainError(Exception):
    """A refusal in plain words; `status` is the answer the web and the API give for it."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Missing(DomainError):
    """What was asked for is not there, or may not be seen (404)."""

    status = 404

    def __init__(self, message: str = "没有找到，或者您不能查看。") -> None:
        super().__init__(message)


class NotAllowed(DomainError):
    """The person may see it, but this step is somebody else's (403)."""

    status = 403


class NotNow(DomainError):
    """The step cannot be taken yet; `missing` holds one sentence for each thing that is lacking (409)."""

    status = 409

    def __init__(self, message: str, missing: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.missing = tuple(missing)


class Stale(DomainError):
    """Someone else acted first, or the content changed; `changes` says who did what since (409)."""

    status = 409

    def __init__(self, message: str, changes: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.changes = tuple(changes)


class Invalid(DomainError):
    """The form's words are not well-formed; `faults` names each field with its sentence (422)."""

    status = 422

    def __init__(self, message: str, faults: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.faults = dict(faults or {})
