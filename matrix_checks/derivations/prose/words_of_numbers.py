"""Words that say of arrays that they are numbers, or arrays again; another language is added to the tables."""

import re

# "As for numbers" says that arrays are treated like numbers: that may be a mistake.
FOR_NUMBERS = re.compile(
    r"(?<!\bas )(?<!\blike )(?<!\bthan )\b(?:for|if all are|if everything is)\s+"
    r"(?:(?:ordinary|plain|real|single|just|simple|usual)\s+)?(?:numbers|scalars)\b"
    r"|(?<!\bas )(?<!\blike )\bin the (?:scalar case|case of (?:numbers|scalars))\b",
    re.IGNORECASE,
)
# A number that stands in a formula of its own.
NUMBER = re.compile(r"\s*\d+(?:[.,]\d+)?\s*")
# An example is changed in words: "if the first entry is increased by one", "erhöht man die 3 um eins".
CHANGES_EXAMPLE = re.compile(
    r"(?i)\b(?:increas\w+|rais(?:e[sd]?|ing)|bump\w*|nudg\w+|perturb\w*|wiggl\w+|chang(?:e[sd]?|ing)|erhöh\w*|vergrößer\w*|änder\w*|ändert|verschieb\w*|augment\w*|modifi\w*|perturb\w*|"
    r"aument\w*|increment\w*|cambi\w*|variando|alter[ao]\w*|mud[aoe]\w*|увелич\w*|уменьш\w*|измени\w*|замен\w*|zwiększ\w*|zmniejsz\w*|zmieni\w*|podnie\w*|збільш\w*|зміни\w*|"
    r"decreas\w+|reduc\w+|lower(?:ed|ing)?|replac\w+|verringer\w*|verkleiner\w*|ersetz\w*|diminu\w*|remplac\w*|reempl\w*|sostitu\w*|zvětš\w*|zväčš\w*|zmenš\w*|změn\w*|zmen\w*|zvýš\w*|"
    r"verhoo?g\w*|vergroo?t\w*|veranderen?|verander\w*|verkleinen?|artır\w*|arttır\w*|değiştir\w*|azalt\w*|növel\w*|változtat\w*|csökkent\w*|kasvat\w*|muut\w*|"
    r"öka[rst]?|ökning|ändra[rst]?|øke[rst]?|øge[rst]?|endre[rst]?|ændre[rst]?|măr[ie]\w*|cresc\w*|schimb\w*|naik\w*|ubah|diubah|tăng|đổi|αυξ\w*|αυξάν\w*|αλλά[ζξ]\w*)\b|"
    r"增加|增大|减小|改变|换成|増や|変え|늘리|바꾸|바꿔|"
    # One number in the place of another, in any language: "from 3 to 4", "a 4 where the 3 was".
    r"(?<![\w.,])\d+(?:[.,]\d+)?\s+(?!(?:and|und|or|oder|et|ou|y|o|e|i|и|или|by|times|of|x)\s+\d)(?:[^\W\d_]+\s+){1,3}\d"
)
# What follows is not said of numbers any more.
NO_NUMBERS = re.compile(r"matri|vector|column|array|general|but|where|here|same|analog|similar|likewise|carr", re.IGNORECASE)
_NUMBER = (
    r"(?:scalars?|skalar\w*|scalaires?|escalar\w*|scalar[ei]|скаляр\w*|numbers?|zahlen?|nombres?|números?|numeri|числ\w*|liczb\w*|liczy|"
    r"\$?\(?1\s*(?:\\times|×|x|х|\*|by|na)\s*1\b\)?\$?)"
)
_ALL = r"(?:all(?:es|e)?|everything|every (?:matrix|letter|array)|tout(?:es)?|tous|tod[oa]s?|tutt[oie]|вс[её]|все|wszystk\w*|matri\w+|матриц\w*|letters)"
# The terms of a sum are numbers in any case.
_NO_TERMS = (
    r"(?:(?!term|summand|слагаем|entr|eintr|element|элемент|compon|komponent|coeff|koeff|produ|произвед|trac|spur|след|loss|cost|n[ou]t |non |kein|не )"
    r"[^.;]){0,40}?"
)
# Sizes that are one: "when $n$ and $m$ are ones", "if both sizes are 1".
_SIZES_ARE_ONE = (
    r"(?:\$[a-zA-Z]\$[\s,]*(?:and|und|y|i|et|e|и|та|,)?\s*\$[a-zA-Z]\$|\b(?:sizes?|dimensions?|größen|tailles?|tamaños|wymiary|размер\w*))"
    r"(?:,?\s+(?:are|is|being|both|all|each|equal|equals?|to|be|of|sind|seien|gleich|sont|égales?|valent|son|iguales|sono|uguali|a|à|są|równe|równa|равны))+"
    r"\s+(?:ones?\b|\$?1\b\$?|eins\b|un\b|unos?\b|uno\b|jedynk\w+|jeden\b|единиц\w*|одному|1)"
)
# Every array is a number from here to the end of the paragraph.
ARE_NUMBERS = re.compile(
    rf"(?i)\b{_ALL}\b{_NO_TERMS}(?<![\w]){_NUMBER}(?!\s*(?:of|von|de|di)\b)"
    r"|\b(?:scalar case|skalarfall|skalare[rn]? fall|cas scalaire|caso (?:escalar|scalare)|скалярн\w+ случа\w+|przypad\w+ skalarn\w+|"
    r"1-?d case|case of (?:numbers|scalars))\b"
    r"|\b(?:for|check|with|case|für|fall|pour|cas|para|caso|per|при|для|случа\w+|dla)\W{0,3}(?:a |the |all )?"
    r"\$?1\s*(?:\\times|×|x|х)\s*1\b\$?"
    r"|(?<!\w)1\s*(?:\\times|×|x|х)\s*1\$?[\s-]*(?:case|check|fall|matri\w+|cas\b|caso|случа\w+|матриц\w*)"
    r"|\$\s*(?:[a-zA-Z]\s*=\s*){2,}1\s*\$"
    rf"|{_SIZES_ARE_ONE}"
    # A label: "Scalars first:".
    r"|(?:^|[.:;!?\n])[\s*_#]*(?:the )?(?:scalars?(?: (?:version|check|warm[- ]?up|example|toy|fall))?|skalare?|nur zahlen|scalaires?|escalar(?:es)?|scalar[ei])"
    r"(?: first| zuerst| d'abord| primero| prima)?[\s*_]*:"
)
MAY_BE_NUMBERS = re.compile(
    r"(?i)\b(?:a single|one|one single|just one|ein einzelnes|einem einzigen|un seul|un solo|una sola) (?:weight|gewicht|poids|peso)\b|"
    rf"\b(?:if|when|wenn|falls|si|se|если|jeśli|gdy|let)\b{_NO_TERMS}(?<![\w]){_NUMBER}"
    r"|(?<!\bas )(?<!\blike )(?<!\bthan )(?<!wie )(?<!как )\b(?:for|für|pour (?:des|les)|para|per|для|dla)\s+"
    r"(?:(?:ordinary|plain|real|single|just|simple|usual|reelle)\s+)?(?:numbers|scalars|zahlen|skalare|scalaires|nombres|números|escalares|numeri|"
    r"scalari|чисел|скаляров|liczb|skalarów)\b"
    r"|\b(?:for|if|when|case|check|für|wenn|falls|fall|pour|si|cas|para|caso|per|se|при|если|случа\w+|dla|gdy)\W{0,3}\$[a-zA-Z]\s*=\s*1\s*\$"
)
# What stands behind such words is said of arrays again.
OF_ARRAYS_AGAIN = re.compile(
    r"(?i)\b(?:general\w*|allgemein\w*|en général|обще\w+|columns?|rows?|vectors?|spalten?|zeilen?|vektor\w*|colonnes?|lignes?|vecteurs?|columnas?|"
    r"filas?|vector(?:es)?|colonn[ae]|righ[ae]|vettor[ei]|столб\w+|строк\w+|вектор\w*)\b|[.;]\s[^.;]*\b(?:matri|матриц|tensor|array)"
)
