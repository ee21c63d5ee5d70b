"""aiogram's models are built when they are used, each as it would have been at import."""

import subprocess
import sys

_FRESH = """
import bot
from aiogram import Bot, methods, types
from aiogram.methods.base import Response
from pydantic import BaseModel

models = {
    model
    for package in (types, methods)
    for model in vars(package).values()
    if isinstance(model, type) and issubclass(model, BaseModel)
}
built = [types.Update.__pydantic_complete__, types.Message.__pydantic_complete__]
message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hi"}
update = types.Update.model_validate({"update_id": 1, "message": message})
answered = Response[types.Message].model_validate({"ok": True, "result": message})
# Generic or abstract ones are never used themselves.
unbuilt = [
    model.__name__ for model in models - {methods.TelegramMethod}
    if not model.__pydantic_complete__ and model.model_rebuild() is False
]
print(len(models), any(built), update.message == answered.result, unbuilt)
"""


def test_all_models_can_be_built_when_they_are_used() -> None:
    """Protects memory (100 MB) and every message: in a fresh process, as the program is one."""
    ran = subprocess.run(  # noqa: S603 # our own program and text
        [sys.executable, "-c", _FRESH], check=True, capture_output=True, text=True
    )
    every, built, same, unbuilt = ran.stdout.split(maxsplit=3)
    assert int(every) > 400
    assert (built, same, unbuilt.strip()) == ("False", "True", "[]")
