r"""Words before a formula after which it is not said of everything: "up to $\epsilon$", "we would get", "some books have"; another language is added.

What is false behind them may be true of what its writer has in mind: a part of a sum, another convention, a rough picture.
"""

import re

# What the sentence begins with, or what begins behind a comma.
_START = r"(?:^\s*|[,;:.(—–-]\s*|\b(?:and|but|so|then|und|aber|et|mais|y|pero|e|ma|mas|и|но)\s+)"
_ROUGHLY = (
    rf"{_START}(?:up to|apart from|aside from|modulo|bis auf|abgesehen von|salvo|à part|a meno di|a parte|a menos de|com exceção|с точностью до|если не считать|z dokładnością do|poza)\b"
    r"(?!\s+(?:now|here|th(?:is|at) (?:point|step)|hier|ici|aquí|qui|aqui))|\bprès\b|"
    r"\b(?:loosely|roughly|approximately|approx|informally|heuristically|sloppily|morally|symbolically|schematically|hand-?wav\w+|ungefähr|näherungsweise|salopp|grob gesagt|"
    r"anschaulich|grosso modo|en gros|approximativement|environ|aproximad\w+|approssimativ\w+|informellement|informalmente|nieformalnie|приблизительно|примерно)\b|"
    r"\b(?:negligibl[ey]|tiny|(?:is|are|very|for|sufficiently) small|small enough|vernachlässigbar\w*|winzig\w*|kleine[smn]?|négligeables?|petite?s?|despreciables?|pequeñ\w+|trascurabil\w+|"
    r"piccol\w+|desprezíve\w+|pequen\w+|małe\w*|пренебрежимо|мал(?:ого|ом|ых|о|ы|а)?)\b|很小|足够小|"
    r"\b(?:abuse|misuse) of (?:notation|language)|\babus de (?:notation|langage)|\babuso d[ei] (?:notaci[oó]n|notazione|notação|lenguaje)|"
    r"notationsmissbrauch|грубо говоря|нестрого|вольност\w+ (?:речи|обозначений)|粗略|不严格"
)
_WOULD = (
    r"^\s*(?:were|had|wäre[n]?|hätte[n]?)\b|"
    r"\b(?:we|you|i|one|it|this|that|they)(?:'d| would| could| might)\s+(?:then\s+|simply\s+|just\s+|only\s+)?(?:get|have|be|give|follow|yield|become|find|obtain|end up|write|read)\b|"
    r"\b(?:erhielte|bekäme|hätte|ergäbe|käme)\w*\b|\b(?:on|nous) (?:aurait|obtiendrait|aurions|trouverait)\b|\b(?:tendríamos|obtendríamos|saldría|quedaría|avremmo|otterremmo|verrebbe|teríamos|obteríamos)\b|"
    r"получил(?:и|ось|ся)? бы|было бы|имели бы|mielibyśmy|byłoby|otrzymalibyśmy"
)
_LEFT_OUT = (
    r"\b(?:ignor|neglect|disregard|forget|forgot|dropp?|omitt?|overlook|skipp?)(?:s|ed|ing|ting|ten|t)?\b[^.;$]{0,30}?"
    r"\b(?:constants?|terms?|cross|denominators?|numerators?|dependenc\w+|paths?|factors?|rest|remainder|epsilon|bias|mean|variance|squares?|orders?|contributions?)\b|"
    r"\b(?:ignor|neglect|disregard|forget)(?:s|ed|ing|ting|ten)?\b\s*$"
)
_OTHERS = (
    r"\b(?:some|other|many|most|several|certain) (?:books?|texts?(?:books?)?|authors?|people|sources|papers|lectures?|notes|frameworks?|libraries|courses?)\b|"
    r"\b(?:column|row|other|opposite|lecture(?:'s|r's)?|book's|textbook|pytorch|tensorflow|keras|sklearn|numerator|denominator)[- ](?:vector[- ])?(?:convention|layout|notation|style)\b|"
    r"\bin (?:pytorch|tensorflow|keras|jax|andrew ng\S*)\b|\b(?:manche|viele|andere) (?:bücher|autoren|quellen)\b|\b(?:certains|d'autres|beaucoup d[e']) ?(?:livres|auteurs)\b|"
    r"\b(?:algunos|otros|muchos) (?:libros|autores)\b|\b(?:alcuni|altri|molti) (?:libri|autori)\b|\b(?:некоторы[ех]|други[ех]) (?:книг\w*|автор\w*|учебник\w*)"
)
# What would be so for the mean of the losses, or with a slip.
_SUPPOSED = (
    r"\b(?:if|when|with|under|had|wenn|mit|si|avec|con|если|при)\b[^.;:$]{0,40}\b(?:averag\w*|mean[- ](?:reduction|loss|of)|reduction|gemittelt\w*|moyenn\w+|promedi\w+|усредн\w+)\b|"
    r"\b(?:on average|in expectation|im mittel|en moyenne|en promedio|in media|в среднем)\b|"
    r"\bif (?:we|you|one|i) (?:forg[eo]t|le(?:ave|ft) out|drop|skip|miss|swap)\w*\b|\bif there (?:was|were|is|are)\b|"
    # Something is left out, or there is one of what there are many, or nothing was learnt yet.
    r"\bwithout\b(?! (?:loss|further|any|using|much|more|doubt|it|that|this|them|assum\w+|symmetr\w+))|\bohne\b(?! weiter)|\bbatch(?:es)? (?:size )?(?:of )?(?:size )?(?:one|1)\b|"
    r"\b(?:at the (?:beginning|start)|in the beginning|initially|at init\w*)\b|\bquadratic forms?\b"
)
# What is solved for, or best, has a gradient that is zero.
_SOLVED = r"\bsolv(?:e|es|ed|ing) for\b|\bgradients? (?:is zero|vanish\w*|equals? zero)\b|\b(?:best|optimal|ideal)\b|\bauflösen nach\b|\ben résolvant\b|\bdespejando\b"
_ORDINAL = (
    r"(?:first|second|third|fourth|last|linear|quadratic|direct|other|remaining|left|right|cross|mixed|middle|erste|zweite|dritte|letzte|lineare|quadratische|"
    r"premier|deuxième|second|troisième|dernier|primer|segundo|tercer|último|primo|secondo|terzo|ultimo|primeiro|terceiro|"
    r"pierwszy|drugi|trzeci|ostatni|перв|втор|трет|последн|линейн|квадратичн)\w{0,4}"
)
_TERM = r"(?:terms?|summands?|addends?|parts?|pieces?|paths?|branch(?:es)?|hal(?:f|ves)|teils?|termes?|términos?|sumandos?|termini?e?|addend[oi]|termos?|parcela|człon\w*|składnik\w*|слагаем\w+|член\w*)"
_SIMPLER = (
    r"\bin (?:1-?d|one dimension|dimension (?:one|1)|the (?:scalar|1-?d) world)\b|\b(?:scalar|one-dimensional|1-?d|univariate) (?:analogu?e?|version|counterpart|setting|variant|toy)\w*|"
    r"\bskalare?[nrs]? (?:analog\w*|version|formel)|\bin einer dimension\b|\ben (?:une|una) dimensi[oó]n\b|\ben dimension 1\b|"
    r"\bin una dimensione\b|\bversion scalaire\b|\bversi[oó]n escalar\b|\bв одномерн\w+|\bскалярн\w+ аналог\w*|"
    r"\bwhen\b[^.;]{0,60}\b(?:already|normali[sz]ed|standardi[sz]ed|cent(?:er|r)ed|orthonormal)\b|"
    r"\b(?:if|when|had) (?:we|one|you|i) (?:use|used|take|took|taken|had|write|wrote|work|worked|prefer|put|store)\w*\b[^.;]{0,25}\b(?:columns?|rows?)\b"
)
# Directly before what it gives, and not before the sum of several.
_PARTS = (
    r"\b(?:contribut(?:e|es|ed|ing|ion|ions)|beitr[aä]g\w*|beisteuer\w*|contribuci[oó]n\w*|contribuye\w*|contributo|contribui\w*|wkład\w*|вклад\w*)\b|"
    rf"(?:\b{_ORDINAL} (?:[^\W\d_]+ )?{_TERM}|\b{_TERM} (?:no\.? ?)?\d)\b(?![^$]*\b(?:so|thus|hence|therefore|total|all|together|altogether|sum|both|vanish\w*|remains?|stays?|survives?|is left|are left|also|zusammen|insgesamt|bleib\w*|reste\w*|queda\w*|resta\w*|оста[её]\w*)\b)[^,;.]{{0,40}}$"
)
# What is said of one loss: the sum, whose gradient by the output is one everywhere.
_OF_A_SUM = (
    r"\b(?:every|each|all|alle|jede[rsn]?|toutes?|chaque|tous|todas?|todos?|cada|tutt[ei]|ogni|все|кажд\w+|wszystkie)\b[^.;]{0,12}\b(?:entr(?:y|ies)|elements?|components?|outputs?|gradients?|einträge?|elemente?|komponenten?|éléments?|coefficients?|elementos?|componentes|element[oi]|component[ei]|элемент\w*|компонент\w*|elementy)\b[^.;]{0,20}\b(?:is|are|ist|sind|est|sont|es|son|è|sono|é|são|равн\w+|są) "
    r"(?:equal to |gleich |égales? à |iguale?s? a )?(?:ones?|1|eins|un|uno|um|единице|jeden)\b|\b(?:if|with|for|when|take|say|let)\b[^.;]{0,20}\ball[- ]ones\b|\b(?:is|are) all[- ]ones?\b|"
    r"\b(?:is|was|be|were|ist|est|es|è|é)\s+(?:simply |just |only |einfach |simplement )?(?:the |die |la |a )?(?:plain )?(?:sum|summe|somme|suma|somma|soma) (?:of|aller|de|di)\s+(?:all |the |its |tous |toutes |todas? |las |los |tutt\w+ )*"
    r"(?:outputs?|entries|elements?|components?|activations?|ausgaben|einträge|éléments|sorties|salidas|elementos|element[oi]|uscite)\b|"
    r"\b(?:loss|cost|objective|verlust|perte|pérdida|coste|perdita|потер\w+)\b[^.;]{0,15}\b(?:sum|summe|somme|suma|somma|сумм\w+)\b|\b(?:sum|summe|somme|suma|somma|сумм\w+)\b[^.;]{0,12}\b(?:loss|cost|verlust|perte|pérdida|perdita)\b|\.sum\(\)"
)
# A loss that the text chooses for all that follows in a paragraph.
_LETS_SUM = re.compile(r"(?i)\bbe\s+(?:simply |just )?(?:the )?(?:plain )?sum of\b")
# The gradient that comes in is set equal to ones.
GIVES_ONES = re.compile(
    r"\s*(?:\\(?:mathbf|boldsymbol|bm)\s*)?\{?\s*[gG]\s*\}?\s*=(?=[^=]*(?:1|\\ones))(?:\\(?:mathbf|mathbb|boldsymbol|bm|vec|top|intercal|ones|cdot|times)|[1{}_^TNMDK\s,])+[.;:]?\s*"
)
_HEDGES = re.compile(rf"(?i){_ROUGHLY}|{_WOULD}|{_LEFT_OUT}|{_OTHERS}|{_SUPPOSED}|{_SOLVED}|{_SIMPLER}")
_OF_ONE_LOSS = re.compile(rf"(?i){_OF_A_SUM}")
_OF_PARTS = re.compile(rf"(?i){_PARTS}")


def hedges(sentence: str) -> bool:
    """Whether the words of a sentence before a formula say that it holds roughly, for others, or would hold."""
    return _HEDGES.search(sentence) is not None


def speaks_of_part(sentence: str) -> bool:
    """Whether the words of a sentence before a formula say that it is what one part of a sum gives."""
    return _OF_PARTS.search(sentence) is not None


def speaks_of_sum(sentence: str) -> bool:
    """Whether the words of a sentence before a formula say that the loss is a sum, or that its gradient is one everywhere."""
    return _OF_ONE_LOSS.search(sentence) is not None


def lets_sum(prose: str) -> bool:
    """Whether prose chooses a sum as the loss: "let $L$ be the sum of all entries"."""
    return _LETS_SUM.search(prose) is not None
