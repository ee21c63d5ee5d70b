"""Read the form of a request into memory: fields and files, in the order in which they came.

The server's own reader keeps files open until the request is answered, which one that is cut off
never is.
"""

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, MultipartReader, web


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent in a form."""

    name: str
    data: bytes = field(repr=False)


async def form_of(request: web.Request) -> list[tuple[str, str | Upload]]:
    """Return name and value of each field. Raises ValueError if the body can't be parsed."""
    if request.content_type != "multipart/form-data":
        form = await request.post()
        return [(name, value) for name, value in form.items() if isinstance(value, str)]
    fields: list[tuple[str, str | Upload]] = []
    async for part in MultipartReader(request.headers, request.content):
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise ValueError("a part of the form has no name")
        data = bytes(await part.read(decode=True))
        is_file = part.filename is not None
        fields.append((part.name, Upload(part.filename or "", data) if is_file else data.decode()))
    return fields
