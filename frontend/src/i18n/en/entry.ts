import type { Messages } from "../messages.ts";
import { pluralOf } from "../plural.ts";

const plural = pluralOf("en");

export const entry: Messages["team"]["entry"] = {
  signIn: {
    title: "Sign in",
    lead: "The space of the team. No password: a passkey, or a code by mail.",
    passkey: "Sign in with a passkey",
    passkeyHint: "Your fingerprint, your face or your device’s code. Nothing to type.",
    byMail: "By mail",
    email: "E-mail address",
    emailHint: "The one that the team knows.",
    ask: "Send me a code",
    elsewhere: "By identity provider",
    provider: (name) => `Sign in with ${name}`,
    notMember: "Not of the team yet? A coordinator can invite you.",
  },
  code: {
    title: "Your code",
    sent: (email) => `If ${email} is the address of a member of the team, a code is on its way.`,
    until: (hour) => `It serves once, in this browser, until ${hour}.`,
    label: "Code received",
    hint: "Eight characters. Spaces and capitals do not matter.",
    submit: "Sign me in",
    again: "Ask for another code",
    empty: "Type the code of the mail.",
  },
  link: {
    title: "Sign in by this link",
    lead: "The link of your mail signs this browser in, once.",
    submit: "Sign me in",
    other: "Sign in another way",
  },
  second: {
    title: "Confirm that it is you",
    lead: "Your address is proved. Your second factor remains.",
    passkey: "Use my passkey",
    app: "Code of the authenticator app",
    appHint: "Six digits, which change every thirty seconds.",
    appEmpty: "Type the six digits of the app.",
    confirm: "Confirm",
    recovery: "I lost my app: use a recovery code",
    recoveryLabel: "Recovery code",
    recoveryHint: "One of the ten codes kept when you enrolled. It serves once.",
    recoverySubmit: "Use this code",
    recoveryEmpty: "Type one of your recovery codes.",
    lost: "Everything is lost? A coordinator can reset your access.",
    leave: "Give up signing in",
  },
  fresh: {
    title: "Confirm that it is you",
    lead: "This act is important. Show your second factor: it then goes on, and nothing is asked of you again for ten minutes.",
  },
  refused: {
    title: "Signing in did not work",
    codes: {
      "sign-in-not-begun":
        "It did not begin in this browser, was already used, or took too long. Start again from here.",
      "provider-declined":
        "The identity provider did not confirm who you are. Start again, or sign in by mail.",
      "provider-unreachable":
        "The identity provider does not answer. Try again in a moment, or sign in by mail.",
      "provider-not-believed":
        "The identity provider’s answer could not be verified. Sign in by mail and tell a coordinator.",
      "address-not-proved":
        "The identity provider does not vouch for your address. Sign in by mail.",
      "not-of-the-team":
        "The address of this account is not that of a member of the team. Ask for an invitation, or choose another account.",
      "another-account":
        "Another account of the identity provider is already linked to your address. A coordinator can unlink it.",
    },
    other: "Start again, or sign in another way.",
  },
  passkey: {
    unsupported: {
      title: "This browser cannot use passkeys",
      detail: "Update it, or use mail and an authenticator app.",
    },
    cancelled: {
      title: "Nothing was confirmed",
      detail:
        "The device showed no passkey, or the request waited too long. Try again when you like.",
    },
    known: {
      title: "This device already has a passkey of yours",
      detail: "It is enough: you can use it right now.",
    },
    failed: {
      title: "The passkey could not be used",
      detail:
        "The device or the browser refused it. Check that this page’s address is really this site’s, then try again.",
    },
  },
  welcome: {
    title: "Welcome",
    hello: (name) => `Welcome, ${name}`,
    first: "You are the first to come in: you will coordinate the team, and can invite the others.",
    invitation: "You are invited to join the team of this site.",
    recovery: "A coordinator lets you in again. You will enrol a new second factor.",
    unknown: "This invitation opens nothing",
    toSignIn: "Go to the sign-in page",
    name: "First and last name",
    email: "Work e-mail address",
    emailHint: "Sign-in codes will be sent there.",
    language: "Language of our mails",
    languages: { fr: "Français", en: "English" },
    roles: "Roles",
    address: "E-mail address",
    accept: { first: "Begin", invitation: "Join the team", recovery: "Go on" },
    next: "Next, you will choose how to confirm that it is you.",
  },
  enrol: {
    title: "Protect your access",
    lead: "Your mail is not enough: choose what you will show to come in.",
    passkey: "A passkey",
    passkeyLead:
      "It stays in your device and opens by your fingerprint, your face or its code. It is the simplest, and the safest.",
    name: "Name of this passkey",
    nameHint: "To tell it from your others.",
    nameEmpty: "Give this passkey a name.",
    create: "Create a passkey",
    app: "An authenticator app",
    appLead: "Where the computer blocks passkeys: a code of six digits, read on your phone.",
    start: "Use an app",
  },
  app: {
    scan: "Scan this picture with the app of your phone.",
    picture: "QR code for the authenticator app to scan",
    typed: "Or type this key in it:",
    code: "Then, the code that it shows",
    confirm: "Confirm the app",
  },
  recovery: {
    title: "Your recovery codes",
    lead: "If you lose your phone, each opens your access once. They will never be shown again: keep them now, in a safe place.",
    copy: "Copy",
    copied: "Copied.",
    byHand: "The codes, to be copied",
    print: "Print",
    done: "They are safe, go on",
    left: (count) => plural(count, { one: "# code left", other: "# codes left" }),
  },
  roles: {
    coordinator: "Coordination",
    funding_editor: "Writing of calls",
    stop_organiser: (stop) => `Organisation: ${stop}`,
    host: (stop) => `Welcome desk: ${stop}`,
  },
};
