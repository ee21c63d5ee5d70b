"""The file of answers that the database doesn't have yet."""

from pathlib import Path

from structlog.testing import capture_logs

from storage.records.answers import FILE, ROOM, Answer, Answers

FIRST, SECOND = (Answer("t1", 1, "ekyc", "d4one"), Answer("t2", 3, "checknumber", "d4two"))


def read(folder: Path) -> tuple[list[Answer], int]:
    """Return what a new process finds, and how many lines it passes over."""
    answers = Answers(folder / FILE)
    with capture_logs() as logs:
        answers.load()
    return answers.waiting(), sum(each["event"] == "kept answer damaged" for each in logs)


def test_answers_outlive_their_process(tmp_path: Path) -> None:
    """Protects what was paid: an answer is read again until it is forgotten."""
    assert read(tmp_path) == ([], 0)
    answers = Answers(tmp_path / FILE)
    answers.keep(FIRST)
    answers.keep(SECOND)
    assert read(tmp_path) == ([FIRST, SECOND], 0)
    answers.forget(FIRST)
    assert answers.waiting() == [SECOND]
    answers.forget(SECOND)
    assert read(tmp_path) == ([], 0)


def test_only_we_read_it(tmp_path: Path) -> None:
    """Protects it from other users of the machine."""
    Answers(tmp_path / FILE).keep(FIRST)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_there_is_room_for_it_on_a_full_disk(tmp_path: Path) -> None:
    """Protects what was paid when the disk is full: the file had its room before."""
    answers = Answers(tmp_path / FILE)
    answers.load()
    before = (tmp_path / FILE).stat()
    answers.keep(FIRST)
    after = (tmp_path / FILE).stat()
    assert (after.st_size, after.st_blocks) == (ROOM, before.st_blocks)


def test_a_damaged_line_costs_no_other(tmp_path: Path) -> None:
    """Protects the other answers: a line that was cut or altered is passed over, and logged."""
    answers = Answers(tmp_path / FILE)
    answers.keep(FIRST)
    whole = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(whole.replace(b"d4one", b"d4two") + whole[:-9])
    answers = Answers(tmp_path / FILE)
    answers.load()
    answers.keep(SECOND)
    assert read(tmp_path) == ([SECOND], 2)
