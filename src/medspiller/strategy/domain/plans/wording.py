"""What is doubtful about a plan that was read, in words: each doubt in bokmål, nynorsk and English."""

from enum import StrEnum


class DoubtCode(StrEnum):
    """The kinds of doubt; what is named in braces in their words comes with each doubt."""

    NOTHING_FOUND = "nothing_found"
    TABLE_NOT_PLAN = "table_not_plan"
    LIST_NOT_READ = "list_not_read"
    NO_HEADER_ROW = "no_header_row"
    NO_TITLE = "no_title"
    NO_PERIOD = "no_period"
    PLAN_GOALS = "plan_goals"
    AREA_WITHOUT_MEASURES = "area_without_measures"
    AREA_TITLES_DIFFER = "area_titles_differ"
    AREA_GUESSED = "area_guessed"
    NO_OWNERS_OR_TIMES = "no_owners_or_times"
    NO_OWNER = "no_owner"
    NO_TIME = "no_time"
    TIME_UNREAD = "time_unread"
    TIME_IMPOSSIBLE = "time_impossible"
    TIME_OUTSIDE = "time_outside"
    SINGLE_YEARS = "single_years"
    ROW_JOINED = "row_joined"
    ROW_WITHOUT_TEXT = "row_without_text"
    OWNERS_PARTED = "owners_parted"
    OWNERS_MAYBE_SEVERAL = "owners_maybe_several"
    OWNERS_ALIKE = "owners_alike"
    TWICE = "twice"
    ONLY_IN_CHAPTER = "only_in_chapter"
    NOTE_MISSING = "note_missing"
    DETAIL_NOT_READ = "detail_not_read"
    SEVERAL_IN_CELL = "several_in_cell"
    AREA_TITLE_TWICE = "area_title_twice"
    AREA_GOES_ON = "area_goes_on"
    AREA_TEXT_CUT = "area_text_cut"


WORDS: dict[DoubtCode, dict[str, str]] = {
    DoubtCode.NOTHING_FOUND: {
        "nb": "Fant verken innsatsområder eller tiltak. En plan har overskrifter som «Innsatsområde 1 …» eller en "
        "tabell med kolonner som «Tiltak», «Ansvarlig» og «Tid».",
        "nn": "Fann korkje innsatsområde eller tiltak. Ein plan har overskrifter som «Innsatsområde 1 …» eller ein "
        "tabell med kolonnar som «Tiltak», «Ansvarleg» og «Tid».",
        "en": "Found neither focus areas nor measures. A plan has headings like “Innsatsområde 1 …” or a table with "
        "columns like “Tiltak”, “Ansvarlig” and “Tid”.",
    },
    DoubtCode.TABLE_NOT_PLAN: {
        "nb": "Tabellen har ingen kolonne for tiltak og er ikke lest. Overskriftene er: {headers}.",
        "nn": "Tabellen har ingen kolonne for tiltak og er ikkje lesen. Overskriftene er: {headers}.",
        "en": "The table has no column for measures and was not read. Its headers are: {headers}.",
    },
    DoubtCode.LIST_NOT_READ: {
        "nb": "Listen er ikke lest, for ingen overskrift sier om den er mål eller tiltak. Den begynner med «{text}».",
        "nn": "Lista er ikkje lesen, for inga overskrift seier om ho er mål eller tiltak. Ho byrjar med «{text}».",
        "en": "The list was not read, as no heading says whether it is goals or measures. It begins with “{text}”.",
    },
    DoubtCode.NO_HEADER_ROW: {
        "nb": "Tabellen har ingen overskriftsrad. Kolonnene er gjettet ut fra innholdet.",
        "nn": "Tabellen har inga overskriftsrad. Kolonnane er gissa ut frå innhaldet.",
        "en": "The table has no header row. Its columns were guessed from what is in them.",
    },
    DoubtCode.NO_TITLE: {
        "nb": "Fant ingen tittel på planen.",
        "nn": "Fann ingen tittel på planen.",
        "en": "Found no title of the plan.",
    },
    DoubtCode.NO_PERIOD: {
        "nb": "Fant ikke hvilke år planen gjelder for.",
        "nn": "Fann ikkje kva år planen gjeld for.",
        "en": "Did not find which years the plan is for.",
    },
    DoubtCode.PLAN_GOALS: {
        "nb": "Mål for hele planen hører ikke til noe innsatsområde og er ikke tatt med ({count}).",
        "nn": "Mål for heile planen høyrer ikkje til noko innsatsområde og er ikkje tekne med ({count}).",
        "en": "Goals of the whole plan belong to no focus area and were left out ({count}).",
    },
    DoubtCode.AREA_WITHOUT_MEASURES: {
        "nb": "Innsatsområdet «{title}» har ingen tiltak.",
        "nn": "Innsatsområdet «{title}» har ingen tiltak.",
        "en": "The focus area “{title}” has no measures.",
    },
    DoubtCode.AREA_TITLES_DIFFER: {
        "nb": "Innsatsområde {number} heter både «{first}» og «{second}». Det er lest som samme område.",
        "nn": "Innsatsområde {number} heiter både «{first}» og «{second}». Det er lese som same område.",
        "en": "Focus area {number} is called both “{first}” and “{second}”. It was read as one area.",
    },
    DoubtCode.AREA_GUESSED: {
        "nb": "Ingen overskrift sier hvilket innsatsområde tiltakene hører til. De er samlet under «{title}».",
        "nn": "Inga overskrift seier kva innsatsområde tiltaka høyrer til. Dei er samla under «{title}».",
        "en": "No heading says which focus area the measures belong to. They were put under “{title}”.",
    },
    DoubtCode.NO_OWNERS_OR_TIMES: {
        "nb": "Ingen av tiltakene i «{title}» har ansvarlig eller tid.",
        "nn": "Ingen av tiltaka i «{title}» har ansvarleg eller tid.",
        "en": "None of the measures in “{title}” has an owner or a time.",
    },
    DoubtCode.NO_OWNER: {
        "nb": "Tiltaket har ingen ansvarlig.",
        "nn": "Tiltaket har ingen ansvarleg.",
        "en": "The measure has no owner.",
    },
    DoubtCode.NO_TIME: {
        "nb": "Tiltaket har ingen tid.",
        "nn": "Tiltaket har inga tid.",
        "en": "The measure has no time.",
    },
    DoubtCode.TIME_UNREAD: {
        "nb": "Forstår ikke tiden «{written}». Den står som merknad.",
        "nn": "Forstår ikkje tida «{written}». Ho står som merknad.",
        "en": "Does not understand the time “{written}”. It is kept as a note.",
    },
    DoubtCode.TIME_IMPOSSIBLE: {
        "nb": "Tiden «{written}» kan ikke være riktig. Årene er ikke satt.",
        "nn": "Tida «{written}» kan ikkje vere rett. Åra er ikkje sette.",
        "en": "The time “{written}” cannot be right. The years were left open.",
    },
    DoubtCode.TIME_OUTSIDE: {
        "nb": "Tiden «{written}» er utenfor planens periode {period}.",
        "nn": "Tida «{written}» er utanfor perioden til planen, {period}.",
        "en": "The time “{written}” is outside the plan's period {period}.",
    },
    DoubtCode.SINGLE_YEARS: {
        "nb": "«{written}» er enkelte år. Tiltaket er satt til {first}–{last}, og årene står som merknad.",
        "nn": "«{written}» er enkelte år. Tiltaket er sett til {first}–{last}, og åra står som merknad.",
        "en": "“{written}” are single years. The measure was set to {first}–{last}, and the years are kept as a note.",
    },
    DoubtCode.ROW_JOINED: {
        "nb": "Raden «{text}» har verken ansvarlig eller tid. Den er lagt til tiltaket over: «{above}».",
        "nn": "Rada «{text}» har korkje ansvarleg eller tid. Ho er lagd til tiltaket over: «{above}».",
        "en": "The row “{text}” has neither owner nor time. It was added to the measure above: “{above}”.",
    },
    DoubtCode.ROW_WITHOUT_TEXT: {
        "nb": "Raden har ingen tekst om tiltaket og er ikke tatt med: {cells}.",
        "nn": "Rada har ingen tekst om tiltaket og er ikkje teken med: {cells}.",
        "en": "The row says nothing about a measure and was left out: {cells}.",
    },
    DoubtCode.OWNERS_PARTED: {
        "nb": "«{written}» er lest som flere ansvarlige: {owners}.",
        "nn": "«{written}» er lese som fleire ansvarlege: {owners}.",
        "en": "“{written}” was read as several owners: {owners}.",
    },
    DoubtCode.OWNERS_MAYBE_SEVERAL: {
        "nb": "«{written}» er lest som én ansvarlig, men kan være flere.",
        "nn": "«{written}» er lese som éin ansvarleg, men kan vere fleire.",
        "en": "“{written}” was read as one owner, but may be several.",
    },
    DoubtCode.OWNERS_ALIKE: {
        "nb": "De ansvarlige «{first}» og «{second}» kan være den samme. Begge er beholdt slik de er skrevet.",
        "nn": "Dei ansvarlege «{first}» og «{second}» kan vere den same. Begge er haldne slik dei er skrivne.",
        "en": "The owners “{first}” and “{second}” may be the same. Both are kept as written.",
    },
    DoubtCode.TWICE: {
        "nb": "Tiltaket «{text}» står to ganger i samme innsatsområde.",
        "nn": "Tiltaket «{text}» står to gonger i same innsatsområde.",
        "en": "The measure “{text}” appears twice in one focus area.",
    },
    DoubtCode.ONLY_IN_CHAPTER: {
        "nb": "Tiltaket «{text}» står i kapittelet, men ikke i listen med ansvarlige.",
        "nn": "Tiltaket «{text}» står i kapittelet, men ikkje i lista med ansvarlege.",
        "en": "The measure “{text}” is in the chapter, but not in the list with owners.",
    },
    DoubtCode.NOTE_MISSING: {
        "nb": "Fant ikke fotnote {mark}.",
        "nn": "Fann ikkje fotnote {mark}.",
        "en": "Did not find footnote {mark}.",
    },
    DoubtCode.DETAIL_NOT_READ: {
        "nb": "Raden hører ikke til noe tiltak, eller sier mer enn den kan. Se om noe mangler: {cells}.",
        "nn": "Rada høyrer ikkje til noko tiltak, eller seier meir enn ho kan. Sjå om noko manglar: {cells}.",
        "en": "The row belongs to no measure, or says more than it can. See whether something is missing: {cells}.",
    },
    DoubtCode.SEVERAL_IN_CELL: {
        "nb": "Cellen kan ha {count} tiltak. Den er lest som ett. Det andre begynner med «{text}».",
        "nn": "Cella kan ha {count} tiltak. Ho er lesen som eitt. Det andre byrjar med «{text}».",
        "en": "The cell may hold {count} measures. It was read as one. The second begins with “{text}”.",
    },
    DoubtCode.AREA_TITLE_TWICE: {
        "nb": "To innsatsområder heter «{title}». Det andre står her: {other}. Begge er beholdt. Er de ett, kan du "
        "flytte tiltakene til det ene og utelate det andre.",
        "nn": "To innsatsområde heiter «{title}». Det andre står her: {other}. Begge er haldne. Er dei eitt, kan du "
        "flytte tiltaka til det eine og utelate det andre.",
        "en": "Two focus areas are called “{title}”. The other one is here: {other}. Both are kept. If they are one, "
        "move the measures to one of them and leave out the other.",
    },
    DoubtCode.AREA_GOES_ON: {
        "nb": "«{title}» er overskrift to ganger, også her: {other}. Det er lest som ett innsatsområde som fortsetter.",
        "nn": "«{title}» er overskrift to gonger, også her: {other}. Det er lese som eitt innsatsområde som held fram.",
        "en": "“{title}” is a heading twice, also here: {other}. It was read as one focus area that goes on.",
    },
    DoubtCode.AREA_TEXT_CUT: {
        "nb": "Omtalen av «{title}» er lenger enn det er plass til. Bare begynnelsen er tatt med.",
        "nn": "Omtalen av «{title}» er lengre enn det er plass til. Berre byrjinga er teken med.",
        "en": "The description of “{title}” is longer than there is room for. Only its beginning was kept.",
    },
}
