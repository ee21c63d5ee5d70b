"""/metrics of a running bot."""

import re

import httpx
from prometheus_client.parser import text_string_to_metric_families

from sandbox.http import faults
from tests.support.processes.ports import free_port
from tests.support.stories.lists import numbers
from tests.support.stories.story import Story

LABELS = {"service", "outcome", "check", "state", "trouble", "method", "kind", "loop", "le"}
SINGLE = "+79876543210"


class Scraper:
    """Fetches metrics like Prometheus."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}/metrics"
        self.page = ""

    async def asks(self) -> None:
        """Fetch the page."""
        async with httpx.AsyncClient(trust_env=False) as client:
            self.page = (await client.get(self._address)).text

    def value(self, name: str, **labels: str) -> float:
        """Return a sample; 0 if there is none."""
        for family in text_string_to_metric_families(self.page):
            for sample in family.samples:
                if sample.name == name and sample.labels == labels:
                    return sample.value
        return 0.0

    def labels(self) -> set[str]:
        """Return the names of all labels."""
        families = text_string_to_metric_families(self.page)
        return {name for each in families for sample in each.samples for name in sample.labels}


async def test_a_day_is_counted(story: Story) -> None:
    """Protects the graphs: stored, received, looked up, delivered, each in its unit."""
    port = free_port()
    await story.starts(health_port=port)
    scraper, anna = Scraper(port), story.anna
    story.world.telegram.faults.add("sendMessage", faults.Flood(3))
    await anna.sends("/start")
    await anna.sees("I check lists")
    await anna.uploads("secret title.txt", "\n".join(numbers(40)).encode())
    await anna.sees("40 numbers ready")
    await anna.presses("Band")
    await anna.sees("40 numbers go to the service")
    await scraper.asks()
    assert scraper.value("numberdesk_tasks", check="band", state="draft") == 1
    story.world.ekyc.faults.add("result", faults.Expired(), times=2)
    await anna.presses("Start")
    await anna.receives_file()
    await anna.sees("Done")
    story.world.green.known[SINGLE.removeprefix("+")] = "10000000"
    await anna.sends(SINGLE)
    await anna.sees("10000000")
    await story.passes(5)
    await scraper.asks()

    stored = scraper.value("numberdesk_updates_stored_total")
    assert stored == scraper.value("numberdesk_updates_handled_total") == 5
    assert scraper.value("numberdesk_inbox_updates") == 0
    assert scraper.value("numberdesk_inbox_oldest_age_seconds") == 0
    assert scraper.value("numberdesk_submissions_total", service="ekyc", outcome="taken") == 1
    assert scraper.value("numberdesk_tasks_ended_total", check="band", state="delivered") == 1
    assert scraper.value("numberdesk_tasks", check="band", state="draft") == 0
    assert scraper.value("numberdesk_lookups_total", outcome="found") == 1
    assert scraper.value("numberdesk_telegram_flood_limits_total", method="SendMessage") == 1
    assert scraper.value("numberdesk_delivery_delay_seconds_count") == 1
    assert 1 < scraper.value("numberdesk_delivery_delay_seconds_sum") < 3600
    assert scraper.value("numberdesk_data_free_bytes") > 0
    assert scraper.value("process_open_fds") > 0


async def test_nobody_is_named(story: Story) -> None:
    """Protects people: no id, number or title of theirs gets into the graphs."""
    port = free_port()
    await story.starts(health_port=port)
    scraper, anna = Scraper(port), story.anna
    await anna.sends("/start")
    await anna.sees("I check lists")
    await anna.uploads("secret title.txt", "\n".join(numbers(40)).encode())
    await anna.sees("40 numbers ready")
    await anna.presses("Band")
    await anna.presses("Start")
    await anna.receives_file()
    story.world.green.faults.add("check", faults.refused(469, "limit"))
    await anna.sends(SINGLE)
    await anna.sees("has to wait")
    await scraper.asks()
    assert scraper.labels() <= LABELS
    assert scraper.value("numberdesk_lookup_pauses_total", trouble="limit") == 1
    assert scraper.value("numberdesk_lookups_total", outcome="failed") == 1
    assert scraper.value("numberdesk_lookups_waiting") == 1
    for secret in (str(anna.id), "secret", SINGLE[1:], *numbers(40), story.world.bot_token):
        assert secret not in scraper.page
    values = re.findall(r'(?<!le)="([^"]*)"', scraper.page)
    assert not [value for value in values if re.search(r"\d", value)]
