"""Anyone downloads the whole result and counts it again; nobody does before it is published."""

import pytest

from budgeting.verify.checking import Checking
from budgeting.vocabulary import Phase
from tests import make, results

ADDRESS = "/runder/nordby-2026/resultat.zip"


def test_what_is_downloaded_holds(client, session, tmp_path):
    results.published(session)

    with client.get(ADDRESS) as answer:
        file = tmp_path / "resultat.zip"
        file.write_bytes(answer.data)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == "attachment; filename=resultat-nordby-2026.zip"
    assert len(list(Checking(file).run())) == 7


@pytest.mark.parametrize("phase", [Phase.PROPOSING, Phase.VOTING, Phase.COUNTING])
def test_nobody_downloads_it_before_it_is_published(client, session, phase):
    make.budget_round(session, phase)

    assert client.get(ADDRESS).status_code == 403
