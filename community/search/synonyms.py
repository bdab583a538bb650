"""Words that mean the same: those the house knows, and what editors add."""

from collections.abc import Iterable

from community.search.models import Synonym
from community.search.words import Synonyms, words_in

KNOWN = (
    "CRO, chief resilience officer, oficial de resiliencia, diretor de resiliência, responsable de la résilience",
    "DRR, RRD, disaster risk reduction, reducción del riesgo de desastres, redução do risco de desastres, "
    "réduction des risques de catastrophe",
    "GHG, GEI, greenhouse gas, gases de efecto invernadero, gases de efeito estufa, gaz à effet de serre",
    "SME, PYME, PME, pymes, small firms, small and medium enterprises",
    "NbS, SbN, nature based solutions, soluciones basadas en la naturaleza, soluções baseadas na natureza",
    "EWS, early warning, alerta temprana, alerta precoce, alerte précoce, الإنذار المبكر",
)


def synonyms() -> Synonyms:
    """Those the house knows, and what editors have added."""
    return synonyms_with(Synonym.objects.values_list("words", flat=True))


def synonyms_with(lines: Iterable[str]) -> Synonyms:
    """Params: lines, of the editors' table."""
    return tuple(group_of(line) for line in (*KNOWN, *lines))


def group_of(line: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words for part in line.split(",") if (words := tuple(words_in(part))))
