"""The checks: catalogue, service clients, submission, polling, fetching, and single lookups.

Independent of Telegram. Changes are announced through `runtime.wake_up.WakeUp`.
"""
