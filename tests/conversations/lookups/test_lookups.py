"""Single numbers: how to ask for them, what the answer says, and what is cached."""

import asyncio
from pathlib import Path

from handlers.shared.callbacks import InquiryAct, InquiryButton
from sandbox.http import faults
from sandbox.telegram.store.chats import Message
from storage.lookups import inquiries
from tests.support.stories.lists import numbers
from tests.support.stories.lookups import (
    ACCOUNT,
    NO,
    YES,
    answers,
    asked,
    buttons,
    ever_shown,
    leaps,
    opens,
    said,
)
from tests.support.stories.story import Story

HOUR, DAY = 3600.0, 86400.0
COPY = {"text": "Copy chat id", "copy_text": {"text": ACCOUNT}}
NONE = "\N{HEAVY MINUS SIGN}"
LOOKING = "Looking up"
REMEMBERED = "From memory: the service said so"


async def test_the_answer_has_the_chat_id_to_copy(story: Story) -> None:
    """Protects the main job: one message in reply, with the chat id and a button for it."""
    answers(story)
    await story.starts()
    question = await story.anna.sends("/check +7 987 654-32-10")
    card = await story.anna.sees(f"✅ {YES} has a Telegram account.\nIts chat id: {ACCOUNT}")
    await leaps(story, 60)
    assert said(story.anna) == [card]
    assert card.reply_to is question
    assert buttons(card) == [COPY]
    assert [(each.number, each.force) for each in story.world.green.asked] == [(YES[1:], False)]


async def test_what_the_service_does_not_tell(story: Story) -> None:
    """Protects against wrong conclusions: "none" may mean "hidden", and some ids are withheld."""
    answers(story)
    await story.starts()
    await story.anna.sends(NO)
    card = await story.anna.sees(f"{NONE} {NO}: no Telegram account, or it is hidden by privacy")
    assert buttons(card) == []
    story.world.green.faults.add("check", faults.Answer(200, '{"exist": true}'))
    await story.anna.sends(YES)
    card = await story.anna.sees("has a Telegram account. The service didn't tell its chat id")
    assert buttons(card) == []


async def test_a_message_that_is_one_number_is_a_question(story: Story) -> None:
    """Protects the short way: no command is needed, in any spelling of the number."""
    await story.starts()
    spellings = ["+44 7400 000-007", "447400000014", "+44 (7400) 000 021", "00447400000028"]
    for text in [*spellings, "tel: +447400000035"]:
        question = await story.anna.sends(text)
        await story.anna.sees("+447400", gone=LOOKING, after=question)
    assert asked(story) == numbers(6)[1:]


async def test_contacts_are_questions(story: Story) -> None:
    """Protects contacts from the address book: some lack the plus sign, some the number."""
    answers(story)
    await story.starts(default_region="DE")
    await story.anna.shares_contact(YES[1:], "Eve")
    await story.anna.sees(f"{YES} has a Telegram account")
    await story.anna.shares_contact("+7 987 654 32 11", "Eve")
    await story.anna.sees(f"{NO}: no Telegram account")
    contact = await story.anna.shares_contact("4721234567", "Tor")  # it is also a German number
    await story.anna.sees("+4721234567", gone=LOOKING, after=contact)
    await story.anna.shares_contact("112", "Help")
    await story.anna.sees("I didn't find a phone number in that")
    assert asked(story) == [YES, NO, "+4721234567"]


async def test_check_answers_a_message_that_it_replies_to(story: Story) -> None:
    """Protects earlier messages: /check in reply takes the numbers from there."""
    answers(story)
    await story.starts()
    text = await story.anna.sends(f"Eve's is {YES}, and at work {NO}")
    offer = await story.anna.sees("2 numbers ready")
    question = await story.anna.sends("/check", reply_to=text)
    card = await story.anna.sees("2 of 2 looked up", after=offer)
    assert card.reply_to is question
    contact = await story.anna.shares_contact("447400000007", "Eve")
    answer = await story.anna.sees("+447400000007", gone=LOOKING, after=contact)
    question = await story.anna.sends("/check", reply_to=contact)
    card = await story.anna.sees("+447400000007", gone=LOOKING, after=answer)
    assert card.reply_to is question
    assert asked(story) == [YES, NO, "+447400000007"]


async def test_check_with_nothing_to_check(story: Story) -> None:
    """Protects a person who doesn't know the command: it explains itself, and asks nothing."""
    await story.starts()
    await story.anna.sends("/check")
    await story.anna.sees("Write a phone number behind the command")
    for words in ("hello", "12345678"):
        question = await story.anna.sends(f"/check {words}")
        await story.anna.sees("I didn't find a phone number in that", after=question)
    assert asked(story) == []


async def test_several_numbers_are_one_card(story: Story) -> None:
    """Protects a short list: a line for each number; text that is no number is quoted."""
    answers(story)
    await story.starts()
    await story.anna.sends(f"/check {YES}, {NO}\n<b>x</b> 12345678\n+7 987 654 32 10")
    card = await story.anna.sees("Has Telegram? 3 of 3 looked up")
    assert card.shown.splitlines()[1:] == [
        f"✅ {YES} · {ACCOUNT}",
        f"{NONE} {NO} · none, or hidden by privacy settings",
        "❌ <b>x</b> 12345678 · no phone number",
    ]
    assert buttons(card) == [COPY]
    await leaps(story, 60)
    assert said(story.anna) == [card]
    assert asked(story) == [YES, NO]


async def test_ten_numbers_are_looked_up_and_eleven_are_a_list(story: Story) -> None:
    """Protects the instances from lists: those go to the bulk services."""
    eleven = numbers(11)
    story.world.green.known |= {number[1:]: ACCOUNT for number in eleven}
    await story.starts()
    await story.anna.sends("/check " + "\n".join(eleven[:10]))
    card = await story.anna.sees("10 of 10 looked up")
    assert buttons(card)[0]["text"] == "Copy 10 chat ids"
    assert buttons(card)[0]["copy_text"] == {"text": "\n".join([ACCOUNT] * 10)}
    await story.anna.sends("/check " + "\n".join(eleven))
    card = await story.anna.sees("11 numbers ready")
    assert not any("one by one" in button["text"] for button in buttons(card))
    assert asked(story) == eleven[:10]


async def test_the_last_piece_of_a_long_paste_is_no_question(story: Story) -> None:
    """Protects a list that Telegram cuts: its last piece may be just one number."""
    await story.starts()
    pieces = await story.anna.pastes("\n".join(["no line", *numbers(293)]))
    assert [piece.text for piece in pieces[1:]] == numbers(293)[-1:]
    await story.anna.sees("293 numbers ready")
    await leaps(story, 60)
    assert len(said(story.anna)) == 1
    assert asked(story) == []


async def test_without_an_instance_a_number_is_a_list(story: Story) -> None:
    """Protects bots that have bulk checks only: no lookup is offered."""
    await story.starts(green_api_instances=None)
    anna = story.anna
    for number in (YES, f"/check {YES}", ""):
        question = await (anna.sends(number) if number else anna.shares_contact(YES[1:], "Eve"))
        card = await anna.sees("Pasted list: 1 number ready", after=question)
        assert [button["text"] for button in buttons(card)][-4:] == [
            "Band",
            "Clean list (free)",
            "Leave out…",
            "Discard",
        ]
    assert asked(story) == []


async def test_a_short_list_can_be_looked_up(story: Story) -> None:
    """Protects the choice: two pasted numbers may go to a service, or be looked up here."""
    answers(story)
    await story.starts()
    question = await story.anna.sends(f"{YES}\n{NO}")
    offer = await story.anna.sees("2 numbers ready")
    await story.anna.presses("Has Telegram, one by one")
    card = await story.anna.sees("2 of 2 looked up")
    assert card.reply_to is question
    assert ACCOUNT in card.shown
    answer = await story.anna.presses("Has Telegram, one by one", on=offer)
    assert "done already" in answer.text
    await leaps(story, 60)
    assert said(story.anna) == [offer, card]
    assert "Telegram activity" in offer.buttons[0]
    assert asked(story) == [YES, NO]


async def test_what_was_answered_is_not_asked_again(story: Story) -> None:
    """Protects plan and instances: the cache answers at once, also after a restart."""
    answers(story)
    bob = await opens(story)
    await bob.sends(f"/check {YES} {NO}")
    await bob.sees("2 of 2 looked up")
    await leaps(story, 3 * HOUR)
    question = await story.anna.sends(YES)
    card = await story.anna.sees(f"Its chat id: {ACCOUNT}\n{REMEMBERED} about 3 hours ago.")
    assert card.reply_to is question
    assert buttons(card)[0] == COPY
    await story.restarts()
    await bob.sends(f"/check\n{YES}\n{NO}\n{numbers(1)[0]}")
    card = await bob.sees("the oldest answer is from about 3 hours ago")
    await bob.sees("3 of 3 looked up", in_message=card)
    assert f"✅ {YES} · {ACCOUNT}" in card.shown
    assert f"{NONE} {NO} · none" in card.shown
    assert asked(story) == [YES, NO, *numbers(1)]


async def test_a_no_is_remembered_for_a_week_and_a_yes_for_a_month(story: Story) -> None:
    """Protects against stale answers, and the instances from the same lookup every day."""
    answers(story)
    await story.starts()
    wanted: list[str] = []
    day = 0
    for later, new in ((0, [YES, NO]), (6, []), (7, [NO]), (13, []), (29, [NO]), (30, [YES])):
        await leaps(story, (later - day) * DAY)
        day = later
        question = await story.anna.sends(f"/check {YES} {NO}")
        await story.anna.sees("2 of 2 looked up", after=question)
        wanted += new
        assert asked(story) == wanted, f"on day {day}"


async def test_owners_may_ask_again_once_an_hour(story: Story) -> None:
    """Protects against stale answers, and the instances from impatience."""
    answers(story)
    await story.starts()
    await story.anna.sends(YES)
    await story.anna.sees("has a Telegram account")
    await story.anna.sends(YES)
    card = await story.anna.sees(REMEMBERED)
    story.world.green.known[YES[1:]] = ""
    assert (await story.anna.presses("Ask again", on=card)).text == ""
    await story.anna.sees("no Telegram account", gone=REMEMBERED, in_message=card)
    assert [each.force for each in story.world.green.asked] == [False, True]
    await story.anna.sends(YES)
    card = await story.anna.sees(REMEMBERED, after=card)
    answer = await story.anna.presses("Ask again", on=card)
    assert answer.show_alert
    assert "From 13:01 UTC on it can be asked once more" in answer.text
    assert len(asked(story)) == 2
    await leaps(story, HOUR)
    await story.anna.presses("Ask again", on=card)
    await story.anna.sees("no Telegram account", gone=REMEMBERED, in_message=card)
    assert asked(story) == [YES] * 3


async def test_others_may_not_ask_again(story: Story) -> None:
    """Protects the instances from others: no button, and a forged tap does nothing."""
    answers(story)
    bob = await opens(story)
    for person in (story.anna, bob):
        await person.sends(YES)
        await person.sees("Its chat id")
    for text in (YES, f"/check {YES}"):
        question = await bob.sends(text)
        card = await bob.sees(REMEMBERED, after=question)
        assert buttons(card) == [COPY]
    await story.anna.sends(YES)
    theirs = await story.anna.sees(REMEMBERED)
    again = InquiryButton(act=InquiryAct.AGAIN, id=await inquiry_of(story, question))
    assert "belongs to somebody else" in (await bob.forges(again.pack(), card)).text
    stolen = buttons(theirs)[-1]["callback_data"]
    assert "out of date" in (await bob.forges(stolen, card)).text
    await leaps(story, 60)
    for each in (card, theirs):
        assert "once more" not in ever_shown(each)
        assert REMEMBERED in each.shown
    assert asked(story) == [YES]


async def inquiry_of(story: Story, question: Message) -> str:
    """Return the id that a forger would have to guess."""
    assert story.app is not None
    database = story.app.database
    async with database.read() as connection:
        found = await inquiries.of_message(
            connection, database.vault, question.chat.id, question.message_id
        )
    assert found is not None
    return found.id


async def test_two_people_with_one_number_cause_one_request(tmp_path: Path) -> None:
    """Protects the budget: two people who wait for one number get the same answer."""
    async with Story(tmp_path, instances=2) as story:
        answers(story)
        bob = await opens(story)
        await asyncio.gather(bob.sends(NO), story.anna.sends(NO))
        for person in (bob, story.anna):
            await person.sees(f"{NO}: no Telegram account", gone=REMEMBERED)
        story.world.green.faults.add("check", faults.Slow(120))
        for person in (bob, story.anna):
            await person.sends(YES)
            await person.sees(LOOKING)  # so the request is under way
        await leaps(story, 120)
        for person in (bob, story.anna):
            await person.sees(f"Its chat id: {ACCOUNT}", gone=REMEMBERED)
        assert asked(story) == [NO, YES]
