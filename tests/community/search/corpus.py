"""Twenty-four documents in five languages, with who may find them."""

from community.search.engine import Document, Kind

PUBLIC, MEMBERS, EXCHANGE = "p", "m", "exchange-7"
GUEST = frozenset({PUBLIC})
MEMBER = frozenset({PUBLIC, MEMBERS})
TAKING_PART = frozenset({PUBLIC, MEMBERS, EXCHANGE})
DAY = 86_400
SYNONYMS = (frozenset({("cro",), ("chief", "resilience", "officer")}), frozenset({("sme",), ("pyme",), ("pymes",)}))


def post(number: int, title: str, body: str, language: str, **told: object) -> Document:
    given: dict[str, object] = {
        "key": f"post-{number}",
        "kind": Kind.POST,
        "group": f"thread-{number}",
        "audiences": frozenset({PUBLIC}),
        "made_at": number * DAY,
        "active_at": (100 - number) * DAY,
        "votes": number % 3,
    } | told
    return Document(titles={language: title}, bodies={language: body}, language=language, **given)  # type: ignore[arg-type]


CORPUS = [
    post(
        1,
        "Stormwater after the ravine floods",
        "We cleaned the culverts twice before the rains.",
        "en",
        tags=(1, 2),
        cities=(5,),
    ),
    post(
        2,
        "Presupuestos participativos",
        "La inundación dejó cinco barrios sin agua. ¿Quién financia la reconstrucción?",
        "es",
        tags=(1,),
    ),
    post(3, "Ônibus elétricos", "A participação dos moradores decidiu a rota dos ônibus.", "pt", cities=(6,)),
    post(4, "Déchets et marchés", "Une œuvre collective au cœur du marché, près des bœufs.", "fr", programmes=(9,)),
    post(5, "إدارة المياه في المدن", "قالت المدينة والمياه لا تنتظر أحدا.", "ar"),
    post(6, "The year 2023 in heat", "In 2023 we counted 41 hot days.", "en", tags=(3,)),
    post(7, "Łódź greens its courtyards", "Ørsted lent us the pumps.", "en"),
    post(
        8,
        "Members only: procurement from SMEs",
        "Our small firms list.",
        "en",
        audiences=frozenset({MEMBERS}),
        tags=(4,),
    ),
    post(
        9,
        "Ravine pact",
        "zanzibarine and other secrets",
        "en",
        audiences=frozenset({EXCHANGE}),
        tags=(77,),
        cities=(5,),
    ),
    post(10, "Five answers", "How do you clean culverts?", "en", group="thread-10"),
    post(11, "Five answers", "Culverts by hand, culverts by pump.", "en", group="thread-10", kind=Kind.ANSWER),
    post(12, "Five answers", "Culverts in winter.", "en", group="thread-10", kind=Kind.ANSWER),
    post(13, "Five answers", "Never culverts.", "en", group="thread-10", kind=Kind.ANSWER),
    post(14, "Saturday market", "Stalls moved uphill.", "en"),
    post(15, "Early warning", "The chief resilience officer calls each ward.", "en"),
    post(16, "Inclusive procurement", "Las pymes del distrito ganan contratos.", "es"),
    post(17, "Shade", "Trees, canopies and cool roofs; resilience in every street.", "en"),
    post(18, "رقم السنة", "في عام ٢٠٢٥ تغيّر كل شيء.", "ar"),
    Document(
        key="session-1",
        kind=Kind.SESSION,
        group="session-1",
        titles={"en": "Cities and their rivers", "es": "Las ciudades y sus ríos", "ar": "المدن وأنهارها"},
        bodies={"en": "A talk.", "es": "Una charla."},
        audiences=frozenset({PUBLIC}),
        language="en",
        names=("Wanjiru Kamau",),
        places=("series-3",),
        programmes=(9,),
        made_at=60 * DAY,
    ),
    *(
        Document(
            key=f"window-{number}",
            kind=Kind.RECORDING,
            group="recording-1",
            titles={"en": "Recorded evening"},
            bodies={"en": text},
            audiences=frozenset({PUBLIC}),
            language="en",
            start=number * 30,
            made_at=61 * DAY,
        )
        for number, text in enumerate(
            ["welcome everybody", "the aquifer was all but empty", "an empty aquifer", "thanks and good night"]
        )
    ),
    post(30, "Zukunft", "Ein Wort in einer anderen Sprache: Hochwasser.", "de", places=("forum-4",)),
]
