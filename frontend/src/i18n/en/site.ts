import type { Messages } from "../messages.ts";

export const site: Messages["site"] = {
  missing: "Not stated: it is for whoever runs this site to say it here.",
  contact: {
    title: "Contact",
    fictitious: "This address is invented: this site is a demonstration.",
    email: "E-mail",
    telephone: "Telephone",
    lost: "Did you lose the link of your registration?",
    elsewhere: "What people often look for",
    aboutCall: "A question about a call: its page says whom to ask",
    aboutData: "Your data: who holds them, and how to have them erased",
    aboutBarrier: "An accessibility barrier",
  },
  legal: {
    title: "Legal notice",
    lead: (name) => `Who publishes ${name}, who answers for it and who hosts it.`,
    fictitious:
      "This site is a demonstration: its publisher is invented, and what is missing below really is.",
    publisher: "Publisher",
    director: "Responsible for what is published",
    host: "Host",
    rest: "Contents, data and software",
    figures: "Every figure carries its source, which remains its author’s.",
    privacy: "What becomes of your data",
    software:
      "This site is made with Étape, free software under the MIT licence. It sets no tracker and loads nothing from another site.",
  },
  accessibility: {
    title: "Accessibility",
    lead: "Whatever these pages allow should be possible for everybody. This is what is checked, and what is not.",
    conformity: "Conformity",
    notAudited:
      "This site was not audited: no level of conformity with the RGAA, the French rules, is declared. Automatic tests do not replace an audit.",
    levels: {
      full: "This site conforms fully, according to this audit.",
      partial: "This site conforms in part, according to this audit.",
      none: "This site does not conform, according to this audit.",
    },
    gaps: "What is not accessible",
    checked: {
      title: "What is checked",
      lead: "At each version of the software, in a real browser (Chromium), on the public pages of the demonstration:",
      items: [
        "the automatic rules of axe for WCAG 2.2, levels A and AA, and the RGAA 4: in French on a phone in the dark theme, in English on a laptop in the light one;",
        "one main heading, and the language of the page declared;",
        "nothing runs over the side at 320 pixels wide, which a zoom of 400 % gives;",
        "by keyboard alone: finding a call as far as its application link, registering for a stop, reading a figure of a budget and its source, and the command palette;",
        "when the page changes, the focus goes to the heading and the page is announced;",
        "with colours that the system imposes, the focus and the chosen option remain visible.",
      ],
    },
    unchecked: {
      title: "What is not checked",
      items: [
        "No screen reader, no braille display, no voice control was tried.",
        "No disabled person has tested these pages.",
        "Neither Firefox nor Safari is in the automatic tests.",
        "Documents, videos and sites that these pages lead to come from their authors.",
        "The pages of the team pass only some of these tests.",
      ],
    },
    report: {
      title: "Tell of a barrier",
      lead: "Say the page, what you wanted to do and what kept you from it, with the device or the software that you use.",
    },
  },
};
