# Groups: what is said there, and their settings. The menu entries of groups stand at the end.

group-hello = 👋 <b>Hello! I check lists of phone numbers, also here.</b>
group-hello-more =
    Buttons of a card obey whoever handed it in, and the group's administrators. <code>/settings{ $bot }</code> tells who may hand in, and where results go.

    Telegram lets bots write twenty messages a minute in a group, so cards are brought up to date more slowly here than in a private chat.
group-sees-meant = 🔒 Privacy mode is on: Telegram keeps your talk from me. I get commands with my name, and replies to my messages.
group-sees-all = 👁 Telegram shows me everything that is written here. I drop unread what isn't meant for me.

# The ways that work in every group, whatever Telegram shows the bot; the greeting, the help and the usage have them.
group-ways =
    • Send a file with <code>/check{ $bot }</code> as its caption,
    • or write numbers behind it: <code>/check{ $bot } +44 20 7946 0018</code>
group-ways-reply = • or reply <code>/check{ $bot }</code> to a file or a message with numbers
group-ways-no-reply = In a group of this kind a reply may not do: often Telegram doesn't show me what you reply to.
group-help-head = <b>How it works here</b>
group-help = Then pick a check and tap <b>Start</b>. Until then nothing is spent. /tasks{ $bot } shows what is running here, /settings{ $bot } who may hand in.
group-usage = There are no numbers in that.
group-only-this = I take here only the message with <code>/check{ $bot }</code>, or the one it replies to. Other files of the same album, and the rest of a long text that Telegram cut, are not in this list. To have everything in one, send a .zip or a text file.
group-elsewhere = That works in our private chat: open it by tapping my name, and send it there.
group-as-channel = You write in the name of a channel, so I can't tell who asks, and a check needs a person who answers for it. Please choose your own name beside the text field and send it again.
group-not-let-in = I only stay in groups to which somebody added me who is let in to this bot. Bye!
group-not-you = Sorry, you may not hand in numbers here. The group's administrators decide that with /settings{ $bot }, and whoever runs this bot lets people in.
group-paused = ⏸ I am paused here: whoever added me has no access any more. Have somebody with access remove me and add me again, or ask an owner of the bot to let them in.
group-admins-only = Only administrators of this group can change that.
group-open-chat = ✅ <b>{ $title }</b>: the result is ready. It comes to you privately, for which you have to open a chat with me first: I may not write to you before you do.
group-no-files = ✅ <b>{ $title }</b> · { $check }: the result is ready, but this group takes no files. Whoever handed in can have it privately. Or an administrator allows files here; then it comes here.
group-goes-privately = ✅ <b>{ $title }</b> · { $check }: the result goes to the person who handed in, privately.
group-files-not-taken = This group takes no files, so I can't send that here. An administrator can allow them, in the permissions of the group.
group-no-private = You aren't let in to this bot, so I can't send it to you privately. An administrator can allow files here.

button-open-chat = Open a chat with me
button-privately = Send it to me privately
button-try-here = Try here again

task-delivered-privately = ✅ Done · { $numbers ->
    [one] 1 number
   *[other] { $numbers } numbers
} checked. The result went to the person who handed in, privately.

# /settings
settings-head = ⚙️ <b>Settings of this group</b>
settings-none = none
settings-now-hand_in = Who may hand in: <b>{ $who }</b>
settings-now-checks = Checks: <b>{ $checks }</b>
settings-now-language = Language: <b>{ $language }</b>
settings-now-country = Numbers without a country code: <b>{ $country }</b>
settings-now-results = Results go: <b>{ $where }</b>
settings-now-first_file = First file of a result: <b>{ $file }</b>

settings-hand_in = Who may hand in numbers here? What is checked is at the cost of whoever runs this bot.
settings-checks = Which checks are offered here? A tap turns one on or off.
settings-language = Which language shall I speak here?
settings-country = Whose numbers have no country code here? For a country that isn't among these write <code>/country{ $bot }</code> and its name, such as <code>/country{ $bot } Brazil</code>.
settings-results = Where do results go? Privately is for people who are let in to this bot; what others hand in comes back here.
settings-first_file = Which file of a result comes first here? The other one is a tap away.

button-settings-hand_in = Who may hand in
button-settings-checks = Checks
button-settings-language = Language
button-settings-country = Country
button-settings-results = Where results go
button-settings-first_file = First file

hand-in-admins = administrators of this group
hand-in-invited = everyone who is let in to the bot
hand-in-everyone = everyone in this group
results-here = into this group
results-private = privately to the person
first-file-list = your list with the answers
first-file-raw = the raw file of the service

command-settings = What this group allows
command-check-here = A file with /check{ $bot } as its caption, or numbers behind it
command-people = Who may use this bot
command-groups = The groups that I am in
command-invite = A link that lets somebody in
command-stats = What is used, and what fails
command-checks = Which checks are on offer
command-instances = The instances for single lookups
