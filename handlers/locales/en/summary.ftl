# What a result amounts to: the lines below the file, its picture, the buttons of its groups.
# A check without words of its own takes those of its scale: days since last online, or words.

# The rows of the picture.
bucket-days-day = Within a day
bucket-days-week = 2–7 days ago
bucket-days-month = 8–30 days ago
bucket-days-older = More than 30 days ago
bucket-words-yes = Yes
bucket-words-yes_with = Yes, with details
bucket-words-yes_without = Yes, without details
bucket-words-no = No
bucket-words-unknown = Unknown
bucket-tg_active-day = Online within a day
bucket-tg_active-week = Online 2–7 days ago
bucket-tg_active-month = Online 8–30 days ago
bucket-tg_active-older = Online more than 30 days ago
bucket-wa_detail-yes = WhatsApp
bucket-wa_detail-yes_with = WhatsApp, with a status text
bucket-wa_detail-yes_without = WhatsApp, no status text
bucket-wa_detail-no = No WhatsApp
bucket-active_check-yes = Active
bucket-active_check-no = Inactive
bucket-band-yes = Has Band
bucket-band-no = No Band
bucket-others = Other answers
bucket-missing = Not in the service’s file

# The parts of the line below the file: 1,310 seen within a day (64%) · 402 seen 2–7 days ago (20%)
said-days-day = { $numbers } seen within a day ({ $share })
said-days-week = { $numbers } seen 2–7 days ago ({ $share })
said-days-month = { $numbers } seen 8–30 days ago ({ $share })
said-days-older = { $numbers } seen more than 30 days ago ({ $share })
said-words-yes = { $numbers } yes ({ $share })
said-words-yes_with = { $numbers } yes, with details ({ $share })
said-words-yes_without = { $numbers } yes, without details ({ $share })
said-words-no = { $numbers } no ({ $share })
said-words-unknown = { $numbers } unknown ({ $share })
said-wa_detail-yes = { $numbers } with WhatsApp ({ $share })
said-wa_detail-yes_with = { $numbers } with WhatsApp and a status text ({ $share })
said-wa_detail-yes_without = { $numbers } with WhatsApp, no status text ({ $share })
said-wa_detail-no = { $numbers } without WhatsApp ({ $share })
said-active_check-yes = { $numbers } active ({ $share })
said-active_check-no = { $numbers } inactive ({ $share })
said-band-yes = { $numbers } with Band ({ $share })
said-band-no = { $numbers } without Band ({ $share })
said-word = { $numbers } “{ $word }” ({ $share })
said-others = { $numbers } with other answers ({ $share })
said-missing = { $numbers ->
    [one] { $numbers } number the service did not return
   *[other] { $numbers } numbers the service did not return
} ({ $share })
said-foreign = { $numbers ->
    [one] { $numbers } number in the file was not in your list
   *[other] { $numbers } numbers in the file were not in your list
}

# Around the bars of the picture.
chart-subtitle = { $check } · { $numbers ->
    [one] { $numbers } number
   *[other] { $numbers } numbers
}
chart-subtitle-day = { $check } · { $date } · { $numbers ->
    [one] { $numbers } number
   *[other] { $numbers } numbers
}
chart-footer = A full bar stands for the whole list.
chart-footer-known = { $known } of them from memory, the oldest answer of { $date }. A full bar stands for the whole list.

# Buttons: only the numbers of one group.
group-days-yes = Seen within a week
group-days-no = Seen longer ago
group-words-yes = Yes
group-words-no = No
group-words-unknown = Unknown
group-wa_detail-yes = With WhatsApp
group-wa_detail-no = Without WhatsApp
group-active_check-yes = Only active
group-active_check-no = Only inactive
group-band-yes = Band: yes
group-band-no = Band: no
group-band-unknown = Unknown or other
group-button = { $group } · { $numbers }
