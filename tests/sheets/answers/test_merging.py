"""Old and new answers in one table."""

from datetime import UTC, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sheets.answers import counting
from sheets.answers.answers import Answers
from sheets.answers.meaning import Meaning
from sheets.answers.merging import CHECKED_ON, merged, remembered
from sheets.memory.splitting import Split, write
from sheets.work import results

MEANING = Meaning(("Number",), ("whatsapp",), yes=("yes",), no=("no",), detail_column="signature")
NUMBERS = st.integers(min_value=447_400_000_000, max_value=447_400_000_030)
NEW = st.dictionaries(
    NUMBERS, st.tuples(st.sampled_from(["yes", "no", "busy"]), st.text("ab ", max_size=2))
)
OLD = st.dictionaries(
    NUMBERS,
    st.tuples(st.sampled_from(["yes_with", "yes_without", "no"]), st.integers(0, 4 * 10**9)),
)
TODAY = "2026-11-30"


def service(new: dict[int, tuple[str, str]]) -> Answers:
    """Return a service's answers, with a detail beside each."""
    rows = [(number, answer, detail) for number, (answer, detail) in new.items()]
    schema = {"number": pl.Int64, "answer": pl.String, "signature": pl.String}
    return Answers(pl.DataFrame(rows, schema=schema, orient="row"), ("whatsapp", "signature"))


def memory(old: dict[int, tuple[str, int]]) -> pl.DataFrame:
    """Return remembered answers as `sheets.memory` gives them."""
    rows = [(n, bucket.partition("_")[0], bucket, float(at)) for n, (bucket, at) in old.items()]
    schema = {"number": pl.Int64, "answer": pl.String, "bucket": pl.String}
    return pl.DataFrame(rows, schema=schema | {"answered_at": pl.Float64}, orient="row")


@given(NEW, OLD)
def test_old_and_new_answers_are_one_table(
    new: dict[int, tuple[str, str]], old: dict[int, tuple[str, int]]
) -> None:
    """Protects each answer from the other's day: what wasn't asked isn't changed."""
    found = merged(service(new), TODAY, remembered(memory(old), MEANING))
    assert found.headers == ("whatsapp", "signature", CHECKED_ON)
    days = {n: datetime.fromtimestamp(at, UTC).date().isoformat() for n, (_, at) in old.items()}
    wanted = {number: (*answer, TODAY) for number, answer in new.items()}
    wanted |= {n: (bucket.partition("_")[0], "", days[n]) for n, (bucket, _) in old.items()}
    assert {row[0]: row[1:] for row in found.frame.rows()} == wanted
    assert found.frame.height == len(wanted)


@given(NEW, OLD)
def test_a_summary_counts_what_was_counted_then(
    new: dict[int, tuple[str, str]], old: dict[int, tuple[str, int]]
) -> None:
    """Protects the counts: an old answer stays in its bucket, though its details are gone."""
    both = sorted(new.keys() | old.keys())
    numbers = pl.Series("number", [f"+{number}" for number in both], dtype=pl.String)
    found = merged(service(new), TODAY, remembered(memory(old), MEANING))
    keys = dict(zip(both, counting.keys_of(numbers, found, MEANING)["key"], strict=True))
    for number in both:
        if number in old:
            assert keys[number] == old[number][0]
        else:
            answer, detail = new[number]
            yes = "yes_with" if detail.strip() else "yes_without"
            assert keys[number] == {"yes": yes, "no": "no", "busy": "word"}[answer]


@given(st.dictionaries(NUMBERS, st.sampled_from(["yes_with", "no"]), min_size=1), st.lists(NUMBERS))
def test_what_is_remembered_is_written_in_the_lists_order(
    old: dict[int, str], others: list[int]
) -> None:
    """Protects a list that no service has seen: it can be read again, each number in its place."""
    order = list(dict.fromkeys([*others, *old]))
    said = [(bucket.partition("_")[0], bucket, 86_400.0) for bucket in ("yes_with", "no")]
    places = {"yes_with": 0, "no": 1}
    rows = [(number, places[bucket]) for number, bucket in old.items()]
    known = pl.DataFrame(rows, schema={"number": pl.Int64, "said": pl.UInt32}, orient="row")
    posted = "".join(f"+{number}\n" for number in order).encode()
    blob = write(Split(pl.Series(dtype=pl.String), said, known))
    meaning = {"number_columns": ["Number"], "answer_columns": ["whatsapp"]}
    told, (file,) = results.write_known(posted, blob, meaning=meaning)
    answers = results.answers_of(file, b"", results.meaning_of(meaning))
    assert answers.frame["number"].to_list() == [number for number in order if number in old]
    assert dict(answers.frame.select("number", "answer").rows()) == {
        number: bucket.partition("_")[0] for number, bucket in old.items()
    }
    assert set(answers.frame[CHECKED_ON]) == {"1970-01-02"}
    assert f'"total":{len(old)}' in str(told["summary"])
