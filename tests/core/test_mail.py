"""Letters leave whole, once the transaction is over, and say no more than they should."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from jinja2 import UndefinedError

from etape.core.calendar import Entry, Mailbox, Method, Period, request
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.mail import (
    KEPT,
    Invitation,
    Letter,
    MailDelayed,
    Mailer,
    MailRefused,
    OutgoingMail,
    get_kept_mail,
    list_kept_mail,
)
from etape.core.settings import Settings
from etape.core.texts import Language
from support.smtp import MailServer

CAMILLE = Mailbox(address="camille@hopital.example", name="Camille Durand")


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database(empty_database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(OutgoingMail.__table__.create)  # type: ignore[attr-defined] # SQLModel sets it
    yield database
    await database.close()


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


def mailer(database: Database, *, port: int | None = None) -> Mailer:
    smtp = {} if port is None else {"smtp_host": "127.0.0.1", "smtp_port": port}
    settings = Settings(mail_from="Étape <ne-pas-repondre@etape.example>", **smtp)
    return Mailer(settings, database, Clock(), packages=["support"])


def letter(
    *,
    to: Mailbox = CAMILLE,
    key: str = "registration-1-confirmed-0",
    language: Language = Language.FR,
    invitation: Invitation | None = None,
) -> Letter:
    return Letter(
        template="support/welcome",
        key=key,
        to=to,
        language=language,
        values={"name": to.name, "link": "https://etape.example/i?a=1&b=2"},
        invitation=invitation,
    )


def part(message: EmailMessage, kind: str) -> EmailMessage:
    [found] = [part for part in message.walk() if part.get_content_type() == kind]
    assert isinstance(found, EmailMessage)
    return found


async def test_a_letter_reaches_the_server_in_text_and_html(
    database: Database, server: MailServer
) -> None:
    await mailer(database, port=server.port).send(letter())

    [message] = server.messages()
    assert message["Subject"] == "Bienvenue Camille Durand"
    assert message["To"] == "Camille Durand <camille@hopital.example>"
    assert message["From"] == "Étape <ne-pas-repondre@etape.example>"
    assert message["Message-ID"] == "<registration-1-confirmed-0@etape.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "fr"
    assert message["Date"].datetime.tzinfo is not None
    text = part(message, "text/plain").get_content()
    assert "voici https://etape.example/i?a=1&b=2" in text
    assert "Vous vous êtes inscrit." in text
    html = part(message, "text/html").get_content()
    assert 'href="https://etape.example/i?a=1&amp;b=2"' in html
    assert '<html lang="fr">' in html


async def test_a_letter_is_written_in_the_language_of_its_reader(database: Database) -> None:
    message = mailer(database).compose(letter(language=Language.EN))

    assert message["Subject"] == "Welcome Camille Durand"
    assert message["Content-Language"] == "en"
    assert "replies to this address are not read" in part(message, "text/plain").get_content()


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_name_with_a_line_break_adds_no_header(database: Database, line_break: str) -> None:
    rogue = Mailbox(address=CAMILLE.address, name=f"Camille{line_break}Bcc: all@hopital.example")

    message = mailer(database).compose(letter(to=rogue))

    read = OutgoingMail(source=message.as_bytes()).message  # type: ignore[call-arg] # what composing reads is all it needs
    assert read["Bcc"] is None
    assert [address.addr_spec for address in read["To"].addresses] == [CAMILLE.address]
    assert read["Subject"] == "Bienvenue Camille Bcc: all@hopital.example"


def test_a_name_written_in_html_stays_a_name(database: Database) -> None:
    rogue = Mailbox(address=CAMILLE.address, name="<img src=x> & co")

    message = mailer(database).compose(letter(to=rogue))

    assert "Bonjour &lt;img src=x&gt; &amp; co" in part(message, "text/html").get_content()
    assert "Bonjour <img src=x> & co" in part(message, "text/plain").get_content()


def test_a_template_that_names_what_it_was_not_given_is_an_error(database: Database) -> None:
    lacking = Letter(
        template="support/welcome", key="x", to=CAMILLE, language=Language.FR, values={}
    )

    with pytest.raises(UndefinedError, match="name"):
        mailer(database).compose(lacking)


async def test_an_invitation_travels_as_an_alternative_and_as_a_file(
    database: Database, server: MailServer
) -> None:
    content = request(
        Entry(
            uid="1@etape.example",
            sequence=2,
            zone="Europe/Paris",
            organizer=Mailbox(address="accueil@etape.example", name="Étape"),
            periods=(
                Period(
                    start=datetime(2027, 1, 12, 8, tzinfo=UTC),
                    end=datetime(2027, 1, 12, 9, tzinfo=UTC),
                    summary="Plénière " * 20,
                ),
            ),
        ),
        attendee=CAMILLE,
        now=datetime(2027, 1, 4, tzinfo=UTC),
    )
    invited = letter(invitation=Invitation(method=Method.REQUEST, content=content))

    await mailer(database, port=server.port).send(invited)

    [message] = server.messages()
    alternative = part(message, "text/calendar")
    assert alternative.get_param("method") == "REQUEST"
    assert alternative.get_content_charset() == "utf-8"
    assert alternative.get_payload(decode=True) == content
    [attachment] = message.iter_attachments()
    assert attachment.get_filename() == "etape.ics"
    assert attachment.get_content() == content


async def test_a_server_that_is_down_delays_the_letter_until_it_is_up(
    database: Database, server: MailServer
) -> None:
    sender = mailer(database, port=server.port)
    await server.close()

    with pytest.raises(MailDelayed):
        await sender.send(letter())
    await server.open()
    await sender.send(letter())

    assert len(server.messages()) == 1


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("550 5.1.1 camille@hopital.example unknown", MailRefused),
        ("452 4.2.2 camille@hopital.example is full", MailDelayed),
    ],
)
async def test_a_refusal_is_final_or_not_as_its_code_says_and_names_nobody(
    database: Database, server: MailServer, answer: str, verdict: type[Exception]
) -> None:
    server.answers[CAMILLE.address] = answer

    with pytest.raises(verdict) as refusal:
        await mailer(database, port=server.port).send(letter())

    assert str(refusal.value) == f"SMTP {answer[:3]}"
    assert refusal.value.__suppress_context__
    assert server.messages() == []


async def test_an_address_with_an_accent_is_sent_where_the_server_allows_it(
    database: Database, server: MailServer
) -> None:
    accented = Mailbox(address="zoé@hopital.example", name="Zoé")

    await mailer(database, port=server.port).send(letter(to=accented))

    assert server.recipients == ["zoé@hopital.example"]


async def test_no_letter_leaves_while_a_transaction_is_open(
    database: Database, server: MailServer
) -> None:
    async with database.unit_of_work():
        with pytest.raises(RuntimeError, match="transaction"):
            await mailer(database, port=server.port).send(letter())

    assert server.messages() == []


async def test_without_a_server_letters_are_kept_and_the_newest_comes_first(
    database: Database,
) -> None:
    sender = mailer(database)

    await sender.send(letter(key="first"))
    await sender.send(letter(key="second"))

    async with database.unit_of_work() as session:
        kept = (await list_kept_mail(session)).rows
        assert [mail.message_id for mail in kept] == [
            "<second@etape.example>",
            "<first@etape.example>",
        ]
        assert kept[0].recipient == CAMILLE.address
        assert kept[0].subject == "Bienvenue Camille Durand"
        assert [mail.id for mail in (await list_kept_mail(session, limit=1)).rows] == [kept[0].id]
        again = await get_kept_mail(session, kept[0].id or 0)
        assert again is not None
        assert "voici https" in part(again.message, "text/plain").get_content()
        assert await get_kept_mail(session, 0) is None


async def test_a_letter_sent_twice_is_kept_once(database: Database) -> None:
    sender = mailer(database)

    await sender.send(letter())
    await sender.send(letter())

    async with database.unit_of_work() as session:
        assert (await list_kept_mail(session)).total == 1


async def test_a_kept_letter_is_forgotten_after_a_week(database: Database) -> None:
    before = Mailer(Settings(), database, Clock(-KEPT * 1.01), packages=["support"])
    await before.send(letter(key="old"))

    await mailer(database).send(letter(key="new"))

    async with database.unit_of_work() as session:
        assert [mail.message_id for mail in (await list_kept_mail(session)).rows] == [
            "<new@etape.example>"
        ]
