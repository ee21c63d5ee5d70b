"""Settings of a bot in the sandbox, and prices of its services."""

from pathlib import Path

from bot.settings import Settings
from checking.services.catalogue import load
from sandbox.world import World


def sandbox_settings(world: World, home: Path, owners: list[int]) -> Settings:
    """Return settings of a bot that uses this sandbox and nothing else."""
    return Settings(
        _env_file=None,
        bot_token=world.bot_token,
        telegram_api_url=world.telegram_url,
        database_url=f"sqlite+aiosqlite:///{home}/numberdesk.db",
        data_dir=home,
        owner_ids=owners,
        ekyc_api_url=world.ekyc.url,
        ekyc_api_key=world.ekyc.api_key,
        ekyc_user_id=world.ekyc.user_id,
        checknumber_api_url=world.checknumber.url,
        checknumber_api_key=world.checknumber.api_key,
        green_api_url=world.green.url,
        green_api_instances=world.green.credentials,
        result_origins=[world.storage_url],
        poll_fastest_seconds=0.5,
        poll_slowest_seconds=5,
    )


def charge_as_listed(world: World) -> None:
    """Have the services charge what their price lists say."""
    services = {"ekyc": world.ekyc, "checknumber": world.checknumber}
    for check in load(frozenset()).all():
        if check.list_price is not None:
            amounts = services[check.service].amounts_of(check.word)
            amounts.price = check.list_price / 1000
