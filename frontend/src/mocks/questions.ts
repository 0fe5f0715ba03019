/** Questions about a call: one whose answer changed, one whose answer is over, and enough for them to be searched. */
import type { components } from "../api/generated/schema.ts";
import { day, words } from "./parts.ts";

type Question = components["schemas"]["QuestionRead"];

function answer(fr: string, en: string) {
  return {
    answer: words(fr, en),
    answered: null,
    rulebook: null,
    source: null,
    until: null,
    reason: null,
  };
}

function practical(what: string): Question {
  return {
    slug: what,
    question: words(`Et les ${what} ?`),
    ...answer("Voyez l’accueil.", "Ask at the desk."),
    earlier: [],
    valid: true,
  };
}

export function createQuestions(now: Date): Question[] {
  return [
    {
      slug: "venir-seul",
      question: words("Peut-on venir seul ?", "Can one come alone?"),
      ...answer("Non, à deux au moins.", "No, two at least."),
      rulebook: words("règlement, version 2", "rules, version 2"),
      earlier: [
        {
          ...answer("Oui.", "Yes."),
          until: { on: day(now, -9), precision: "day" },
          reason: words("La version 2 veut une équipe.", "Version 2 wants a team."),
        },
      ],
      valid: true,
    },
    {
      slug: "papier",
      question: words("Peut-on écrire sur papier ?", "May one write on paper?"),
      ...answer("Oui.", "Yes."),
      until: { on: day(now, -9), precision: "day" },
      earlier: [],
      valid: false,
    },
    ...["heures", "repas", "clefs", "bruit"].map(practical),
  ];
}
