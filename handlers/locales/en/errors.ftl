# When something of ours broke.

error = Something went wrong on my side. Nothing you sent is lost, and nothing more is spent. Please try that again; if it keeps happening, tell whoever runs this bot this reference: <code>{ $ref }</code>
error-short = Something went wrong on my side ({ $ref }). Please try again.
update-set-aside = I stopped three times in the middle of something that was sent or tapped here, so I leave it alone now. /tasks{ $bot } shows what is under way, and what was paid. If you still need it, please send or tap it again.
