"""Settings of a bot in the sandbox."""

from pathlib import Path

from bot.settings import Settings
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
