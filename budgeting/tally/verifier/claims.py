"""What a certificate claims, and the refusal that names the step where it fails."""

from fractions import Fraction
from typing import Any


class Rejected(ValueError):
    """The certificate does not hold; ``step`` is where, 0 where no step is to blame."""

    def __init__(self, step: int, message: str) -> None:
        """Keep the step and what is wrong there."""
        super().__init__(f"step {step}: {message}" if step else message)
        self.step = step
        self.message = message


def expect(claimed: Any, found: Any, what: str, step: int = 0) -> None:
    """Refuse a claim that is not what was found."""
    if claimed != found:
        raise Rejected(step, f"{what} should be {found}, the certificate says {claimed}")


def exact(text: Any, what: str, step: int) -> Fraction:
    """Read an exact number of the form "num/den"."""
    try:
        if not isinstance(text, str) or "/" not in text:
            raise ValueError(text)
        return Fraction(text)
    except (ValueError, ZeroDivisionError) as error:
        raise Rejected(step, f"{what} is no exact number: {text!r}") from error


def in_words(number: Fraction) -> str:
    """An exact number as certificates write it."""
    return f"{number.numerator}/{number.denominator}"


def compare_steps(claimed: Any, found: list[dict[str, Any]]) -> None:
    """Compare claimed steps with recounted ones, field by field, in order."""
    if not isinstance(claimed, list):
        raise Rejected(0, "the certificate has no list of steps")
    for number, step in enumerate(found, start=1):
        if number > len(claimed):
            raise Rejected(number, f"missing; {step['project_id']} comes here")
        for key in {**claimed[number - 1], **step}:
            expect(claimed[number - 1].get(key), step.get(key), key, number)
    if len(claimed) > len(found):
        raise Rejected(len(found) + 1, "the rule had ended before this step")
