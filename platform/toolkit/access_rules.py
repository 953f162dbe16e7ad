"""The rule of a view: who may see it. Declared beside the view, enforced in one middleware."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """`signed_in` asks for an account; `permission` for a right at the tenant that is open."""

    signed_in: bool = False
    permission: str = ""

    def __call__(self, view: View) -> View:
        """Attach this rule to a view (use as a decorator)."""
        view.access_rule = self  # type: ignore[attr-defined]
        return view


#: Anyone, without an account.
public = Rule()
#: Anyone who is signed in; the view itself looks only at the person's own things.
signed_in = Rule(signed_in=True)


def needs(permission: str) -> Rule:
    """Return the rule that asks for a permission of config.roles, such as `identity.confirm`."""
    return Rule(signed_in=True, permission=permission)


def rule_of(view: Any) -> Rule | None:
    """Return the rule declared on a view function or on its class; None if there is none."""
    found = getattr(view, "access_rule", None)
    if found is None and hasattr(view, "view_class"):
        found = getattr(view.view_class, "access_rule", None)
    return found if isinstance(found, Rule) else None
