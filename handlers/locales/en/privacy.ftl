# /privacy, /export and /forget.

privacy =
    <b>What I keep, and for how long</b>

    <b>Your lists.</b> The numbers and what you pasted are encrypted. Numbers are erased a day after their check has ended, pasted texts after a week, at once when you discard a list. Your files stay with Telegram; I fetch them when I need them. Of numbers that you never want checked I keep fingerprints, from which none can be read, until you take that back.

    <b>Results.</b> My copy is encrypted and erased a day after it was delivered. What can't be delivered, or waits for a decision, is erased after 30 days. The file in this chat is yours. { $remembered }

    <b>Single numbers.</b> Your question is erased after a day. What the service said is remembered for 7 to 30 days under a fingerprint, so that nothing is asked twice; it doesn't say who asked.

    <b>You.</b> Your Telegram id, name and language, the names of your lists and how their checks ended, what you were let in to, and how much you checked, until you say /forget. Which numbers of a range you asked about is noted for a week under a fingerprint, after /forget too, so that nobody searches through ranges here.

    <b>Others.</b> The numbers go to the service whose check you start. Messages and files go through Telegram. Logs hold no numbers.

    /export gives you everything that is stored about you. /forget erases it.
privacy-remembered =
    Clear answers are remembered for up to { $days ->
        [one] { $days } day
       *[other] { $days } days
    } under fingerprints of the numbers, for you, or for the group that got the result, so that nothing is paid for twice. No number can be read from its fingerprint. A few of a list's fingerprints are kept for a year, to find lists that have much in common.
export-caption = Everything that is stored about you, as JSON. Digests and ids are the database's own.
export-too-much = That is more than fits into one file here. Please ask the bot's owner for a copy.
forget-ask = <b>Erase everything about you?</b> Your lists, results, remembered answers, never-check list, lookups and settings here go at once, and can't be brought back. What stands in this chat stays; you can delete it in Telegram.
forget-running = { $checks ->
    [one] One check is at work. I let it go: its money is spent, and its result won't come.
   *[other] { $checks } checks are at work. I let them go: their money is spent, and their results won't come.
}
forget-access = To use this bot again you will have to be let in again.
forget-done = Everything that was stored about you is erased.
forget-kept = Nothing was erased.
button-forget = Erase everything
button-keep = Keep it
