"""The options of most votes first are checked by strangers: bundle, decision and certificate."""

import json

import pytest

from budgeting.models import Count
from budgeting.services import bundles as making
from budgeting.tally import pabulib, verifier
from budgeting.verify.refused_count import (
    GrantedDiffers,
    OutcomeDiffers,
    ProjectsDiffer,
    RulesNamedWrongly,
)
from budgeting.verify.refused_rules import FingerprintDiffers
from tests.services import greedy_rounds, test_greedy_options
from tests.services.greedy_rounds import Idea
from tests.verify.bundles import checked, edited, replaced, unpacked
from tests.verify.bundles import packed as signed

# 250.000: the hall takes 200.700; the swing breaks a cap, the second hall is excluded by the
# first, and the shelter gets the 49.300 that are left of the 70.000 it asked for.
IDEAS = [
    Idea("Hal", 200_700, 12, area=1),
    Idea("Gynge", 10_000, 11),
    Idea("Hal nr. 2", 10_000, 10, area=1),
    Idea("Shelter", 70_000, 9, least_kr=45_000, area=1),
]
OUTCOME, BALLOTS = "pots/1/outcome.json", "pots/1/ballots.pb"


KEPT = {}


@pytest.fixture
def whole(session):
    """The files of the bundle and the certificate, made once and never changed in place."""
    if not KEPT:
        KEPT["files"] = _made(session)
        KEPT["certificate"] = session.query(Count).one().certificate
    return KEPT


@pytest.fixture
def files(whole):
    return whole["files"]


def _made(session):
    made = greedy_rounds.draft(session, 250_000, voters_in_each_area=6, max_choices=4)
    greedy_rounds.choose(made, in_part=True, has_groups=True, reserve_percent=80, no_skip=True)
    test_greedy_options.cap(made, area=made.areas[0], limit_kr=5_000)
    projects = greedy_rounds.present(session, made, IDEAS)
    greedy_rounds.exclude(made, projects[0], projects[2])
    greedy_rounds.result(session, made, IDEAS, projects)
    test_greedy_options.adopt(session, made)
    return unpacked(making.made(session, made.budget_round))


def packed(files):
    from budgeting.services import board_key

    return signed(files, board_key.signing_key())


def test_the_bundle_holds_and_says_what_each_project_got(files, tmp_path):
    held = checked(packed(files), tmp_path)

    assert "1, 4" in str([one.values for one in held])
    kinds = {key: one["kind"] for key, one in json.loads(files[OUTCOME])["reasons"].items()}
    assert kinds == {"1": "funded", "2": "excluded", "3": "excluded", "4": "funded_in_part"}
    granted = [one.get("granted_oere") for one in json.loads(files["decision.json"])["projects"]]
    assert granted == [None, None, None, 4_930_000]


def line(number, **changes):
    """One project of the ballot list with these fields changed; None takes one away."""

    def change(listed):
        for name, value in changes.items():
            listed[number].pop(name, None)
            if value is not None:
                listed[number][name] = value

    return change


TAMPERED = {
    "a project leaves its group": ("ballot_list.json", line(2, groups=None), OutcomeDiffers),
    "a proposer accepts less": ("ballot_list.json", line(3, least_oere=1), OutcomeDiffers),
    "a proposer accepted nothing": ("ballot_list.json", line(3, least_oere=None), OutcomeDiffers),
    "a project moves house": ("ballot_list.json", line(1, area="Sydby"), ProjectsDiffer),
    "a project is of a kind": ("ballot_list.json", line(1, categories=["x"]), ProjectsDiffer),
    "the cap is higher": (
        "rulebook.json",
        lambda said: said["tally"]["caps"][0].update(limit_oere=1_000_000),
        FingerprintDiffers,
    ),
    "a part is larger": (
        OUTCOME,
        lambda said: said["reasons"]["4"].update(granted=5_000_000),
        OutcomeDiffers,
    ),
    "the council gives more": (
        "decision.json",
        lambda said: said["projects"][3].update(granted_oere=7_000_000),
        GrantedDiffers,
    ),
    "the council says nothing of a part": (
        "decision.json",
        lambda said: said["projects"][3].pop("granted_oere"),
        GrantedDiffers,
    ),
}


@pytest.mark.parametrize("deed", TAMPERED)
def test_whoever_changes_what_the_options_read_is_found_out(files, tmp_path, deed):
    name, change, refusal = TAMPERED[deed]

    def in_place(said):
        change(said)

    with pytest.raises(refusal):
        checked(packed(edited(files, name, in_place)), tmp_path)


@pytest.mark.parametrize(
    ("old", "new"), [('""5000.00""', '""9000.00""'), ("reserve_share;80/100\n", "")]
)
def test_a_file_of_ballots_that_names_other_options_is_refused(files, tmp_path, old, new):
    old = old if old.encode() in files[BALLOTS] else old.replace(".00", "")
    with pytest.raises(RulesNamedWrongly):
        checked(packed(replaced(files, BALLOTS, old, new)), tmp_path)


def test_the_certificate_holds_and_a_larger_part_in_it_does_not(whole):
    certificate = whole["certificate"]
    election = pabulib.read(whole["files"][BALLOTS])

    assert verifier.verify(certificate, election)
    for wrong in (_larger_part(certificate), _without_group(certificate)):
        with pytest.raises(verifier.Rejected):
            verifier.verify(wrong, election)


def _larger_part(certificate):
    wrong = json.loads(json.dumps(certificate))
    wrong["total_cost"] += 100
    return wrong


def _without_group(certificate):
    wrong = json.loads(json.dumps(certificate))
    wrong["settings"]["greedy"]["exclusive_groups"] = []
    return wrong


def test_the_file_says_enough_to_be_counted_again_by_the_command(files, tmp_path, capsys):
    from budgeting.tally import command

    file = tmp_path / "nordby.pb"
    file.write_bytes(files[BALLOTS])

    assert command.main([str(file), "--as-filed", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["order"] == ["1", "4"]
    assert answer["total_cost"] == 250_000
    assert b"funded_in_part;4:49300" in files[BALLOTS]
