"""Times a whole town's roll and its letters: `python -m tests.load.roll_speed [people] [letters]`.

Says rows a second for reading and writing CSV and XLSX, codes a minute, letters a minute, and
the most memory that was used.
"""

import io
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from budgeting import create_app
from budgeting.ballotbox import code_letters
from budgeting.extensions import db
from budgeting.models import Job
from budgeting.reports import letters
from budgeting.services import jobs, letter_making, roll_imports
from budgeting.vocabulary import JobState, Phase, Role
from tests import databases, make

WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
HEAD = ("cpr", "fødselsdato", "område", "navn", "adresse", "postnr og by")


def person(number):
    civil = f"{1 + number % 28:02}{1 + number % 12:02}{number % 99:02}-{number // 99 % 10_000:04}"
    born = f"{1 + number % 28:02}-{1 + number % 12:02}-19{40 + number % 60}"
    area = ("Nordby", "Sydby")[number % 2]
    return civil, born, area, f"Navn Efternavn {number}", f"Lærkevej {number}", "1234 Nordby"


def as_csv(people):
    lines = [";".join(HEAD), *(";".join(person(number)) for number in range(people))]
    return "\r\n".join(lines).encode("utf-8-sig")


def as_xlsx(people):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for number in range(people):
            sheet.write_row(number + 1, 0, person(number))
    return content.getvalue()


def processor_seconds():
    """This process and those it has waited for."""
    used = [resource.getrusage(who) for who in WHO]
    return sum(one.ru_utime + one.ru_stime for one in used)


def timed(what, count, work):
    begun, worked = time.perf_counter(), processor_seconds()
    outcome = work()
    seconds, worked = time.perf_counter() - begun, processor_seconds() - worked
    used = max(resource.getrusage(who).ru_maxrss for who in WHO) // 1024
    print(
        f"{what:<28}{count:>8}{seconds:>8.1f} s{count / seconds:>8.0f}/s"
        f"{60 * count / seconds:>9.0f}/min{worked:>8.1f} s of processor{used:>6} MB",
        flush=True,
    )
    return outcome


def import_roll(kind, content, people, said):
    job = roll_imports.begin(content=content, **said)
    job_id = job.id
    timed(f"look through {kind}", people, lambda: jobs.run_now(job_id))
    db.session.expire_all()
    job = db.session.get(Job, job_id)
    assert job.state is JobState.CHECKED, roll_imports.refused_lines(job)[:3]
    job.due_at = said["now"]
    db.session.commit()
    roll_imports.confirm(job, said["now"])
    timed(f"put on the roll, {kind}", people, lambda: jobs.run_now(job_id))
    print("  ", roll_imports.result_of(db.session.get(Job, job_id)))


def make_codes(voters, said):
    job, _key = letter_making.begin(**said)
    job_id, wanted = job.id, voters

    def slices():
        while db.session.get(Job, job_id).done < wanted:
            jobs.run_now(job_id)
            db.session.expire_all()

    timed("hash and seal codes", wanted, slices)


def set_letters(count):
    frame = letters.Frame(
        "Nørreby Kommune",
        "12 34 56 78",
        "Nordby bestemmer",
        "https://borgerbudget.example.org/runder/nordby-2026/stem",
        datetime(2026, 12, 13, 22, 59, tzinfo=UTC),
    )
    some = [
        letters.Letter(f"V{number}", "Bo Bendtsen\nLærkevej 7\n1234 By", "", code.text)
        for number, code in enumerate(code_letters.make_code() for _ in range(count))
    ]

    def in_files():
        return sum(map(len, letters.files(some, frame, ("da", "en"))))

    size = timed("set letters, two languages", count, in_files)
    print(f"   {size // count} bytes each")


def main(people=100_000, letter_count=10_000):
    set_letters(letter_count)
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {"DATABASE_URL": f"sqlite:///{Path(folder) / 'roll.sqlite'}", "SECRET_KEY": "x" * 20}
        )
        databases.upgrade(app)
        with app.app_context():
            for kind, content in (("CSV", as_csv(people)), ("XLSX", as_xlsx(people))):
                made = make.budget_round(
                    db.session, Phase.DRAFT, slug=kind.lower(), voters_in_each_area=0
                )
                admin = make.account(db.session, Role.ADMIN, email=f"{kind}@example.org")
                said = {"by": admin, "budget_round": made.budget_round, "now": datetime.now(UTC)}
                import_roll(kind, content, people, said)
                if kind == "CSV":
                    import_roll("CSV again", content, people, said)
            make_codes(min(people, 5_000), said)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
