"""Whatever is changed in a published result, the reader's browser names the first difference."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from budgeting import canonical
from budgeting.reports import bundle_file
from budgeting.rulebook.rules import from_json
from budgeting.rulebook.tally_settings import NOTHING, OnBallot, settings_of
from budgeting.services import ballot_groups
from budgeting.tally import count, pabulib
from tests.verify import bundles
from tests.verify.bundles import edited, packed, replaced

OUTCOME, BALLOTS, LIST = "pots/1/outcome.json", "pots/1/ballots.pb", "ballot_list.json"
GROUPS, RULES = "pots/1/groups.json", "rulebook.json"
ASSENS_RAISES = 844


@pytest.fixture(scope="session")
def assen(tmp_path_factory):
    """A real result: equal shares with add1, ties by cost and lot."""
    return bundles.unpacked(bundles.of_assen(tmp_path_factory.mktemp("assen")))


@pytest.fixture
def files(assen):
    return dict(assen)


@pytest.fixture
def check(engine, assen):
    fingerprint = canonical.fingerprint(assen[RULES])
    return lambda files: engine.check(packed(files), fingerprint)


def grouped(files, smallest):
    """The same result as rules that keep rare ballots back would publish it."""
    ballots = pabulib.read(files[BALLOTS]).profile.ballots
    groups = ballot_groups.grouped([one.choices for one in ballots], smallest)
    patterns = [{"choices": list(one), "ballots": number} for one, number in groups.patterns]
    rest = {name: content for name, content in files.items() if name != BALLOTS}
    return rest | {GROUPS: canonical.encode({"patterns": patterns, "others": groups.others})}


def counted_greedily(files, on_ballot=NOTHING, listed=None, **options):
    """The same election as rules that take most votes first would have it, options and all."""

    def by_greedy(rulebook):
        rulebook["tally"].update(rule="greedy", completion="none", **options)

    def with_more(lines):
        for line in lines:
            line.update((listed or {}).get(line["id"], {}))

    changed = edited(edited(files, RULES, by_greedy), LIST, with_more)
    election = pabulib.read(files[BALLOTS])
    areas = {name: more.get("area", "") for name, more in (listed or {}).items()}
    projects = tuple(
        replace(one, area=areas.get(one.id, one.area)) for one in election.instance.projects
    )
    rules = from_json(changed[RULES].decode())
    settings = settings_of(rules.tally, json.loads(files["lot.json"])["seed"], on_ballot)
    outcome = count(replace(election.instance, projects=projects), election.profile, settings)
    marked = {**election.selected, **{one.id: int(one.id in outcome.winners) for one in projects}}
    ballots = pabulib.write(replace(election, selected=marked)).encode()
    return {**changed, OUTCOME: canonical.encode(outcome.to_json()), BALLOTS: ballots}


def test_a_real_result_is_the_same(check, files):
    facts = {"ballots": 84, "projects": 14, "winners": 9, "raises": ASSENS_RAISES}
    assert check(files) == [{"verdict": "same", "facts": facts}]


def swap_winners(said):
    said["winners"][3], said["winners"][4] = said["winners"][4], said["winners"][3]


def swap_steps(said):
    said["steps"][3], said["steps"][4] = said["steps"][4], said["steps"][3]


def replace_last_winner(said):
    loser = next(one for one in said["reasons"] if one not in said["winners"])
    said["winners"][-1] = loser


def make_cheaper(said):
    said["reasons"][said["winners"][2]]["cost"] -= 100


def give_a_vote(said):
    said["reasons"][said["winners"][0]]["votes"] += 1


def change_score(said):
    said["steps"][5]["score"] = "1/3"


def leave_more_money(said):
    said["steps"][1]["left_after"] += 100


def drop_last_step(said):
    said["steps"].pop()


def raise_once_more(said):
    said["increments"] += 1


def invent_money_left(said):
    loser = next(one for one in said["reasons"].values() if one["supporters_money"])
    loser["supporters_money"] = "1/1"


@pytest.mark.parametrize(
    ("change", "what", "step"),
    [
        (swap_winners, "winner", None),
        (swap_steps, "project_id", 4),
        (replace_last_winner, "winner", None),
        (make_cheaper, "cost", None),
        (give_a_vote, "votes", None),
        (change_score, "score", 6),
        (leave_more_money, "left_after", 2),
        (drop_last_step, "project_id", 9),
        (raise_once_more, "increments", None),
        (invent_money_left, "supporters_money", None),
    ],
)
def test_a_changed_outcome_is_named_by_its_first_difference(check, files, change, what, step):
    [verdict] = check(edited(files, OUTCOME, change))

    assert verdict["verdict"] == "different"
    assert verdict["difference"]["what"] == what
    assert verdict["difference"].get("step") == step


def test_the_difference_names_the_project_and_both_sides(check, files):
    said = json.loads(files[OUTCOME])
    first, second = (step["project_id"] for step in said["steps"][3:5])

    [verdict] = check(edited(files, OUTCOME, swap_steps))

    difference = verdict["difference"]
    assert (difference["step"], difference["ours"], difference["theirs"]) == (4, first, second)


def test_a_ballot_that_was_changed_shows_in_the_votes(check, files):
    text = files[BALLOTS].decode().rstrip("\n")
    *before, last = text.split(";")
    gone, *kept = last.split(",")
    listed = [one["id"] for one in json.loads(files[LIST])]
    instead = next(one for one in listed if one not in last.split(","))

    [verdict] = check({**files, BALLOTS: ";".join([*before, ",".join([instead, *kept])]).encode()})

    difference = verdict["difference"]
    assert difference["what"] == "votes"
    assert difference["project"] in (gone, instead)
    assert abs(difference["ours"] - difference["theirs"]) == 1


def test_a_ballot_that_breaks_the_rules_is_seen(check, files):
    text = files[BALLOTS].decode()
    empty = text.rstrip("\n").rpartition(";")[0] + ";\n"

    [verdict] = check({**files, BALLOTS: empty.encode()})

    assert verdict["difference"]["what"] == "ballot"


def test_a_ballot_too_many_shows_in_their_number(check, files):
    more = files[BALLOTS].decode().rstrip("\n")
    last = more.rsplit(";", 1)[1]

    [verdict] = check({**files, BALLOTS: f"{more}\n85;{last}\n".encode()})

    difference = verdict["difference"]
    assert (difference["what"], difference["ours"], difference["theirs"]) == ("voters", 85, 84)


def test_a_price_that_is_not_the_ballots_own_is_seen(check, files):
    def cheaper(listed):
        listed[2]["cost_oere"] -= 100

    [verdict] = check(edited(files, LIST, cheaper))

    assert verdict["difference"]["what"] == "cost"
    assert verdict["difference"]["project"] == json.loads(files[LIST])[2]["id"]


def test_a_wrong_mark_beside_a_project_is_seen(check, files):
    text = files[BALLOTS].decode()
    line = next(one for one in text.splitlines() if one.endswith(";0"))

    [verdict] = check(replaced(files, BALLOTS, line, line[:-1] + "1"))

    assert verdict["difference"]["what"] == "selected"


def test_files_that_were_changed_after_the_signature_are_refused(engine, files):
    fingerprint = canonical.fingerprint(files[RULES])
    changed = replaced(files, OUTCOME, '"total_cost"', '"total_cash"')

    assert engine.check(bundle_file.as_zip(changed), fingerprint) == "file_changed"


def test_other_rules_another_lot_and_other_files_are_refused(engine, check, files):
    other_lot = edited(files, "lot.json", lambda lot: lot.update(seed="another"))

    assert engine.check(packed(files), "0" * 64) == "other_round"
    assert check(other_lot) == "other_lot"
    assert engine.check(b"PK no such thing", "0" * 64) == "no_bundle"


def test_a_bundle_that_somebody_packed_anew_is_read(engine, files):
    paper = io.BytesIO()
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)

    [verdict] = engine.check(paper.getvalue(), canonical.fingerprint(files[RULES]))

    assert verdict["verdict"] == "same"


def test_rules_that_the_page_does_not_know_are_said_and_not_guessed(engine, files):
    def by_transfers(rulebook):
        rulebook["tally"]["rule"] = "minimal-transfers"

    def with_more(rulebook):
        rulebook["tally"]["moon_phase"] = 3

    for change, name in ((by_transfers, "minimal-transfers"), (with_more, "moon_phase")):
        changed = edited(files, RULES, change)
        [verdict] = engine.check(packed(changed), canonical.fingerprint(changed[RULES]))
        assert verdict == {"verdict": "cannot", "code": "unknown_rule", "values": {"rule": name}}


def test_every_option_of_most_votes_first_is_read_from_the_rules(engine, files):
    pot = json.loads(files[RULES])["pots"][0]["name"]
    first, second, third = json.loads(files[OUTCOME])["winners"][:3]
    cap = {"pot": pot, "kind": "area", "name": "Nord", "limit_oere": 3_000_000}
    places = {one: {"area": "Nord", "categories": []} for one in (first, second, third)}
    groups = {first: {"groups": [1]}, second: {"groups": [1, 2]}, third: {"groups": [2]}}
    excluding = OnBallot(pot=pot, exclusive_groups=((first, second), (second, third)))
    listed = json.loads(files[LIST])
    least = {one["id"]: {"least_oere": 100} for one in listed}
    in_part = OnBallot(pot=pot, accepts_partly=tuple((one, 100) for one in least))
    wanted = [
        counted_greedily(files, no_skip=True, least_votes=20),
        counted_greedily(files, least_percent=30),
        counted_greedily(files, reserve_percent=10),
        counted_greedily(files, OnBallot(pot=pot), places, caps=[cap]),
        counted_greedily(files, excluding, groups, has_groups=True),
        counted_greedily(files, in_part, least, in_part=True),
    ]
    notes = {step["note"] for one in wanted for step in json.loads(one[OUTCOME])["steps"]}

    for one in wanted:
        [verdict] = engine.check(packed(one), canonical.fingerprint(one[RULES]))
        assert verdict["verdict"] == "same", verdict
    assert notes >= {"not_reached", "reserve", "capped", "excluded", "in_part"}


def test_groups_that_hold_every_ballot_are_counted_again(check, files):
    assert check(grouped(files, smallest=1))[0]["verdict"] == "same"


def test_groups_with_rare_ballots_kept_back_are_checked_as_far_as_they_go(check, files):
    assert check(grouped(files, smallest=3)) == [
        {"verdict": "partly", "checked": ["money", "groups"]}
    ]


def test_totals_are_checked_as_far_as_they_go(check, files):
    del files[BALLOTS]

    assert check(files) == [{"verdict": "partly", "checked": ["money"]}]


def test_by_the_greedy_rule_totals_lead_to_the_whole_list(engine, files):
    greedily = counted_greedily(files)
    del greedily[BALLOTS]
    fingerprint = canonical.fingerprint(greedily[RULES])

    assert engine.check(packed(greedily), fingerprint) == [
        {"verdict": "partly", "checked": ["money", "walk"]}
    ]

    def other_order(said):
        swap_steps(said)
        swap_winners(said)
        for number, step in enumerate(said["steps"], 1):
            step["number"] = number

    [verdict] = engine.check(packed(edited(greedily, OUTCOME, other_order)), fingerprint)
    assert verdict["verdict"] == "different"


@pytest.mark.parametrize("smallest", [3, 10_000])
def test_money_that_does_not_add_up_is_seen_without_the_ballots(check, files, smallest):
    kept_back = grouped(files, smallest)

    [verdict] = check(edited(kept_back, OUTCOME, leave_more_money))

    assert verdict["difference"]["what"] == "left_after"
    assert verdict["difference"]["step"] == 2


def test_votes_that_no_group_can_explain_are_seen(check, files):
    [verdict] = check(
        edited(
            grouped(files, 2),
            OUTCOME,
            lambda said: said["reasons"][said["winners"][0]].update(votes=0),
        )
    )

    assert verdict["difference"]["what"] == "votes"
