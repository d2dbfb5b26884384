"""A strict round's box is opened on another machine; a forged or altered file is refused by name."""

import json
import zipfile
from dataclasses import replace

import pytest

from budgeting import canonical, clock
from budgeting.ballotbox import (
    export_file,
    key_files,
    officer_keys,
    opened_file,
    opening_proof,
    sealing,
)
from budgeting.ballotbox.ballot_coding import Choices
from budgeting.ballotbox.export_file import ExportUnreadable
from budgeting.ballotbox.officer_keys import OfficerKeyPair
from budgeting.ballotbox.opened_file import OpenedUnreadable
from budgeting.models import AuditEvent, Ballot, Count, Envelope, OfficerKey
from budgeting.refusals import NotYourDeed
from budgeting.services import (
    box_export,
    box_import,
    count_jobs,
    counting,
    offline_opening,
    opening_challenges,
    sealing_boxes,
)
from budgeting.vocabulary import BallotType, Role
from tests import make, results

OTHER = "en helt anden sætning her"


def strict(session, **wanted):
    """A voted and sealed round whose keys lie in files; the files stand beside it."""
    made = results.voted(session, officers=3, **wanted)
    made.budget_round.keys_in_files = True
    keys = session.query(OfficerKey).order_by(OfficerKey.number).all()
    made.files = [
        key_files.to_text(OfficerKeyPair(key.public_key, key.locked_private_key)) for key in keys
    ]
    for key in keys:
        key.locked_private_key = None
    session.commit()
    for officer in made.officers[:2]:
        sealing_boxes.confirm(by=officer, budget_round=made.budget_round, now=clock.now())
    return made


@pytest.fixture
def made(session):
    return strict(session)


def exported(made, folder, name="kuverter.zip"):
    path = folder / name
    box_export.write(
        by=made.officers[0], budget_round=made.budget_round, file=path, now=clock.now()
    )
    return path


def unlocked(made, *numbers):
    pairs = {number: key_files.from_text(made.files[number]) for number in numbers}
    return {
        number: officer_keys.unlock(pair.locked_private_key, make.PASSPHRASE)
        for number, pair in pairs.items()
    }


def opened(made, path, *numbers):
    return offline_opening.open_box(offline_opening.read(path), unlocked(made, *numbers))


def take_in(made, content, by=None):
    fingerprint = box_import.take_in(
        by=by or made.officers[1],
        budget_round=made.budget_round,
        content=content,
        now=clock.now(),
    )
    count_jobs.count_ordered(made.budget_round, clock.now())
    return fingerprint


def test_what_came_out_elsewhere_is_counted_as_if_it_was_opened_here(session, made, tmp_path):
    said, content = opened(made, exported(made, tmp_path), 0, 2)

    assert take_in(made, content) == said.fingerprint
    kept = session.query(Count).one()
    assert (kept.envelopes_in, kept.ballots_valid, kept.ballots_invalid) == (5, 5, 0)
    chosen = sorted(tuple(one.choices) for one in session.query(Ballot))
    assert chosen == sorted(results.BALLOTS)


def test_the_log_tells_of_it_and_of_no_vote(session, made, tmp_path):
    said, content = opened(made, exported(made, tmp_path), 0, 1)
    take_in(made, content)

    deeds = session.query(AuditEvent).order_by(AuditEvent.number).all()[-3:]
    assert [one.deed for one in deeds] == [
        "export_ballot_box",
        "open_ballot_box",
        "count_ballots",
    ]
    for one in deeds[1:]:
        assert json.loads(one.details)["opened_elsewhere"] == said.fingerprint


def test_any_two_machines_give_the_same_fingerprint(made, tmp_path):
    first, _ = opened(made, exported(made, tmp_path, "a.zip"), 0, 1)
    second, _ = opened(made, exported(made, tmp_path, "b.zip"), 1, 2)

    assert first.to_bytes() == second.to_bytes()


def test_a_second_opening_is_compared(session, made, tmp_path):
    path = exported(made, tmp_path)
    take_in(made, opened(made, path, 0, 1)[1])
    take_in(made, opened(made, path, 1, 2)[1])

    last = session.query(AuditEvent).order_by(AuditEvent.number.desc()).first()
    assert last.deed == "second_opening"
    assert session.query(Ballot).count() == 5


def test_a_second_opening_that_differs_is_an_alarm(session, made, tmp_path):
    path = exported(made, tmp_path)
    take_in(made, opened(made, path, 0, 1)[1])
    said, _ = opened(made, path, 1, 2)

    with pytest.raises(box_import.OpeningsDiffer):
        take_in(made, answered(made, swapped(said), 1, 2))
    last = session.query(AuditEvent).order_by(AuditEvent.number.desc()).first()
    assert last.deed == "openings_differ"


def swapped(said):
    """One ballot is changed into another that keeps the rules."""
    pot = said.pots[0]
    (choices, count), *rest = pot.ballots
    other = Choices(choices.ballot_type, ("5",))
    ballots = opened_file.grouped(
        [other] * count + [one for one, many in rest for _ in range(many)]
    )
    return replace(said, pots=(replace(pot, ballots=ballots),))


def answered(made, said, *numbers):
    """A file as somebody writes it who has these officers' challenges."""
    from budgeting.extensions import db

    answers = {
        number: opening_proof._tag(
            opening_challenges.challenge_of(db.session(), made.budget_round, number),
            said.to_bytes(),
        )
        for number in numbers
    }
    return opened_file.write(said, answers)


def with_group(said, *groups):
    return replace(said, pots=(replace(said.pots[0], ballots=tuple(groups)),))


def approval(*projects):
    return Choices(BallotType.APPROVAL, projects)


FORGED = {
    "other ballots under the old answers": lambda m, s, c: opened_file.write(
        swapped(s), opened_file.read(c, BallotType.APPROVAL)[1]
    ),
    "no answers": lambda m, s, c: opened_file.write(s, {}),
    "one answer": lambda m, s, c: answered(m, s, 0),
    "an answer by somebody without a key": lambda m, s, c: opened_file.write(
        s, {0: bytes(32), 2: bytes(32)}
    ),
    "one true and one false answer": lambda m, s, c: opened_file.write(
        s, {**opened_file.read(c, BallotType.APPROVAL)[1], 1: bytes(32)}
    ),
    "an officer there is not": lambda m, s, c: opened_file.write(
        s, {**opened_file.read(c, BallotType.APPROVAL)[1], 7: bytes(32)}
    ),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
def test_whoever_has_not_two_keys_forges_nothing(session, made, tmp_path, forge):
    said, content = opened(made, exported(made, tmp_path), 0, 2)

    with pytest.raises(box_import.NotOpenedByOfficers):
        take_in(made, forge(made, said, content))
    assert session.query(Ballot).count() == 0


MISFITS = {
    "another round": (lambda s: replace(s, budget_round="en-anden"), box_import.AnotherRound),
    "other rules": (lambda s: replace(s, rulebook="0" * 64), box_import.AnotherRound),
    "a pot too many": (lambda s: replace(s, pots=s.pots * 2), box_import.AnotherRound),
    "another pot": (
        lambda s: replace(s, pots=(replace(s.pots[0], pot="Sydby"),)),
        box_import.OtherEnvelopes,
    ),
    "another board": (
        lambda s: replace(s, pots=(replace(s.pots[0], root="0" * 64),)),
        box_import.OtherEnvelopes,
    ),
    "other envelopes": (
        lambda s: replace(s, pots=(replace(s.pots[0], envelopes="0" * 64),)),
        box_import.OtherEnvelopes,
    ),
    "fewer envelopes": (
        lambda s: replace(s, pots=(replace(s.pots[0], envelopes_in=4),)),
        box_import.OtherEnvelopes,
    ),
    "more ballots than envelopes": (
        lambda s: with_group(s, (approval("1"), 6)),
        box_import.NumbersDoNotAddUp,
    ),
    "a project that is not there": (
        lambda s: with_group(s, (approval("99"), 1)),
        box_import.BallotAgainstTheRules,
    ),
    "too many choices": (
        lambda s: with_group(s, (approval("1", "2", "3", "4"), 1)),
        box_import.BallotAgainstTheRules,
    ),
}


@pytest.mark.parametrize(("change", "refusal"), MISFITS.values(), ids=MISFITS.keys())
def test_what_does_not_fit_the_box_is_refused_even_from_officers(
    session, made, tmp_path, change, refusal
):
    said, _ = opened(made, exported(made, tmp_path), 0, 2)

    with pytest.raises(refusal):
        take_in(made, answered(made, change(said), 0, 2))
    assert session.query(Ballot).count() == 0


def spelled(content, change):
    value = canonical.decode(content)
    change(value)
    return canonical.encode(value)


ODD = {
    "nothing": lambda c: b"",
    "not canonical": lambda c: c + b" ",
    "cut short": lambda c: c[:-9],
    "a list": lambda c: b"[]",
    "another format": lambda c: spelled(c, lambda v: v["opened"].update(format="x")),
    "something beside": lambda c: spelled(c, lambda v: v.update(mere=1)),
    "no pots": lambda c: spelled(c, lambda v: v["opened"].pop("pots")),
    "a count of none": lambda c: spelled(
        c, lambda v: v["opened"]["pots"][0]["ballots"][0].__setitem__(1, 0)
    ),
    "a count that is true": lambda c: spelled(
        c, lambda v: v["opened"]["pots"][0]["ballots"][0].__setitem__(1, True)
    ),
    "another order": lambda c: spelled(c, lambda v: v["opened"]["pots"][0]["ballots"].reverse()),
    "the same ballot twice": lambda c: spelled(
        c,
        lambda v: v["opened"]["pots"][0]["ballots"].insert(0, v["opened"]["pots"][0]["ballots"][0]),
    ),
    "a ballot of another kind": lambda c: spelled(
        c, lambda v: v["opened"]["pots"][0]["ballots"][0][0].update(type="ordinal")
    ),
    "an answer that is short": lambda c: spelled(c, lambda v: v["answers"].update({"0": "ab"})),
    "an officer without number": lambda c: spelled(
        c, lambda v: v["answers"].update({"x": "0" * 64})
    ),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_what_is_no_opened_box_is_refused(made, tmp_path, odd):
    content = odd(opened(made, exported(made, tmp_path), 0, 2)[1])

    with pytest.raises(OpenedUnreadable):
        take_in(made, content)


def rewritten(path, name, change):
    """The export with one of its files changed, as a courier might."""
    with zipfile.ZipFile(path) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files[name] = change(files[name])
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)
    return path


NAMES = (
    "export.json",
    "signature.txt",
    "rulebook.json",
    "pots/1/envelopes.txt",
    "pots/1/entries.txt",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", [lambda c: c[:-2], lambda c: c[::-1], lambda c: b""])
def test_an_export_that_was_altered_on_the_way_opens_nothing(made, tmp_path, name, change):
    path = rewritten(exported(made, tmp_path), name, change)

    with pytest.raises(ExportUnreadable):
        offline_opening.read(path)


def resigned(path, session, change):
    """The export as the platform itself would sign it, had it been changed there."""
    from budgeting.services import board_key

    found = export_file.read(path)
    manifest = {k: v for k, v in found.manifest.items() if k not in ("files", "format")}
    parts = {"manifest": manifest, "rulebook": found.rulebook, "pots": list(found.pots)}
    change(parts)
    export_file.write(
        path, parts["manifest"], parts["rulebook"], parts["pots"], board_key.signing_key()
    )
    return path


def other_key():
    return officer_keys.make_key(OTHER, make.QUICK).public_key.hex()


LIES = {
    "an officer of one's own": lambda p: p["manifest"]["officers"][0].update(key=other_key()),
    "other rules": lambda p: p.update(rulebook=p["rulebook"].replace(b"Runden", b"Renden")),
    "an entry taken away": lambda p: p["pots"].__setitem__(
        0, replace(p["pots"][0], entries=p["pots"][0].entries[:-1])
    ),
    "entries in another order": lambda p: p["pots"].__setitem__(
        0, replace(p["pots"][0], entries=p["pots"][0].entries[::-1])
    ),
    "another root": lambda p: p["manifest"]["pots"][0].update(root="0" * 64),
    "heads of nothing": lambda p: p["manifest"].update(heads='{"pots":[{"heads":[]}]}'),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_an_export_that_does_not_fit_board_and_rules_opens_nothing(session, made, tmp_path, lie):
    path = resigned(exported(made, tmp_path), session, lie)

    with pytest.raises(ExportUnreadable):
        offline_opening.read(path)


STRAY = {
    "an envelope that was never handed in": lambda own: (*own[:-1], b"en anden"),
    "an envelope twice": lambda own: (*own[:-1], own[0]),
}


@pytest.mark.parametrize("lay", STRAY.values(), ids=STRAY.keys())
def test_an_envelope_the_board_does_not_know_is_invalid_and_stops_nothing(
    session, made, tmp_path, lay
):
    def change(parts):
        own = parts["pots"][0]
        parts["pots"][0] = replace(own, envelopes=lay(own.envelopes))

    said, _ = opened(made, resigned(exported(made, tmp_path), session, change), 0, 1)

    assert (said.pots[0].envelopes_in, said.pots[0].valid) == (5, 4)


def test_an_export_the_platform_signs_anew_unchanged_is_sound(session, made, tmp_path):
    path = resigned(exported(made, tmp_path), session, lambda parts: None)

    assert opened(made, path, 0, 1)[0].pots[0].valid == 5


def test_the_export_holds_no_voter(session, made, tmp_path):
    path = exported(made, tmp_path)

    with zipfile.ZipFile(path) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for voter in made.voters:
        assert voter.code_locator.encode() not in content
    hashes = [export_file.digest(one) for one in export_file.read(path).pots[0].envelopes]
    assert hashes == sorted(hashes)


def test_one_key_opens_nothing(made, tmp_path):
    with pytest.raises(sealing.TooFewKeys):
        opened(made, exported(made, tmp_path), 1)


def test_a_key_of_another_box_is_told_by_its_fingerprint(made, tmp_path):
    pair = officer_keys.make_key(OTHER, make.QUICK)
    box = offline_opening.read(exported(made, tmp_path))

    with pytest.raises(offline_opening.KeyOfAnotherBox) as refused:
        box.number_of(pair)
    assert officer_keys.fingerprint(pair.public_key) in str(refused.value)


def test_a_damaged_envelope_and_one_against_the_rules_are_invalid(session, tmp_path):
    made = results.voted(session, officers=3)
    fixed, first = made.pots[0], session.query(Envelope).first()
    first.sealed = against_the_rules(session, made, fixed)
    replaced_on_the_board(session, first)
    made = sealed_strictly(session, made)

    said, content = opened(made, exported(made, tmp_path), 0, 1)
    take_in(made, content)

    assert (said.pots[0].envelopes_in, said.pots[0].valid) == (5, 4)
    assert session.query(Count).one().ballots_invalid == 1


def against_the_rules(session, made, pot):
    from budgeting.services import envelopes, fixed_rounds

    fixed = fixed_rounds.of(session, made.budget_round.id)
    return envelopes.seal(fixed, pot.id, ("1", "2", "3", "4"))


def replaced_on_the_board(session, laid):
    from budgeting.ballotbox import board, receipts
    from budgeting.models import BoardEntry

    entry = board.entry_of(laid.sealed)
    line = session.query(BoardEntry).filter_by(receipt=laid.receipt).one()
    line.entry, line.receipt = entry.hex(), receipts.receipt_of_entry(entry)
    laid.receipt = line.receipt
    session.commit()


def sealed_strictly(session, made):
    made.budget_round.keys_in_files = True
    keys = session.query(OfficerKey).order_by(OfficerKey.number).all()
    made.files = [
        key_files.to_text(OfficerKeyPair(key.public_key, key.locked_private_key)) for key in keys
    ]
    session.commit()
    for officer in made.officers[:2]:
        sealing_boxes.confirm(by=officer, budget_round=made.budget_round, now=clock.now())
    return made


def test_an_unsealed_box_is_not_handed_out(session, tmp_path):
    made = results.voted(session, officers=3)
    made.budget_round.keys_in_files = True
    session.commit()

    with pytest.raises(counting.NotSealedYet):
        exported(made, tmp_path)


def test_a_round_whose_keys_are_here_is_opened_here(session, made, tmp_path):
    made.budget_round.keys_in_files = False
    session.commit()

    with pytest.raises(box_export.KeysAreHere):
        exported(made, tmp_path)


@pytest.mark.parametrize("role", [Role.COUNCIL, Role.CASEWORKER])
def test_others_neither_hand_out_nor_take_in(session, made, tmp_path, role):
    content = opened(made, exported(made, tmp_path), 0, 2)[1]
    made.officers[0] = other = make.account(session, role, email="x@example.org")

    with pytest.raises(NotYourDeed):
        exported(made, tmp_path, "b.zip")
    with pytest.raises(NotYourDeed):
        take_in(made, content, by=other)


def test_ranked_ballots_keep_their_order(session, tmp_path):
    made = strict(
        session,
        ballot_type=BallotType.ORDINAL,
        ballots=(("3", "1"), ("3", "1"), ("1", "3"), ("2",)),
    )
    take_in(made, opened(made, exported(made, tmp_path), 0, 1)[1])

    kept = sorted(tuple(one.choices) for one in session.query(Ballot))
    assert kept == sorted([("3", "1"), ("3", "1"), ("1", "3"), ("2",)])
