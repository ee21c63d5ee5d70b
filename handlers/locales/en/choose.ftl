# The page between choosing a check and starting it.

choose-head = 📄 <b>{ $title }</b> · { $check }
choose-about = <i>{ $about }</i>
choose-count = { $numbers ->
    [one] 1 number goes to the service.
   *[other] { $numbers } numbers go to the service.
}
choose-cost = Price: { $cost }
choose-balance = Balance of the account: { $balance }
choose-minimum = Smallest list the service takes: { $minimum }
choose-again = ⚠️ This same list had this check on { $date } already.
choose-too_few = ⚠️ The service takes this check from { $minimum } numbers on, and this list has { $numbers }. Choose another check, or send a longer list.
choose-too_large = ⚠️ The service takes at most { $maximum } numbers for this check. Please split the list.
choose-too-poor = ⚠️ The balance may not be enough. If the service refuses, nothing is spent.
choose-unavailable = This check isn't available at the moment: the service doesn't accept this bot's key. Whoever runs the bot has been told. Your list stays.

button-start = Start
