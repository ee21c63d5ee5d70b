# What the owners are told, once for each trouble.

owner-key-refused = 🔑 <b>{ $service }</b> refuses this bot's key. Its checks are off until it accepts one; running tasks are kept. Put a valid key into the settings and restart, or wait if the key is right: I ask again every ten minutes.
owner-key-taken = 🔑 <b>{ $service }</b> accepts the key again. Its checks are back.
owner-unconfirmed = ⚠️ It is unclear whether <b>{ $service }</b> took a list (task <code>{ $task }</code>, { $check }). The person was told and may send it again or drop it. The service's own pages tell whether it was charged.
owner-download = ⚠️ The result of task <code>{ $remote }</code> at <b>{ $service }</b> can't be fetched. I keep trying for a day.
owner-too-big = ⚠️ The result of task <code>{ $remote }</code> at <b>{ $service }</b> is too large for Telegram. The service's own pages have it; a local Bot API server would take files of up to 2 GB.
