"""The page "Tæl selv efter" has what its script needs, and a sentence for all it may say."""

import json
import re
from pathlib import Path

import pytest

from budgeting.services import rounds
from budgeting.vocabulary import Phase, Publication
from budgeting.web import recount_words
from tests import make, results

RESULT = "/runder/nordby-2026/resultat"
PAGE = f"{RESULT}/tael-selv-efter"
SCRIPTS = Path(__file__).resolve().parents[3] / "static" / "js"


@pytest.fixture
def words(app):
    with app.test_request_context():
        return recount_words.words("DKK")


def in_scripts(pattern):
    scripts = [*SCRIPTS.glob("recount*.js"), *SCRIPTS.glob("recount/*.js")]
    texts = [script.read_text(encoding="utf-8") for script in scripts]
    return {found for text in texts for found in re.findall(pattern, text)}


@pytest.mark.parametrize(
    ("level", "words"),
    [
        (Publication.FULL, "Tæl selv efter her i din browser"),
        (Publication.GROUPED, "Efterprøv tallene her i din browser"),
        (Publication.TOTALS, "Efterprøv tallene her i din browser"),
    ],
)
def test_the_result_leads_to_it(client, session, level, words):
    results.published(session, publication=level)

    assert client.read(RESULT).link(words) == PAGE


def test_it_knows_the_bundle_and_the_rules_fingerprint(client, session):
    made = results.published(session)

    section = client.read(PAGE).soup.find(id="recount")

    assert section["data-bundle"] == f"{RESULT}.zip"
    frozen = rounds.frozen_version(session, made.budget_round)
    assert section["data-fingerprint"] == frozen.fingerprint
    assert json.loads(section["data-words"])["amounts"] == {"DKK": "0\N{NO-BREAK SPACE}kr."}


def test_nobody_counts_before_the_result_is_published(client, session):
    make.budget_round(session, Phase.COUNTING)

    assert client.get(PAGE).status_code == 403


def test_every_refusal_of_the_script_has_its_sentence(words):
    codes = in_scripts(r'new Refused\("(\w+)"') | in_scripts(r'code: "(\w+)"')
    assert len(codes) > 8
    assert not codes - words["troubles"].keys()


def test_every_difference_of_the_script_has_its_name(words):
    lists = in_scripts(r"const OF_A_\w+ = \[([^]]+)\]")
    named = {one for text in lists for one in re.findall(r'"(\w+)"', text)}
    assert (
        not (named | in_scripts(r'what: "(\w+)"') | in_scripts(r'yield \["(\w+)"'))
        - words["differences"].keys()
    )


def test_every_step_of_the_script_has_its_words(words):
    assert not in_scripts(r'return \["(\w+)", ') - words["notes"].keys()


def test_every_state_of_the_script_has_its_sentence(words):
    states = in_scripts(r'(?:told\.state|end)\("(\w+)"')
    assert states
    assert not states - words["states"].keys()
