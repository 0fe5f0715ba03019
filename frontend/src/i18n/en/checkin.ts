import type { CheckinWords } from "../fr/checkin.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const checkin: CheckinWords = {
  name: "Check-in",
  tab: (stop) => `Check-in, ${stop}`,
  fictitious: "Demonstration: fictitious stop",
  stops: {
    title: "Check-in at the door",
    lead: "Open the door’s QR code, which the stop’s team prepared: it leads here.",
    kept: "Stops ready on this device",
  },
  loading: "One moment…",
  refused: {
    title: "This device is not at the door yet",
    detail:
      "Open the door’s QR code of the day with the camera, or sign in if you are of the team.",
    signIn: "Sign in",
  },
  unknownStop: {
    title: "Unknown stop",
    detail: "There is no stop at this address. Open the door’s QR code again.",
  },
  away: {
    title: "No network, and no list yet",
    detail:
      "This device never received the list of this stop. Open this page once with a network: then it does without.",
  },
  retry: "Try again",
  online: "Online",
  offline: "Offline",
  pending: (count) =>
    plural(count, { one: "# scan kept here, to send", other: "# scans kept here, to send" }),
  allSent: "Everything is sent",
  listed: (time) => `List of ${time}`,
  door: "Door",
  doorOfStop: "Door of the stop",
  device: "Name of this device",
  deviceHint: "It is written beside each entry: “North door”.",
  code: "Code of the ticket, or name of the person",
  codeHint: "A hand scanner writes here. A name is looked up with a network.",
  check: "Check in",
  camera: {
    start: "Read with the camera",
    stop: "Stop the camera",
    aim: "Frame the QR code of the ticket.",
    refused:
      "The camera is refused or missing. Allow it in the browser’s settings, or type the name.",
  },
  outcome: {
    admitted: "Welcome",
    already_in: "Already in",
    waiting: "Waiting",
    no_seat: "No seat at this door",
    cancelled: "Registration cancelled",
    another_stop: "Ticket of another stop",
    unknown: "Unknown ticket",
    unlisted: "Valid ticket",
    unverified: "Ticket to be checked",
  },
  outcomeDetail: {
    admitted: "May go in.",
    already_in: "This ticket went in before: check whose it is.",
    waiting: "Here at the door: their rank counts when the chairs of those absent are given.",
    no_seat: "Registered, but not on site at this door.",
    cancelled: "This ticket is good no more. Offer a new registration.",
    another_stop: "This ticket is for another stop.",
    unknown: "This code is no ticket of this stop.",
    unlisted: "Signed by us, registered since the list came: may go in.",
    unverified: "Kept here; the network will tell whether it is valid.",
  },
  first: (time, device) =>
    device === null ? `First entry at ${time}.` : `First entry at ${time}, ${device}.`,
  kept: "Kept on this device",
  seatStatus: {
    confirmed: "seat confirmed",
    waiting: "waiting",
    requested: "request to be accepted",
    held: "seat held",
    cancelled: "cancelled",
  },
  seatMode: { on_site: "on site", online: "online" },
  search: {
    title: "People found",
    none: "Nobody of that name is registered at this stop.",
    away: "Looking up a name needs a network. Read the ticket, or write the name down.",
    cancelled: "registration cancelled",
  },
  arrivals: {
    title: "Arrivals",
    people: (count) => plural(count, { one: "# person went in", other: "# people went in" }),
    arrived: (count, total) => `On site: ${count} of ${total}`,
    online: (count, total) => `Online: ${count} of ${total}`,
    waiting: (count) => `Waiting at the door: ${count}`,
    flow: "Entries by five minutes",
    doubles: "Double entries",
    double: (name, first, again) => `${name}: ${first}, then ${again}`,
    somebody: "A ticket",
    at: (time, device) => (device === null ? time : `${time} (${device})`),
    none: "Nobody went in yet.",
    away: "The arrivals of every device are read with a network.",
  },
  release: {
    act: "Give the chairs of those absent",
    hold: "First send the scans kept here, and those of the other devices.",
    given: (names) => `A chair for: ${names}.`,
    none: "No chair changed hands.",
    left: (count) => plural(count, { one: "# person still waits.", other: "# people still wait." }),
  },
  pass: {
    title: "Add a device",
    lead: "This code opens the door of this stop, today only, on the device that reads it.",
    act: "Show the door’s QR code",
    alt: "The door’s QR code",
    team: "The team of the stop may show it, a device of the door may not.",
  },
  join: {
    tab: "Join a session",
    act: "Join the session",
    hint: "By joining it you are counted as present. Nothing else is noted.",
    from: (time) => `The session opens at ${time}.`,
    unknown: "This link opens no session",
    unknownDetail: "It is a single line, in your letter or your calendar: copy the whole of it.",
    stop: "See the stop",
  },
};
