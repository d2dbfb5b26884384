"""A code opens the booth; a wrong one gets the same words whatever is wrong, and then waits."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from budgeting.ballotbox import check_sign, code_letters
from budgeting.models import CodeTry
from budgeting.refusals import WrongPhase
from budgeting.services import booth_entry, code_tries, voting
from budgeting.vocabulary import Phase
from tests import make

NOW = datetime.now(UTC)


def enter(made, text, now=NOW):
    return voting.enter(text, budget_round=made.budget_round, now=now)


def wrong_secret(code):
    """A code with the voter's locator that hangs together, but is not the voter's."""
    other = next(c for c in "ABCDEFGH" if c != code[5])
    signs = code.replace("-", "")
    changed = signs[:5] + other + signs[6:15]
    return changed + check_sign.check_sign_of(changed)


def stranger():
    return code_letters.make_code(lambda length: b"\7" * length).text


def test_the_code_of_the_letter_finds_its_voter(session):
    made = make.budget_round(session)
    assert [enter(made, code) for code in made.codes] == made.voters


def test_the_code_is_read_forgivingly(session):
    made = make.budget_round(session)
    typed = " " + made.codes[0].lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert enter(made, typed) == made.voters[0]


def test_a_slip_of_the_finger_is_told_before_anything_is_looked_up(session):
    made = make.budget_round(session)
    with pytest.raises(code_letters.CodeHasWrongLength):
        enter(made, made.codes[0][:-1])
    assert session.scalar(select(func.count()).select_from(CodeTry)) == 0


def test_an_unknown_locator_and_a_wrong_secret_get_the_same_words(session):
    made = make.budget_round(session)
    said = set()
    for code in (stranger(), wrong_secret(made.codes[0])):
        with pytest.raises(booth_entry.UnknownCode) as refused:
            enter(made, code)
        said.add(str(refused.value))
    assert len(said) == 1


def test_an_unknown_locator_costs_the_same_work_as_a_known_one(session, monkeypatch):
    made = make.budget_round(session)
    verified = []
    real = code_letters.verify_secret
    monkeypatch.setattr(
        code_letters, "verify_secret", lambda *given: verified.append(given) or real(*given)
    )
    for code in (stranger(), wrong_secret(made.codes[0])):
        with pytest.raises(booth_entry.UnknownCode):
            enter(made, code)
    assert len(verified) == 2


def test_a_voided_letter_opens_nothing(session):
    made = make.budget_round(session)
    made.voters[0].code_hash = None
    session.commit()
    with pytest.raises(booth_entry.UnknownCode):
        enter(made, made.codes[0])


def test_a_right_code_of_another_round_says_which(session):
    made = make.budget_round(session)
    other = make.budget_round(session, slug="havnen", voters_in_each_area=0)
    with pytest.raises(booth_entry.CodeOfAnotherRound, match="nordby-2026"):
        enter(other, made.codes[0])


@pytest.mark.parametrize("phase", [Phase.PRESENTING, Phase.COUNTING])
def test_the_booth_is_open_during_the_vote_only(session, phase):
    made = make.budget_round(session, phase=phase)
    with pytest.raises(WrongPhase):
        enter(made, made.codes[0])


def guess(made, times, now=NOW, code=None):
    for _ in range(times):
        with pytest.raises(booth_entry.UnknownCode):
            enter(made, code or wrong_secret(made.codes[0]), now)


def test_after_five_slips_even_the_right_code_must_wait(session):
    made = make.budget_round(session)
    guess(made, code_tries.FREE_TRIES)
    with pytest.raises(code_tries.TooManyTries) as refused:
        enter(made, made.codes[0])
    until = refused.value.values["until"]
    assert enter(made, made.codes[0], until) == made.voters[0]


def test_each_guess_doubles_the_wait_up_to_an_hour(session):
    made = make.budget_round(session)
    guess(made, code_tries.FREE_TRIES)
    now, waits = NOW, []
    for _ in range(9):
        with pytest.raises(code_tries.TooManyTries) as refused:
            enter(made, made.codes[0], now)
        waits.append(round((refused.value.values["until"] - now) / timedelta(minutes=1)))
        now = refused.value.values["until"]
        guess(made, 1, now)
    assert waits[1:6] == [2, 4, 8, 16, 32]
    assert waits[6:] == [60, 60, 60]


def test_a_locator_nobody_has_waits_just_as_long(session):
    made = make.budget_round(session)
    guess(made, code_tries.FREE_TRIES, code=stranger())
    with pytest.raises(code_tries.TooManyTries):
        enter(made, stranger())


def test_one_voters_slips_do_not_hold_up_the_next(session):
    made = make.budget_round(session)
    guess(made, code_tries.FREE_TRIES)
    assert enter(made, made.codes[1]) == made.voters[1]


def test_a_right_code_wipes_out_the_slips_and_a_day_forgets_them(session):
    made = make.budget_round(session)
    guess(made, 3)
    enter(made, made.codes[0])
    assert session.scalar(select(func.count()).select_from(CodeTry)) == 0
    guess(made, code_tries.FREE_TRIES)
    assert enter(made, made.codes[0], NOW + timedelta(days=1, minutes=1)) == made.voters[0]
