"""From frame to adopted result through the pages, by all roles: once with ticks, once ranked."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys import people

DAY = timedelta(days=1)
PROPOSALS = (
    ("Gåbus til Skolevej", "24.000", "Voksne følger børn til skole hver morgen."),
    ("Lektiecafé på biblioteket", "18000", "Frivillige hjælper med lektier to gange om ugen."),
    ("Sofus' scene i parken", "95.000,00 kr.", "En åben scene, som alle må bruge."),
    ("Springvand", "290.000", "Et stort springvand midt på torvet."),
)


@pytest.fixture
def staff(house, new_visitor):
    return people.staff_of(house, new_visitor)


@pytest.mark.parametrize("is_ranked", [False, True], ids=["approval", "ranked"])
def test_a_round_goes_from_frame_to_adopted_result(house, new_visitor, staff, is_ranked):
    slug = set_up(staff["admin"], is_ranked=is_ranked)
    codes = fill_roll(staff["admin"], slug)
    make_key(staff["officer"], slug)
    open_round(staff["admin"], slug)

    house.let_time_pass(2 * DAY)
    propose(house, new_visitor(), slug)
    house.let_time_pass(30 * DAY)
    screen(staff["caseworker"], slug)
    house.let_time_pass(22 * DAY)
    read_catalogue(new_visitor(), slug)
    house.let_time_pass(14 * DAY)
    vote(new_visitor(), slug, codes, is_ranked=is_ranked)
    house.let_time_pass(20 * DAY)
    count_and_publish(staff["admin"], new_visitor(), slug)
    adopt(staff["council"], slug)
    read_result(new_visitor(), slug)


def set_up(admin, *, is_ranked):
    people.sign_in_with_password(admin, people.STAFF["admin"])
    admin.open("/admin/kommunen")
    admin.fill("Kommunens navn", "Prøveby Kommune")
    admin.press("Gem")
    admin.open("/admin/runder")
    admin.press("Opret den første runde")
    admin.fill("Hvad skal runden hedde?", "Nordby 2027")
    admin.press("Opret runden")
    slug = "nordby-2027"
    part = f"/admin/runder/{slug}"
    admin.open(f"{part}/klargoer")
    admin.see("Mangler noget")
    admin.open(f"{part}/tekster")
    admin.fill("Kort fortalt", "Alle fra 13 år bestemmer over 300.000 kr.")
    admin.fill("Om runden", "Skriv, hvad der gør Nordby til et bedre sted.")
    admin.press("Gem")
    admin.open(f"{part}/lokalomraader")
    admin.fill("Nye lokalområder", "Nordby\nØstervang")
    admin.press("Gem")
    add_pot(admin, part)
    admin.open(f"{part}/hvem-maa-stemme")
    admin.choose("13 år")
    admin.press("Gem")
    choose_ballot(admin, part, is_ranked=is_ranked)
    admin.open(f"{part}/stemmeurne")
    admin.choose("Én nøgleperson alene")
    admin.press("Gem")
    admin.open(f"{part}/tidsplan")
    opens = datetime.now(UTC) + DAY
    admin.fill("Borgerne kan skrive forslag fra", opens.strftime("%Y-%m-%dT08:00"))
    admin.press("Foreslå resten")
    admin.press("Gem")
    admin.open(f"{part}/ramme")
    admin.fill("Hvornår vedtog byrådet rammen?", "Byrådet den 24. juni, punkt 7")
    admin.press("Gem")
    return slug


def add_pot(admin, part):
    admin.open(f"{part}/puljer")
    admin.fill("Hvad hedder puljen?", "Nordbypuljen")
    admin.fill("Hvor mange penge er der i puljen?", "mange")
    admin.press("Tilføj puljen")
    admin.see("Skriv et beløb")
    admin.fill("Hvor mange penge er der i puljen?", "300.000")
    admin.press("Tilføj puljen")
    admin.see("Nordbypuljen", "300.000 kr.")


def choose_ballot(admin, part, *, is_ranked):
    admin.open(f"{part}/stemmeseddel")
    admin.choose("Prioritér" if is_ranked else "Sæt kryds")
    admin.fill("Mindst", "1")
    admin.fill("Højst", "3")
    admin.press("Gem")
    admin.open(f"{part}/optaellingsregel")
    admin.choose("Flest stemmer først" if is_ranked else "Lige andele")
    admin.choose("Det billigste kommer først")
    admin.press("Gem")


def fill_roll(admin, slug):
    roll = f"/admin/runder/{slug}/valgliste"
    lines = [f"{1000 + number};01-05-19{50 + number};Nordby" for number in range(6)]
    admin.open(f"{roll}/laeg-ind")
    admin.fill("Linjer fra regnearket", "\n".join(["nummer;fødselsdato;område", *lines]))
    admin.press("Se listen igennem")
    admin.see_heading("6 vælgere er klar")
    admin.press("Læg 6 vælgere på listen")
    admin.open(f"{roll}/koder")
    admin.press("Lav 6 koder")
    admin.see_heading("Koderne er klar")
    return people.codes_from(admin, admin.page.get_by_role("link", name="Hent flettefil").click)


def make_key(officer, slug):
    people.sign_in_with_password(officer, people.STAFF["officer"])
    officer.open(f"/noegleperson/{slug}")
    officer.press("Lav nøglen")
    officer.fill("Adgangssætning", people.PASSPHRASE)
    officer.fill("Adgangssætningen en gang til", people.PASSPHRASE)
    officer.press("Lav nøglen")
    officer.fill("Adgangssætning", people.PASSPHRASE)
    officer.press("Åbn prøvekuverten")
    officer.see("Nøglen virker")


def open_round(admin, slug):
    admin.open(f"/admin/runder/{slug}/klargoer")
    admin.press("Gå til åbning")
    admin.press("Åbn runden og lås spillereglerne")
    admin.see("fingeraftryk")
    admin.open(f"/admin/runder/{slug}/puljer")
    admin.see("Spillereglerne blev låst", "kan ikke ændres mere")


def propose(house, citizen, slug):
    people.sign_in_by_mail(citizen, house, "aase@example.org", "Åse O'Tarmey")
    for title, amount, text in PROPOSALS:
        people.write_proposal(citizen, slug, title=title, amount=amount, text=text, area="Nordby")
    citizen.open("/mine-forslag")
    citizen.see(*(title for title, _, _ in PROPOSALS), "Indsendt")


def screen(caseworker, slug):
    people.sign_in_with_password(caseworker, people.STAFF["caseworker"])
    for title, amount, _ in PROPOSALS[:3]:
        people.answer_proposal(caseworker, slug, title, outcome="Godkendt", cost=amount)
    reason = "Kommunen kan ikke nå at grave ud til et springvand inden for to år."
    people.answer_proposal(caseworker, slug, "Springvand", outcome="Afvist", reason=reason)
    caseworker.open(f"/sagsbehandling/{slug}")
    caseworker.press("Afslut vurderingen")
    caseworker.press("Afslut vurderingen")


def read_catalogue(reader, slug):
    reader.open(f"/runder/{slug}/projekter")
    reader.see("Gåbus til Skolevej", "24.000 kr.", "Sofus' scene i parken")
    reader.see_not("Springvand")
    reader.press("Sofus' scene i parken")
    reader.see_heading("Sofus' scene i parken")
    reader.open(f"/runder/{slug}/projektliste")
    reader.see("Lektiecafé på biblioteket", "18.000 kr.")


def vote(voter, slug, codes, *, is_ranked):
    for number, code in enumerate(codes[:5]):
        people.enter_booth(voter, slug, code)
        people.says_nothing_is_handed_in(voter)
        for title, _, _ in PROPOSALS[: 1 if number else 3]:
            if is_ranked:
                voter.press_in(title, "Tilføj som nr.")
            else:
                voter.choose(title)
        people.hand_in(voter)
        voter.press("Jeg er færdig")
    voter.open(f"/runder/{slug}/resultat")
    voter.see("Resultatet er ikke offentliggjort endnu")


def count_and_publish(admin, reader, slug):
    people.sign_in_with_password(admin, people.STAFF["admin"])
    admin.open(f"/admin/runder/{slug}/optaelling")
    admin.press("Tæl stemmerne")
    admin.fill("Adgangssætning", "det er ikke den rigtige")
    admin.press("Åbn urnen og tæl stemmerne")
    admin.see("Adgangssætningen passer ikke til nøglen")
    admin.fill("Adgangssætning", people.PASSPHRASE)
    admin.press_and_wait("Åbn urnen og tæl stemmerne", "Stemmerne er talt op")
    reader.open(f"/runder/{slug}/resultat")
    reader.see("Resultatet er ikke offentliggjort endnu")
    admin.open(f"/admin/runder/{slug}/optaelling")
    admin.press("Offentliggør resultatet")
    admin.press("Offentliggør resultatet")


def adopt(council, slug):
    people.sign_in_with_password(council, people.STAFF["council"])
    council.open(f"/byraad/{slug}")
    council.see("Sofus' scene i parken")
    council.fill("Hvor og hvornår besluttede byrådet det?", "Byrådet den 3. maj, punkt 4")
    row = council.page.locator(".council-line").filter(has_text="Gåbus til Skolevej").last
    row.get_by_label("Får ikke penge").check()
    council.press("Se beslutningen igennem")
    council.see("Skriv, hvorfor byrådet vil noget andet")
    row.get_by_role("textbox").fill("Skolen har selv fundet pengene til gåbussen.")
    council.press("Se beslutningen igennem")
    council.press("Vedtag beslutningen")
    council.see_heading("Byrådet har besluttet")


def read_result(reader, slug):
    reader.open(f"/runder/{slug}/resultat")
    reader.see("Hvorfor", "Skolen har selv fundet pengene til gåbussen.", "5 af 6")
    for words in ("CSV", ".pb"):
        with reader.page.expect_download() as download:
            reader.page.get_by_role("link", name=words).first.click()
        assert download.value.path().stat().st_size > 100
