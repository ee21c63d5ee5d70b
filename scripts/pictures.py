"""Draw the charts in docs/pictures: each check in each language, from made-up answers.

Run it from the project's folder after a change of the chart or its words:

    python -m scripts.pictures
"""

import sys
from datetime import date
from pathlib import Path

from handlers.cards.wording import chart_words
from handlers.shared.texts import Texts
from sheets.answers.meaning import Scale
from sheets.answers.summary import Bucket, Summary
from sheets.output import chart
from sheets.output.chart_rows import Chart

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
LANGUAGES = ("en", "ru", "zh", "tr")
DAY = date(2026, 5, 18)
TITLES = {
    "en": "customers-may.xlsx",
    "ru": "клиенты-май.xlsx",
    "zh": "五月客户.xlsx",
    "tr": "müşteri-listesi.xlsx",
}
ANSWERS: dict[str, tuple[Scale, Summary]] = {
    "tg_active": (
        "days",
        Summary(
            (
                Bucket("day", 1_310),
                Bucket("week", 402),
                Bucket("month", 187),
                Bucket("older", 96),
                Bucket("unknown", 41),
                Bucket("missing", 12),
            ),
            2_048,
        ),
    ),
    "wa_detail": (
        "words",
        Summary(
            (
                Bucket("yes_with", 21_904),
                Bucket("yes_without", 14_377),
                Bucket("no", 8_861),
                Bucket("unknown", 158),
            ),
            45_300,
        ),
    ),
    "active_check": (
        "words",
        Summary((Bucket("yes", 5_127), Bucket("no", 2_310), Bucket("unknown", 363)), 7_800),
    ),
    "band": (
        "words",
        Summary(
            (
                Bucket("yes", 318),
                Bucket("no", 641),
                Bucket("word", 27, "pending"),
                Bucket("word", 9),
                Bucket("unknown", 5),
            ),
            1_000,
        ),
    ),
}


def picture(texts: Texts, check_key: str, language: str) -> Chart:
    """Return the chart of a check's made-up answers."""
    scale, summary = ANSWERS[check_key]
    title = TITLES[language]
    return chart_words(texts[language], check_key, scale, summary, title, day=DAY)


def main() -> None:
    """Draw and write all charts."""
    texts = Texts()
    FOLDER.mkdir(exist_ok=True)
    for check_key in ANSWERS:
        for language in LANGUAGES:
            drawn = chart.draw(picture(texts, check_key, language))
            assert drawn is not None, "made-up answers have several bars"
            path = FOLDER / f"{check_key}-{language}.png"
            path.write_bytes(drawn)
            sys.stdout.write(f"{path.name}: {len(drawn):,} bytes\n")


if __name__ == "__main__":
    main()
