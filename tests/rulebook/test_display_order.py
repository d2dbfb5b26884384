"""Projects come in an order that is the visitor's own."""

from collections import Counter
from dataclasses import dataclass

from budgeting.rulebook import display_order


@dataclass(frozen=True)
class Line:
    ballot_id: str


LINES = [Line(str(number)) for number in range(1, 6)]


def first_for(number):
    return display_order.in_order_of(number, LINES)[0].ballot_id


def test_a_visitor_sees_the_same_order_each_time():
    assert display_order.in_order_of(7, LINES) == display_order.in_order_of(7, reversed(LINES))


def test_what_is_left_of_a_narrowed_list_keeps_its_order():
    whole = display_order.in_order_of(7, LINES)
    some = LINES[::2]
    assert display_order.in_order_of(7, some) == [line for line in whole if line in some]


def test_over_all_visitors_each_project_comes_first_about_equally_often():
    firsts = Counter(first_for(number) for number in range(display_order.NUMBERS))
    fair = display_order.NUMBERS / len(LINES)
    assert all(0.8 * fair < firsts[line.ballot_id] < 1.2 * fair for line in LINES)
