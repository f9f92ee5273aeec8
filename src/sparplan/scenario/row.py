"""What rows and settings share: frozen, unknown fields refused, faults collected on request."""

from typing import Any, Self, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

BROKEN: Any = type("Broken", (), {"__repr__": lambda _: "BROKEN"})()
"""Stands in a row of a draft for a cell that couldn't be read; `checks.py` passes it by."""


class Row(BaseModel):
    """What rows and settings share: frozen, unknown fields refused.

    Validated with a context (a list), a row collects the faults of all its cells there as
    `(path, code, values)` and holds `BROKEN` in their place, so that the rest can still be checked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, serialize_by_alias=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _collect(cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        if info.context is None:
            return handler(value)
        if value is BROKEN:
            return BROKEN
        try:
            return handler(value)
        except ValidationError as error:
            field = cls.model_fields[info.field_name or ""].alias or info.field_name
            for details in error.errors(include_url=False, include_input=False):
                inner = tuple(details["loc"])
                info.context.append(((field, *inner), details["type"], details.get("ctx", {})))
            return BROKEN

    def replace(self, **changes: Any) -> Self:
        """A copy with fields changed. The values must be valid: they aren't read as cells."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        given = self.model_fields_set | set(changes)
        return cast(Self, type(self).model_construct(given, **{**fields, **changes}))
