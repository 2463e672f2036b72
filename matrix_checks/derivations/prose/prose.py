"""What the words and signs around an equality say of it: what is introduced, assumed or looked for, and which case is meant."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare

# Two index letters, and whether they are the same.
Case = tuple[str, str, bool]

_INTRODUCES = re.compile(
    r"(?i)\b(let|put|set|denote|define|where|with|now|for|write|call|пусть|обозначим|введ\w*|положим|где|если|for|if|when)\b"
)
_CONDITION = re.compile(
    r"(?i)\b(solutions?\s+(?:to|of|for|de|von)|solv(?:e|es|ed|ing)|set|setting|zero|minim\w*|optim\w*|stationar\w*|приравн\w*|нул\w*|миним\w*|экстрем\w*|if|если|при|"
    r"wenn|falls|setz\w+|null\w*|nul|zéro|cero|igual\w*|anul\w+|annul\w*|pos(?:ons|ant)|imposons|mett\w+|metto|pon(?:go|endo|iamo|emos|iendo)|impon\w+|"
    r"uguagli\w+|ottim\w*|stazionari\w*|mínim\w*|óptim\w*|otim\w*|zera\w*|fazendo|zerow\w*|przyrówn\w*|jeśli|gdy|приріві?н\w*|якщо|mínimo|sıfır\w*|eşit\w*)\b"
    r"|令|若|如果|当|最小|极值|驻点"
)
_ASSUMES = re.compile(r"(?i)\b(for|if|when|если|при)\s*+$")
_SUPPOSES = re.compile(
    r"(?i)\b(if|when|suppose\w*|assum\w*|unless|provided|not|never|wrong\w*|false|then|если|когда|предпол\w*|не|неверно|si|wenn)\b|如果|若|假设|当"
)
# Of an array, too, may be said that it is constant: "for constant $b$", "un vecteur constant $b$".
# Of "sample number n" the letter counts.
_COUNTED = "".join(
    rf"(?<!\b{thing} )"
    for thing in "sample object example item row column line entry component coordinate feature class neuron unit layer step image input output".split()
)
_NUMBER = re.compile(
    rf"(?i)\b({_COUNTED}number|numbers|scalar|(?<=\ba )constant|(?<=\bany )constant|(?<=\bsome )constant|(?<=\bthe )constant|(?<=\bone )constant|числ\w*|констант\w*)\s*$"
)
_CONCLUDES = re.compile(r"\\(Rightarrow|implies|iff|Longrightarrow|Leftrightarrow)")
# Of an expression, as in y = x^T x, the letters are no indices.
_CASE = re.compile(r"(?<![\w^/*+.\-'])([a-z])\s*(==?|!=|≠|<>|\\neq?)\s*([a-z])\b(?!\s*[\^_(*/+@·'-]|\.\w|_)")
# A definition without dollar signs: "let z = Ac".
_DEFINES = re.compile(
    r"(?i)\b(?:let|where|with|put|set|denote|define|call|пусть|где|обозначим|положим)\s+([a-z])\s*:?=\s*([^,;:.$\n=]{1,60})"
)
# What is said of a letter, or of a matrix, that makes more true of it than of others.
_SPECIAL = re.compile(
    r"(?i)s[iy]m+[eé]tri|对称|正交|对角|可逆|单位|投影|常数|ort(?:h)?ogonal|orthonormal|diagonal|projec|unitary|idempotent|invertible|commut|singular|triangular|unit vector|"
    r"constant|fixed|скаляр|симметрич|ортогональн|диагональн|проек|коммут|обратим|единичн|постоянн|констант|фиксир"
)
_TWO = r"(?:two|three|2|3|zwei|drei|dos|tres|deux|trois|due|tre|duas|dois|três|два|две|двух|три|тр[её]х|dwie|dwa|dwóch|trzy|trzech|дві|двох|трьох)"
_ENTRIES = (
    r"(?:entr\w+|components?|dimension\w*|element\w*|inputs?|outputs?|class(?:es)?|logits?|labels|scores|categor\w+|(?:training )?(?:samples|examples|objects|rows)|Beispiele?n?|Objekte?n?|Zeilen|Klassen|"
    r"Kategorien|ejemplos|muestras|filas|clases|categorías|exemples|échantillons|lignes|classi|categorie|esempi|classes|categorias|объект\w+|пример\w+|строк\w*|класс\w*|klas\w*|клас\w*|логит\w*|"
    r"einträge\w*|komponent\w+|componentes|composantes|coordonnées|элемент\w*|компонент\w*|измерени\w*)"
)
_SIZE = re.compile(
    r"(?i)(?<![\d.,])[2-4] ?-?(?:x|×|х|by|\*|mal|por|par|per|na|на|乘)-? ?[1-4](?![\d.])|\b(?-i:[A-Z])_?\d? ?(?:=|is|equals|ist|es|est|равно) ?[2-4](?![\d.,])|"
    rf"\b{_TWO}[ -]?{_ENTRIES}\b|\b[23]-?d\b"
)
_STANDS_FOR = re.compile(
    r"(?i)^\s*+(?:,\s*+)?(?:stands for|is short(?:hand)? for|abbreviates|denotes|means|steht für|bezeichnet|heißt|ist kurz für|обозначает|означает|"
    r"désigne|signifie|denota|significa|designa|oznacza|позначає|代表|表示|是指)\s*$"
)
_WRITE = re.compile(
    r"(?i)\b(?:write|writing|put|putting|posons|pose|notons|note|écri(?:s|vons|rai)|schreibe?n?|setzen?|escrib\w+|ponemos|pongamos|"
    r"scriv\w+|escrev\w+|pisz\w+|schrijf|schrijven|skriver|píš\w+|пиш[еу]\w*|напиш\w+|запиш\w+|обозначим)(?:\s+(?:wir|ich|on|ik|we|jag))?(?:\s+(?:kurz|short|just|simply|einfach|now|jetzt|semplicemente))?\s*$"
)
_FOR = re.compile(
    r"(?i)^\s*(?:for|instead of|in place of|pour|au lieu de|à la place de|für|statt|anstelle von|por|para|en lugar de|en vez de|em vez de|em lugar de|per|invece di|al posto di|"
    r"dla|zamiast|voor|in plaats van|för|istället för|místo|вместо|замість|для)"
    r"(?:\s+(?:the|this|our|die|das|den|la|le|el|il|cette|ce|diese|этой|этого)(?:\s+[^\W\d_]+){1,3})?\s*$"
)
_ANY = re.compile(
    r"(?i)\b(?:same|equal) (?:dimension|size|shape)s?\b|\bsquare matri|\b(?:arbitrary|any|general)\b[^.]{0,20}\bmatri|beliebige\w* (?:\w+ )?matri"
    r"|произвольн\w+ матриц|matric\w+ cualesquiera|quaisquer matrizes|matrices quelconques|matrici qualsiasi|任意(?:的)?矩阵"
)
_ONE_HOT = re.compile(r"(?i)\b(?:one|1)[- ]?hot|\bsums? (?:up )?to (?:one|1)\b|probability (?:vector|distribution)|独热")
_LAST_WORD = re.compile(r"([^\W\d](?:\w|\\_)*)[`*_\s]*$")
_PARAGRAPH_ENDS = re.compile(r"\n ?\n")
# As far from the end of the prose as a case is looked for.
NEAR = 80


@dataclass(frozen=True)
class Before:
    """The prose before a formula. It is looked through once for each question, and not for each equality of the formula."""

    prose: str

    @cached_property
    def _last_sentence(self) -> str:
        return self.prose.rpartition(".")[2]

    @cached_property
    def introduces(self) -> bool:
        """Whether its last sentence says what something shall be."""
        return _INTRODUCES.search(self._last_sentence) is not None

    @cached_property
    def sets_condition(self) -> bool:
        """Whether its last sentence looks for a minimum, or sets something to zero."""
        return _CONDITION.search(self._last_sentence) is not None

    @cached_property
    def assumes(self) -> bool:
        """Whether it ends in an "if"."""
        return _ASSUMES.search(self.prose) is not None

    @cached_property
    def supposes(self) -> bool:
        """Whether its last sentence supposes something, or denies it."""
        return _SUPPOSES.search(self._last_sentence) is not None

    @cached_property
    def speaks_of_number(self) -> bool:
        """Whether it ends in "a number" or its like."""
        return _NUMBER.search(self.prose) is not None

    @property
    def speaks_of_constant(self) -> bool:
        """Whether it ends in "a constant" or its like."""
        found = _NUMBER.search(self.prose)
        return found is not None and found[1].lower().startswith(("constant", "констант"))

    @property
    def last_word(self) -> str:
        """The word, or the name of several letters, that it ends in; empty behind a sign."""
        found = _LAST_WORD.search(self.prose[-NEAR:])
        return found[1].replace("\\_", "_") if found else ""

    @property
    def ends_paragraph(self) -> bool:
        """Whether a paragraph ends in it."""
        return "\n\n" in self.prose or "\n \n" in self.prose

    @property
    def words_of_paragraph(self) -> str:
        """What stands in the paragraph of what follows."""
        return _PARAGRAPH_ENDS.split(self.prose)[-1]

    @property
    def case(self) -> Case | None:
        """The last case that it names near its end: ``i == k``."""
        found = list(_CASE.finditer(self.prose[-NEAR:]))
        return (found[-1][1], found[-1][3], found[-1][2] in ("=", "==")) if found else None


NOTHING_BEFORE = Before("")


def definitions(text: str) -> list[tuple[str, str]]:
    """What a text without formulas sets letters equal to, with what follows, which may be more of the sentence."""
    return [(found[1], found[2]) for found in _DEFINES.finditer(text)]


def stands_for(text: str) -> bool:
    """Whether words between two formulas say that the first stands for the second."""
    return _STANDS_FOR.search(text) is not None


def puts_for(before: str, between: str) -> bool:
    """Whether words around a name say that it is written for what follows: "write ``p`` for ``f(a)``"."""
    return _FOR.search(between) is not None and _WRITE.search(before) is not None


def fixes_size(text: str) -> bool:
    """Whether a small size is named, as for an example that is written out: "for 2 x 2", "if N is 3"."""
    return _SIZE.search(text) is not None


def speaks_of_any(text: str) -> bool:
    """Whether a text speaks of matrices that may be other ones than the exercise's."""
    return _ANY.search(text) is not None


def speaks_of_one_hot(text: str) -> bool:
    """Whether a text says that its labels are one-hot, or probabilities."""
    return _ONE_HOT.search(text) is not None


def speaks_of_special(text: str) -> bool:
    """Whether something is said to be symmetric, or the like."""
    return _SPECIAL.search(text) is not None


def concludes(formula: str) -> bool:
    """Whether a formula draws a conclusion, as an arrow says."""
    return _CONCLUDES.search(formula) is not None


def is_condition(left: kinds.Node, right: kinds.Node) -> bool:
    """Whether a gradient is set to zero, as where a minimum is looked for."""
    return any(
        isinstance(bare(one), kinds.Derivative) and kinds.Indexed not in one.kinds and other == kinds.Number(Fraction(0))
        for one, other in ((left, right), (right, left))
    )
