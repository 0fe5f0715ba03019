/** What somebody is told of their own registration. */
export const mine = {
  tab: "My registration",
  title: "Your registration",
  private: "This page is opened by your link: do not share it.",
  proofTitle: "Confirm your registration",
  proof:
    "Your seats are held, they are not yours yet. After the delay you can still confirm, while seats are left; else you keep your rank.",
  prove: "I confirm my registration",
  proved: "It is confirmed. A mail with the calendar entry has just left.",
  heldUntil: "held until",
  chance: (stops: number, share: number) =>
    `At ${stops} past stops of this tour, ${Math.round(share * 100)}% of the waiting lists went as far as this rank. It is no promise.`,
  together: "You wait for all of your sessions at once: none will be taken alone.",
  for: "In the name of",
  seats: "Your sessions",
  ticket: {
    title: "Your ticket",
    alt: "QR code of your ticket",
    hint: "Show this code at the door, on this phone or printed. It does not show your name, and stays the same when you change sessions.",
    notYet: "No seat on site is confirmed yet: this ticket will serve once one is.",
    download: "Download the ticket",
  },
  join: "Join online",
  joinLater: "The link to join will be here.",
  ownClock: "On the clock of this device:",
  next: {
    postponed: "A mail will tell you its new date; the one written here no longer holds.",
    requested: "The team of the stop still has to accept it; its answer will come by mail.",
    waiting: (until: string) =>
      `As soon as a seat is freed it is yours, ${until} the session. There is nothing to do: a mail will tell you.`,
  },
  toOnline: "Switch to online",
  toOnSite: "Switch to on site",
  consequence: {
    leavesSeat: "The seat you leave goes to the next person at once.",
    leavesQueue: "You leave the waiting list for a seat on site.",
    fullOnline: "Online is full: you will wait there, at the end of the list.",
    takesSeat: "Seats are left: one is yours at once.",
    fullOnSite: "It is full on site: you will wait, at the end of the list.",
    keepsOnline: "Until then your seat online stays yours.",
    asksAgain: "This is a new request: the team of the stop will have to accept it.",
  },
  change: "Change my registration",
  changeHint: "Sessions you keep keep their rank; a seat you leave goes to the next person.",
  save: "Save the changes",
  stay: "Change nothing",
  saved: "It is changed. A new mail, with the calendar up to date, has just left.",
  stopStatus: {
    postponed: "The stop is postponed",
    cancelled: "The stop is cancelled",
    next: "Your seats are kept. A mail will tell you the new date; the one written here no longer holds.",
  },
  over: "This stop has taken place: there is nothing left to change.",
  calendar: "Add to my calendar",
  cancel: "Cancel my registration",
  cancelTitle: "Cancel your registration?",
  cancelDetail:
    "Your seats go to those who wait, and the calendar entry is withdrawn. To come back you would register again, at the end of the list.",
  cancelConfirm: "Yes, cancel",
  keep: "Keep my registration",
  freeTitle: "Are you giving your seats back?",
  freeDetail:
    "Your calendar answered that you are not coming. Nothing changes until you confirm it here. If you confirm, all of your seats at this stop go to those who wait; to give back only one, keep them and change your registration.",
  freeConfirm: "Yes, give my seats back",
  freeKeep: "No, I am coming",
  freeKept:
    "Nothing has changed: your seats are yours. If your calendar removed the stop, put it back with “Add to my calendar”.",
  cancelledTitle: "Registration cancelled",
  cancelledOn: "Cancelled",
  cancelledDetail:
    "Your seats were given back. A mail says so, and withdraws the entry from your calendar if there was one.",
  again: "Register again",
  stop: "See the stop",
  unknown: {
    title: "This link opens no registration",
    detail:
      "It is a single line, and is in your latest mail: copy it whole. If your registration was erased, register again.",
  },
};
