"""The words around a formula that say what it is, in the languages that students write; a new language is added to each pattern."""

import re

# An end of a sentence is no full stop of an abbreviation.
ABBREVIATIONS = re.compile(r"(?i)\b(?:e\.\s?g|i\.\s?e|cf|resp|w\.r\.t|z\.\s?B|d\.\s?h|т\.\s?е|т\.\s?к|p\.\s?ej|eq|fig)\.")
SENTENCE_END = re.compile(r"[.!?](?=\s|$|\*|_)|[。！？]|\n[ \t]*\n(?=\s*\S)|\n\s*(?:[-*+]|\d+[.)])\s")
PARAGRAPH_END = re.compile(r"\n[ \t]*\n(?=\s*\S)")
# Something is required to be zero, or the place is spoken of where it is.
ZERO = re.compile(
    r"(?i)\b(?:sets?|sett?ing|puts?|putting|equat\w+|requir\w+|demand\w*|solv\w+)\b[^.]{0,60}?(?:\bzero\b|\bto 0\b|= ?0)|"
    r"\b(?:at|in|for) (?:the|a|an|its) (?:minim|optim|extrem|stationary|critical)\w*|\boptimality\b|\bnormal equations?\b|"
    r"\b(?:first.order|necessary|stationarity) conditions?\b|\bmust (?:be zero|vanish)\b|"
    r"приравн\w*|равн\w* нулю|к нулю|\bв (?:точке )?(?:миним|экстрем|оптим)\w*|услови\w* (?:миним|экстрем|оптим|стационар)\w*|"
    r"przyrówn\w*|do zera|warunk\w* |równani\w* normaln\w*|условия |умови |condi[cç][aã]o |zerow\w*|прирівн\w*|до нуля|null ?setz\w*|gleich null|auf null|\bim (?:minim|optim|extrem)\w*|notwendige bedingung|"
    r"\b(?:ecuaci|equaci|equazion|équation|equaç)\w+ normal\w*|normalgleichung\w*|нормальн\w+ (?:уравнен|систем)\w*|"
    r"\b(?:resolv\w+|résou\w+|risolv\w+|lösen|löst|löse)\b|\bреш(?:ить|аем|им|ая)\b|"
    r"igual\w* (?:\w+ )?a (?:cero|0)|\ben (?:el|un) (?:[oó]ptim|m[ií]nim|extrem)\w*|condici[oó]n\w* de (?:[oó]ptim|m[ií]nim|primer)\w*|"
    r"(?:等于|为|取)\s*(?:零|0)|极值|极小|最小值|驻点|最优"
)
# Behind what is zero: it is so at the place that is looked for.
ZERO_BEHIND = re.compile(
    r"(?i)^[^.。]{0,60}(?:minimi[sz]|minimum|optim|stationary|critical|normal equation|normalgleich|ecuacion\w* normal|équations? normal|нормальн|миним|экстрем|оптим|mínim|óptim|极值|最小|最优)"
)
# What is written is said to be wrong, or to be only thought.
# A condition, and a property that it gives to something.
SUPPOSES = re.compile(
    r"(?i)(?:\b(?:if|would|were|suppos\w*|assum(?:e|ing)|unless|provided|falls|wenn|angenommen|si|supon\w+|supong\w+|supposons|se|jeśli|"
    r"если|предполож\w+|допуст\w+)\b|[若设]|如果|假设)[^.]{0,150}?"
    r"(?:\b(?:constant|equal|same|identical|symmetric|zero|diagonal|square|orthogonal|invertible|independent|uniform|gleich|konstant|symmetrisch|"
    r"égau?x?l?e?s?|constante?s?|symétrique|iguales|igual|costante|uguali|równe|stał\w+|одинаков\w*|постоянн\w*|равн\w*|симметричн\w*)\b|常数|相等|对称|相同)"
    # What is held fixed in the layer's other mode, and a size that is fixed in code.
    r"|\b(?:eval\w*|inference|test)\b[^.]{0,100}\bconst"
    r"|`\s*[A-Za-z]\w{0,3}\s*==?\s*\d+\s*`"
    # What is left out.
    r"|\b(?:leav\w+ [^.]{0,30}(?:aside|out|away)|ignor(?:e|es|ing)\b|neglect\w*|omit\w*|without (?:the |a )?bias|no bias|vernachlässig\w+|ohne (?:den )?bias|"
    r"пренебр\w+|без (?:смещен|сдвиг|свободн|bias)\w*|sin (?:el )?(?:sesgo|bias)|sans (?:le )?biais)\b|忽略|不考虑"
)
DENIED = re.compile(
    r"(?i)\b(?:not true|might think|may think|would think|one could (?:think|believe)|wrong(?:ly)?|mistakes?|incorrect(?:ly)?|falsch|irrtum|fälschlich|"
    r"incorrect[oa]|err[oó]nea?)\b|неверн|неправильн|ошибк|ошибоч|错误|不成立"
)
CONSEQUENCE = re.compile(
    r"(?i)^[\s,;:*_]*(?:so|hence|thus|then|therefore|it follows|this gives|we get|which|отсюда|откуда|тогда|следовательно|значит|"
    r"получа\w+|daher|also|folglich|daraus|luego|entonces|por (?:lo )?tanto|de (?:donde|ah[ií])|es decir|所以|于是|因此|故|得|从而)"
)
EXAMPLE = re.compile(
    r"(?i)\b(?:for example|for instance|e\.g|example|sanity|check|test|numerical\w*|numbers)\b|например|пример|провер\w*|"
    r"\b(?:zum beispiel|z\.\s?B|beispiel\w*|probe|por ejemplo|ejemplo|comprob\w*)\b|例|예제|예시|验证"
)
# Few words between, none of which says that it holds for everything.
_FEW_WORDS = r"(?:[ \t\n*_-]+(?!all\b|any\b|every\b|each\b|todo\b|jede[sn]?\b|всех\b|любо\w+)[^\W\d]+){0,3}"
# What stands directly before a hypothesis.
HYPOTHESIS = re.compile(
    r"(?i)(?:\b(?:if|suppos\w+|assum\w+|provided|when|in case|если|предположим|допустим|falls|wenn|angenommen|"
    rf"si|supong\w+|suponi\w+)\b|[若设]|如果|假设|当){_FEW_WORDS}[\s:(*_]*$"
)
# What stands before a special case in the same line, "for $N = 1$", or names what is spoken of: "For the matrix:".
_FOR = r"(?:\b(?:for|with|при|для|für|para|con)\b|对于?)"
SPECIAL_CASE = re.compile(rf"(?i){_FOR}{_FEW_WORDS}[ \t\n(*_]*$")
# A number of something, with a colon behind it: "For one sample with two inputs:".
OF_SO_MANY = re.compile(
    rf"(?i){_FOR}[ \t]+(?:a single|one|two|three|ein\w*|zwei|drei|одн\w+|дв\w+|тр[её]\w+|un[oa]?|dos|tres|une|deux|\d|一个|单个|两个)\b[^.:]{{0,40}}:?\s*$"
)
# No special case is one of a derivative: "and for the matrix $\\frac{dy}{dA} = ...$" is a claim.
_DERIVATIVE_FIRST = re.compile(r"[^=]*(?:\\d?frac|\\partial|\\nabla|\\operatorname\s*\{\s*grad|\bd[A-Za-z]|\^?\s*\\prime|')[^=]*=")


def is_special_case(source: str) -> bool:
    """Whether a formula behind "for" may be a special case."""
    return _DERIVATIVE_FIRST.match(source) is None


PROPERTY = re.compile(
    r"(?i)^[^.]{0,25}?\b(?:symmetric|invertible|square|diagonal|orthogonal|singular|scalar|zero|the identity|симметр\w*|обратим\w*|"
    r"квадрат\w*|диагональ\w*|ортогональ\w*|symmetrisch|invertierbar|quadratisch|sim[eé]tric\w*|cuadrad\w*|ortogonal)\b|^[^.。]{0,8}(?:对称|可逆|方阵|正交)"
)
FIXED = re.compile(
    r"(?i)\b(?:fix|fixed|constant|held|fest|konstant\w*|festgehalten|constantes?|fij[oa]s?|fijad[oa]s?)\b|фиксир\w*|постоян\w*|констант\w*|固定|常数|不变"
)
# What stands directly before what is given a meaning.
DEFINES = re.compile(
    r"(?i)(?:\b(?:let|denote|denoting|define|puts?|sets?|call|calling|write|name|пусть|обозначим|положим|введ[её]м|назов[её]м|"
    r"sei|seien|setze|setzen|nenne|nennen|bezeichne|sea|sean|definimos|denotamos|llamamos|ponemos)\b|[设令记]|定义)"
    r"(?:[ \t\n*_]+[^\W\d]+){0,2}[\s:*_]*$"
)
GOES_ON = re.compile(r"(?i)^[\s,;]*(?:(?:and|or|и|а|und|y|e|和|、|,|put|let|with)[\s,]*)*$")
OTHERWISE = re.compile(
    r"(?i)^[\s,;:(]*(?:and\s+|и\s+|und\s+|y\s+)?(?:otherwise|else|иначе|в противном случае|sonst|andernfalls|en otro caso|si no|否则)"
)
# A condition that stands behind what it is said of.
CONDITION_BEHIND = re.compile(
    r"(?i)^[\s,;(]*(?:if|when|where|for|unless|except|provided(?: that)?|as long as|если|при|для|когда|falls|wenn|für|si|para|cuando|当|若|如果)[\s:]*$"
)
ROWS = re.compile(
    r"(?i)numerator layout|row vectors?|as (?:a )?rows?|zählerlayout|zeilenvektor|в виде строки|вектор-строк|vector(?:es)? fila|分子布局|行向量|排成一行"
)
IS_DEMANDED = re.compile(r"\\(?:overset|stackrel)\s*\{\s*!\s*\}\s*\{?\s*=")
ZERO_DIFFERENTIAL = re.compile(
    r"(?:\\mathrm\s*\{?\s*d\s*\}?|\bd|\\partial|\\delta|\\Delta)\s*\{?\s*([A-Za-z])\s*\}?\s*=\s*0(?![.\d])"
)
LETTER = re.compile(r"\s*\\?(?:mathbf|boldsymbol)?\s*\{?\s*([A-Za-z])\s*\}?\s*")
CASE_ALONE = re.compile(r"\s*([a-z])\s*(==?|\\neq?|≠|!=|\\not\s*=)\s*([a-z])\s*[.,;]?\s*")
SIZE_ALONE = re.compile(r"\s*([A-Z]|n_\d)\s*=\s*(\d{1,2})\s*[.,;]?\s*")
# What shows that a condition belongs to what follows it, and not to what stands before.
LEADS = re.compile(
    r"(?i)^[\s,:]*(?:it is|this is|we (?:have|get)|then|there|the|one|gilt|ist|имеем|получ\w+|то|tenemos|es|entonces|则|有)\b|^\s*:"
)
NUMBERS = re.compile(
    r"(?:\\(?:begin|end)\{[a-zA-Z]*matrix\}|\\(?:top|frac|[dt]?binom|quad|dots|cdot|sqrt)|[\d.,;&()\[\]{}+\-^T'/\s\\])+"
)
