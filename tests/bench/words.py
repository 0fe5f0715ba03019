"""The words that invented calls are made of; a long tail of names comes from their combinations."""

ACTS = (
    ("Déployer", "le déploiement"),
    ("Évaluer", "l’évaluation"),
    ("Expérimenter", "l’expérimentation"),
    ("Généraliser", "la généralisation"),
    ("Concevoir", "la conception"),
    ("Sécuriser", "la sécurisation"),
    ("Financer", "le financement"),
    ("Accompagner", "l’accompagnement"),
    ("Soutenir", "le soutien"),
    ("Mutualiser", "la mutualisation"),
)
THINGS = (
    "la télésurveillance des maladies chroniques",
    "la téléconsultation en maison de santé",
    "la téléexpertise en dermatologie",
    "les entrepôts de données de santé",
    "les dispositifs médicaux numériques",
    "l’imagerie médicale assistée par intelligence artificielle",
    "la cybersécurité des hôpitaux",
    "la formation des soignants au numérique",
    "la prévention des chutes des personnes âgées",
    "le suivi à domicile après une chirurgie",
    "la santé mentale des jeunes",
    "l’accessibilité des logiciels médicaux",
    "la coordination entre la ville et l’hôpital",
    "les tiers-lieux d’expérimentation",
    "le dossier patient partagé",
    "la pharmacie clinique à distance",
    "la rééducation par la réalité virtuelle",
    "l’aide à la décision aux urgences",
    "la recherche clinique décentralisée",
    "les jumeaux numériques du cœur",
    "la médecine de proximité en montagne",
    "les cabines de télésanté en zone rurale",
    "le dépistage du diabète en pharmacie",
    "la transition énergétique des hôpitaux",
    "l’inclusion numérique des patients",
    "les capteurs portés pour l’insuffisance cardiaque",
    "la robotique chirurgicale",
    "le jeu sérieux pour l’éducation thérapeutique",
    "l’interopérabilité des systèmes d’information",
    "les biomarqueurs numériques de la maladie d’Alzheimer",
)
PEOPLE = (
    "les établissements de santé",
    "les équipes de soins primaires",
    "les jeunes entreprises innovantes",
    "les laboratoires publics",
    "les collectivités",
    "les associations de patients",
    "les organismes de formation",
    "les centres hospitaliers universitaires",
    "les résidences pour personnes âgées",
    "les communautés professionnelles territoriales",
)
PLACES = (
    *("Bretagne", "Normandie", "Occitanie", "Grand Est", "Corse", "Guadeloupe", "Martinique"),
    *("Hauts-de-France", "Nouvelle-Aquitaine", "Pays de la Loire", "Centre-Val de Loire"),
    *("La Réunion", "Mayotte", "Guyane", "Île-de-France", "Bourgogne-Franche-Comté"),
)
SAINTS = (
    *("Aubin", "Brice", "Cyr", "Denis", "Étienne", "Fiacre", "Germain", "Hilaire", "Jacut"),
    *("Léger", "Malo", "Nazaire", "Omer", "Pierre", "Quentin", "Romain", "Savin", "Thibault"),
    *("Urcize", "Vaast", "Yrieix", "Bauzille", "Cernin", "Dizier", "Eusèbe", "Flour", "Gaudens"),
)
RIVERS = (
    *("Allier", "Aisne", "Baïse", "Charente", "Dordogne", "Eure", "Ferrière", "Garonne", "Hérault"),
    *("Isère", "Jouanne", "Loire", "Mayenne", "Nivelle", "Oise", "Plaine", "Rance", "Sarthe"),
    *("Touques", "Ubaye", "Vilaine", "Yonne", "Creuse", "Drôme", "Indre", "Lot", "Meuse"),
)
SYLLABLES = (
    *("al", "bé", "cor", "da", "em", "fi", "gan", "hé", "io", "ka", "lu", "mé", "nor", "o"),
    *("pri", "qua", "ré", "si", "tha", "u", "va", "xi", "ys", "zé", "bri", "clé", "dra", "fa"),
)
REGIONS = ("11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94", "04")
THEMES = ("telesante", "donnees-de-sante", "formation", "prevention", "imagerie", "innovation")
LISTS = ("funds", "excludes", "costs", "conditions")
TRANSLATED = 0.25
"""The share of calls that somebody described in English too."""

NAME = "{verb} {thing} en {place} : {project}"
PROMISES = (
    "Aider {people} à réussir, ensemble, {act} de leurs projets.",
    "Un coup de pouce pour {thing}, avec {people} du territoire.",
    "De l’idée au premier patient : {thing} à l’épreuve du terrain.",
    "Faire travailler ensemble {people} et {others} autour d’un même outil.",
)
DESCRIPTIONS = (
    """À {town}, {people} attendent encore que {thing} entre dans la pratique de tous les jours.
    L’appel {project} finance {act}, de la première réunion au bilan, et laisse aux équipes le
    choix de leurs outils pourvu qu’ils se parlent.""",
    """Trop d’essais s’arrêtent quand l’argent manque. {project} prend le relais en {place} : il
    paie {act} et demande que {thing} serve à {people} bien au-delà du service pilote.""",
    """Le comité de {town} a retenu une priorité : {thing}. Sont attendus des dossiers courts,
    portés par {people} avec {others}, qui disent ce qui changera pour les malades et comment on
    le saura.""",
)
STATEMENTS = (
    "Les salaires des personnes embauchées pour {act}, à hauteur de {percent} %.",
    "L’achat ou la location du matériel nécessaire pour {thing}.",
    "Les études menées avec {people}, publiées que le résultat soit bon ou mauvais.",
    "L’hébergement certifié des données pendant {months} mois.",
    "La formation de {count} professionnels au moins, à {town} ou à distance.",
    "Un partenariat signé entre {people} et {others}.",
    "Une implantation en {place} depuis {months} mois au moins.",
    "Le temps des patients qui relisent le projet {project}.",
    "Les déplacements entre {town} et {other_town}.",
    "Le conseil juridique et réglementaire, marquage CE compris.",
    "Un minimum de {count} patients suivis la deuxième année.",
    "La reprise d’un logiciel existant quand il est ouvert et documenté.",
)
QUESTIONS = (
    (
        "Peut-on déposer avec {others} ?",
        "Oui, à condition que {people} portent le dossier et reçoivent l’essentiel de l’aide.",
    ),
    (
        "Le projet {project} peut-il commencer avant la réponse ?",
        "Il le peut, aux risques de celui qui dépose : les dépenses d’avant ne sont pas reprises.",
    ),
    (
        "Que se passe-t-il si {thing} prend du retard ?",
        "Un report de {months} mois s’accorde sur simple lettre motivée ; au-delà, on en parle.",
    ),
    (
        "Faut-il un numéro SIRET à {town} ?",
        "Non. Une adresse en {place} suffit, ou un partenaire qui en a une.",
    ),
)
ENGLISH = (
    "This call supports projects on the ground, from the first meeting with patients to the final "
    "report, and pays {percent} % of what they spend over {months} months."
)

QUERIES = (
    "télésurveillance",
    "telesurveillance",
    "entrepôt de données",
    "entrepots de donnees de sante",
    "EDS",
    "hopital cybersecurite",
    "formation soignants",
    "experimentaton",
    "intelligence artificielle imagerie",
    "téléconsul",
    "prévention chutes personnes agées",
    "DM numérique",
    "appel à projets Bretagne",
    "tiers-lieux",
    "santé mentale des jeunes",
    '"maladies chroniques"',
    "pharmacie clinique a distance",
    "robotique",
    "insuffisance cardiaqe capteurs",
    "Saint-Malo sur Rance",
    "transition énergétique",
    "alzheimer biomarqueurs",
    "AMI réalité virtuelle",
    "aide à la décision urgences",
)
"""What people type: with accents or none, unfinished, misspelt, in acronyms, in quotes."""

FILTERS = (
    "",
    "&status=open",
    "&region=53",
    "&applicant=health_facility&applicant=university",
    "&theme=telesante&status=open&status=announced",
    "&sort=closes",
)
BEGINNINGS = ("tél", "entrep", "cyber", "formation des s", "déployer la", "robot", "sant", "étape")
