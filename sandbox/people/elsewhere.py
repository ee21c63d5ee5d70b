"""Messages of chats that the bot isn't in: of a business account, and of where it is summoned."""

from sandbox.people.surroundings import Someone
from sandbox.telegram.store.chats import Json

CONNECTION, GUEST_QUERY = "business-1", "guest-1"


def written(writer: Someone, text: str) -> Json:
    """Return a message to somebody else, in a chat that has the id of its writer."""
    return {
        "message_id": 1,
        "from": writer.user.to_json(),
        "chat": {"id": writer.user.id, "type": "private", "first_name": writer.user.first_name},
        "date": int(writer.world.clock.now()),
        "text": text,
    }


def writes_to_a_business(customer: Someone, account: Someone, text: str) -> None:
    """Write to an account that the bot is connected to, edit that, and delete it."""
    message = written(customer, text) | {"business_connection_id": CONNECTION}
    updates = customer.world.state.updates
    connection = {
        "id": CONNECTION,
        "user": account.user.to_json(),
        "user_chat_id": account.user.id,
        "date": message["date"],
        "is_enabled": True,
    }
    gone = {
        "business_connection_id": CONNECTION,
        "chat": message["chat"],
        "message_ids": [message["message_id"]],
    }
    updates.put("business_connection", connection)
    updates.put("business_message", message)
    updates.put("edited_business_message", message | {"edit_date": message["date"]})
    updates.put("deleted_business_messages", gone)


def summons_the_bot(person: Someone, text: str) -> None:
    """Mention the bot in a chat that it isn't in: it may answer once, as a guest."""
    guest = written(person, text) | {"guest_query_id": GUEST_QUERY}
    person.world.state.updates.put("guest_message", guest)
