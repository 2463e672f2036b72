"""The words around a formula that say what it is, in the languages that students write; a new language is added to each pattern."""

import re

# An end of a sentence is no full stop of an abbreviation.
ABBREVIATIONS = re.compile(
    r"(?i)\b(?:e\.\s?g|i\.\s?e|cf|resp|w\.r\.t|z\.\s?B|d\.\s?h|d\.\s?w\.\s?z|т\.\s?е|т\.\s?к|тобто|напр|p\.\s?ej|p\.\s?ex|ad\s?es|bzw|bijv|bv|tzn|tj|np|tzv|např|tzn|d\.\s?v\.\s?s|dvs|min|opt|"
    r"t\.\s?ex|f\.\s?eks|bl\.\s?a|örn|yani|pl|vb|c\.-à-d|eq|fig)\."
)
# A blank line, from the end of what stands before it to what stands behind: blank lines in a row are one, and are looked through once.
_BLANK = r"(?<!\s)[ \t]*+\n[ \t]*+\n\s*+(?=\S)"
SENTENCE_END = re.compile(rf"[.!?](?=\s|$|\*|_)|[。！？]|{_BLANK}|\n[ \t]*+(?:[-*+]|\d+[.)])\s")
PARAGRAPH_END = re.compile(_BLANK)
BLANK_LINE = re.compile(r"\n[ \t]*\n|\n(?=#)")
HEADING = re.compile(r"(?:^|\n)#")
ONLY_AND = re.compile(r"(?i)\s*(?:and|und|et|y|e|i|и|та|en|och|ve|oraz|且|和)\s*")
# Something is required to be zero, or the place is spoken of where it is.
ZERO = re.compile(
    r"(?i)\b(?:vanish\w*|zero|no gradient[^.]{0,30}) (?:where|when|if|iff|exactly|only|precisely)\b|\b(?:solves|satisf(?:y|ies))[\s*_]*$|"
    r"\b(?:sets?|sett?ing|puts?|putting|equat\w+|requir\w+|demand\w*|solv\w+)\b[^.]{0,60}?(?:\bzero\b|\bto 0\b|= ?0)|"
    r"\b(?:at|in|for) (?:the|a|an|its) (?:min\b|opt\b|(?:minim|optim|extrem|stationary|critical)\w*)|\boptimality\b|\bnormal equations?\b|\bstationary (?:point|where)|"
    r"\b(?:first.order|necessary|stationarity) conditions?\b|\bmust (?:be zero|vanish)\b|"
    r"приравн\w*|равн\w* нулю|к нулю|\bв (?:точке )?(?:миним|экстрем|оптим)\w*|услови\w* (?:миним|экстрем|оптим|стационар)\w*|"
    r"przyrówn\w*|do zera|warunk\w* |równani\w* normaln\w*|условия |умови |condi[cç][aã]o |zerow\w*|прирівн\w*|до нуля|null ?setz\w*|(?:gleich|auf) (?:null|0)\b|\bim (?:minim|optim|extrem)\w*|notwendige bedingung|"
    r"\b(?:ecuaci|equaci|equazion|équation|equaç)\w+ normal\w*|normalgleichung\w*|нормальн\w+ (?:уравнен|систем)\w*|"
    r"\b(?:resolv\w+|résou\w+|risolv\w+|lösen|löst|löse)\b|\bреш(?:ить|аем|им|ая)\b|"
    r"igual\w* (?:\w+ )?a (?:cero|0)|\ben (?:el|un) (?:[oó]ptim|m[ií]nim|extrem)\w*|condici[oó]n\w* de (?:[oó]ptim|m[ií]nim|primer)\w*|"
    r"\b(?:pon\w+|mett\w+|impon\w+|eguagli\w+|uguagli\w+|ugual\w+|annull\w+) [^.]{0,60}?\ba? ?(?:zero|0)\b|condizion\w* (?:di |del )?(?:prim|minim|ottim|stazion)\w*|"
    r"\b(?:nel|al|in un) (?:punto di )?(?:minim|ottim|estrem)\w*|\bminimi quadrati\b|\bmoindres carrés\b|\bm[ií]nimos cuadrados\b|"
    r"\bigual\w* (?:\w+ )?a zero\b|\bà (?:zéro|0)\b|\bannul(?:ons|ant|er?)\b|\bau (?:minimum|point critique)|"
    r"\bno (?:m[ií]nimo|ponto cr[ií]tico|[oó]timo)|\bsıfıra eşit\w*|"
    r"(?:等于|为|取)\s*(?:零|0)|极值|极小|最小值|驻点|最优"
)
# Behind what is zero: it is so at the place that is looked for.
ZERO_BEHIND = re.compile(
    r"(?i)^[^.。]{0,60}(?:minimi[sz]|minimum|optim|stationary|critical|normal equation|normalgleich|ecuacion\w* normal|équations? normal|equazion\w* normal|equaç\w+ norma|równan\w* normaln|"
    r"нормальн|миним|экстрем|оптим|mínim|óptim|minim[ioae]\b|ottim|stazionari|moindres carrés|en un point critique|极值|最小|最优)"
)
# What follows may be true where something is least.
MINIMISES = re.compile(
    r"(?i)\bminimi[sz](?:e|es|ed|er|ers|ing|ieren?|iert|ons|er|amos|ar|iamo|are)\b|\bleast[- ]squares\b|kleinste\w* quadrat|\bmoindres carrés\b|\bmínimos cuadrados\b|\bminimi quadrati\b|\bmínimos quadrados\b|"
    r"миними\w+|наименьш\w+ квадрат|最小二乘|最小化|최소"
)
# Directly before what is wanted.
WANTED = re.compile(
    r"(?i)\b(?:(?:we|you|one|i) (?:want|need|require|demand|wish|look for|ask for)(?: to have)?|wanted|we are looking for|it (?:should|must) be|wir (?:wollen|suchen|fordern)|man fordert|on (?:veut|cherche)|"
    r"queremos|buscamos|vogliamo|cerchiamo|procuramos|chcemy|хотим|ищем|требуем|нужно)[\s:,*_]*$"
)
# What follows where something is zero; and what would follow, if it were so.
GIVES_BEHIND = re.compile(
    r"(?i)^[\s*_]*(?:(?:then|now|would)\s+)?(?:gives?|yields?|leads?|implies|means|holds|has the|is solved|when|if|iff|exactly|only|liefert|ergibt|führt|gilt|donne|implique|mène|da|"
    r"lleva|implica|porta|leva|daje|prowadzi|даёт|дает|приводит|означает|дає|给出|得到|意味)(?!\w)"
)
WOULD_BEHIND = re.compile(
    r"(?i)^[\s*_]*(?:would|could|might)\s+(?!like|be wrong)|^\s*(?:würde|wäre|gäbe|ergäbe|serait|donnerait|daría|sería|sarebbe|darebbe|daria|seria|dałoby|byłoby|дало бы|было бы)(?!\w)"
)
# A condition, and a property that it gives to something.
SUPPOSES = re.compile(
    r"(?i)(?:\b(?:if|would|were|suppos\w*|assum(?:e|ing)|unless|provided|falls|wenn|angenommen|si|supon\w+|supong\w+|supposons|se|jeśli|"
    r"если|предполож\w+|допуст\w+)\b|[若设]|如果|假设)[^.]{0,150}?"
    r"(?:\b(?:constant|kernel|null ?space|perfect|orthonormal|(?:anti|skew)[- ]?symmetric|normali[sz]ed|one-hot|stationary|all (?:the |of the )?(?!sizes|dim|width|shape|letter)\S{1,8} (?:are|equal|sind|sont|son|sono|são|są) (?:all )?(?:1|ones?|0)|coincide|equals?|differs?|different|distinct|verschieden|ungleich|distint[oa]s?|différents?|divers[ie]|same|identical|symmetric|zero|diagonal|square|orthogonal|invertible|independent|uniform|rank[- ]?(?:1|one)|gleich|konstant|symmetrisch|"
    r"égau?x?l?e?s?|constante?s?|symétrique|iguales|igual|costante|uguali|równe|stał\w+|одинаков\w*|постоянн\w*|равн\w*|симметричн\w*)\b|常数|相等|对称|相同)"
    r"|\b(?:in|im|for|nel|en|dans|no|au|w|в) (?:\w+ )?(?:scalar|one-dimensional|1-?d|skalaren|eindimensionalen|escalar|scalaire|skalarn\w+|одномерн\w+|скалярн\w+) "
    r"(?:case|fall|przypadk\w+|случа\w+)|\b(?:caso|cas) (?:scalare|escalar|scalaire)\b|标量情形|一维情形"
    r"|\b(?:in|of) (?:the|its) (?:kernel|null ?space)\b|\bdans (?:le|son) noyau\b|\bim kern\b|\ben el núcleo\b|\bnel nucleo\b|\bв ядре\b"
    r"|\bperfect (?:fit|reconstruction|factori[sz]ation)\b|\bperfekte[rn]? (?:fit|anpassung)\b|\bajustement parfait\b|\bajuste perfecto\b"
    r"|(?:^|[.:]\s*)\s*rank[- ](?:1|one)\b|\bon the unit (?:sphere|circle|ball)\b|\bauf der einheits\w+|\bsur la sphère unité\b|\b(?:en|sobre) la esfera unidad\b|\bsulla sfera unitaria\b|\bна единичн\w+|\bat (?:the|a|an|its|any|every) (?:minim|optim|extrem|stationary|critical)\w*"
    r"|\b(?:if|when|where) (?:an? |the )?(?:relu|sigmoid|tanh|activation|nonlinearity)\b|\bif only\b|\bdepended\b|\b(?:one|we|you|i) (?:could|might) also\b|"
    r"\bwith (?:bessel\S*|weight decay|(?:l2[- ])?regulari[sz]ation|dropout|momentum)\b|\bwithout (?:the |a |any )?(?:cent(?:er|r)ing|mean|epsilon|normali\w+|shift\w*|scal\w+|averag\w+)\b"
    r"|\bif we had\b|\bfor an? (?:logistic |element-?wise )?(?:sigmoid|relu|tanh)\b"
    # A size that is fixed in code.
    r"|\bfixed (?:linear |affine )?map\b"
    r"|\b(?:eps(?:ilon)?|ε)\s*(?:=|is|equals?|→|->|goes to)\s*(?:0|zero)\b|\b(?:without|ignoring|neglecting|dropping) (?:the )?eps\b"
    r"|`\s*[A-Za-z]\w{0,3}\s*==?\s*\d+\s*`"
    r"|\b(?:up to (?:an? |the )?(?:\w+ )?(?:factor|constant|sign|scal\w+|transpos\w+)|in the sense|as an? (?:linear )?(?:map|operator)|with (?:the|an|a)(?: extra| additional)? factor|"
    r"bis auf (?:einen? |das |den |die )?(?:faktor|vorzeichen|konstante)|mit (?:dem|einem) faktor|avec (?:le|un) facteur|con (?:el|un) factor|con il fattore|с множителем|à un (?:facteur|signe) près|salvo (?:un )?(?:factor|signo)|a meno di un|с точностью до)\b"
    # What is left out.
    r"|\b(?:leav\w+ [^.]{0,30}(?:aside|out|away)|ignor(?:e|es|ing)\b|neglect\w*|omit\w*|without (?:the |a )?bias|no bias|vernachlässig\w+|ohne (?:den )?bias|"
    r"пренебр\w+|без (?:смещен|сдвиг|свободн|bias)\w*|sin (?:el )?(?:sesgo|bias)|sans (?:le )?biais)\b|忽略|不考虑"
)
# The same of what is said in full, as far as it is sure: "when all of them are equal".
WHEN_IT_IS = re.compile(
    r"(?i)\b(?:when(?:ever)?|if|in case|wenn|falls|si|если|quand|lorsque|cuando|quando|когда|gdy|коли)\b(?:\s+[^\W\d]+){0,4},?\s+(?:(?:is|are|est|sont|es|son|è|sono|é|são|jest|są)\s+)?"
    r"(?:(?:all|both|the|a|an)\s+)*(?:constant|perfect|exact|optimal|equal|the same|same|identical|uniform|symmetric|diagonal|orthogonal|égau?x?l?e?s?|constante?s?|iguales|"
    r"iguais|uguali|costanti?|równe|stał\w+|одинаков\w*|постоянн\w*|равн[ыоа]\w*|рівн[іа]\w*)\b"
)
# What is held fixed in the layer's other mode.
SUPPOSES_OTHER_MODE = re.compile(
    r"(?i)\b(?:eval\w*|inference|test)\b[^.]{0,100}\b(?:const|fixed|frozen|fest\b|konst)"
    r"|\b(?:population|running|stored|frozen|moving) (?:statistics|estimates|averages)\b"
)
# What is written is said to be wrong, or to be only thought.
DENIED = re.compile(
    r"(?i)\b(?:not true|might think|may think|would think|one could (?:think|believe)|wrong(?:ly)?|mistakes?|incorrect(?:ly)?|falsch|irrtum|fälschlich|"
    r"incorrect[oa]|err[oó]nea?|(?:common|typical|usual|frequent|classic(?:al)?|popular) errors?|tempt(?:ing|ed) to|naively|naïvely|"
    r"(?:might|could) (?:guess|believe|expect)|(?:könnte|kunde|zou)\w*\b[^.]{0,20}\b(?:denken|meinen|glauben|vermuten|tro|tänka)|pourrai\w+ (?:croire|penser)|croirait|penserait|"
    r"podrí\w+ (?:pensar|creer)(?:se)?|potrebbe (?:pensare|credere)|poder(?:ia|íamos)(?:-se)? (?:pensar|achar|crer)|można by (?:pomyśleć|sądzić|myśleć)|mogłoby się wydawać|"
    r"mohlo by se zdát|možná si (?:někdo )?mysl\w+|можно (?:было бы )?(?:подумать|решить)|можна (?:було б )?подумати|казалось бы|здавалося б|naïvement|ingenuamente)\b"
    r"|неверн|неправильн|ошибк|ошибоч|хибн|помилк|错误|不成立|可能会?(?:以为|认为)|乍一看"
)
_BUT = r"(?:but|and|aber|doch|und|mais|or|pero|y|ma|mas|porém|e|но|а|але|ale|lecz|maar|men|ama|fakat)"
_THIS = (
    r"(?:which|that|this|it|das|dies|es|ce qui|cela|ça|lo que|eso|esto|ello|questo|ciò|isso|isto|что|это|що|це|to|dat|dit|det|bu)"
)
# The same directly behind it, with a verb and without.
_IS_NOW = r"(?:would (?:be|have been)|is|was|are|were|ist|war|wäre|est|serait|es|sería|seria|è|sarebbe|é|byłoby|jest|je|är|było|было бы|—|c['’]est|c['’]était)"
_QUITE = r"(?:of course|simply|just|also|clearly|obviously|plain|completely|natürlich|auch|leider|bien sûr|malheureusement|évidemment|claro)"
_WRONG = (
    r"(?:(?:an?|the|ein|une?|uno|een) )?(?:wrong|false|incorrect|mistakes?|nonsense|falsch|fehler|faux|fausse|falso|falsa|incorrect[oa]|sbagliat[oa]|errad[oa]|"
    r"błędne|błędem|fout|onjuist|fel|špatně)\b|not (?:true|right|correct|the same|equal)\b|nicht (?:richtig|korrekt|wahr)\b|niet (?:waar|juist|correct)\b|неверно|неправильно|ошибк"
)
DENIED_BEHIND = re.compile(
    rf"(?i)^[\s*_,;—–-]*(?:{_BUT},?\s+)?(?:{_THIS}\s+)?(?:{_IS_NOW}\s+(?:{_QUITE}\s+)*(?:{_WRONG})|неверно|неправильно|ошибк|хибн|помилк|nieprawda|błąd\b|yanlış|"
    r"(?:ce )?n['’](?:est|était) pas (?:vrai|juste|correct)|no es (?:cierto|correcto|verdad)|non è (?:vero|corretto)|não é (?:verdade|correto)|nie jest (?:prawd|popraw))"
    r"|^[\s,，。]*[但可]?是?[这這](?:不对|是错|是不对)"
)
# The formula before is taken back: what goes on from there may go on from the one before that.
RETRACTS = re.compile(
    r"(?i)\b(?:uh|no|nope|wait|wrong|oops|sorry|rather|nein|falsch|moment|halt|ups|quatsch|non|faux|pardon|perdón|espera|não|errado|sbagliato|aspetta|нет|неверно|стоп|ой|ошибка|źle)\b"
    r"[^$]{0,60}$"
)
# Behind a formula, two indices that words compare: "if i equals k".
COMPARED_BEHIND = re.compile(
    r"(?i)^[\s,(]*(?:if|when|for|wenn|falls|für|si|quand|cuando|se|quando|если|при)\s+[a-z]\s+(?:and\s+[a-z]\s+)?(?:equals?|is|are|differs?|does|isn't|ist|gleich|ungleich|"
    r"est|es|è|é|равно|не|не равно)\b"
)
# One of what a layer gives, or of what it takes; widths of one.
ONE_WIDTH = re.compile(
    r"(?i)\b(?:one|(?:a )?single|1|eine[mnr]?|einzige[mnr]?|une?|una?|um|uma|одн\w+)\s+(?:outputs?|inputs?|features?|neurons?|units?|class|column|ausgang|ausgabe|merkmal|neuron|sortie|entrée|"
    r"salida|entrada|uscita|ingresso|saída|выход\w*|нейрон\w*|признак\w*)\b|\b(?:widths?|sizes?|dimensions?|dims?|breiten?)\b[^.$]{0,20}\b(?:are|is|ist|sind|=)\s*(?:1|one|eins)\b"
)
# Every array is a number in this sentence.
ALL_NUMBERS = re.compile(
    r"(?i)\b(?:if|when|where|suppose|say|let|with|for|wenn|falls|wären|si|se|sea[n]?|quando|если|пусть|при|jeśli|gdy)\b[^.]{0,30}?"
    r"\b(?:(?:all|alle|toutes|todos|todas|tutte|все|wszystkie)\b[^.]{0,20}?\b(?:sizes|dimensions|dims|größen|dimensionen|tailles|tamaños|dimensiones|"
    r"dimensioni|dimensões|размеры|размерности|wymiary)\b[^.]{0,15}?\b(?:one|1|eins|un|uno|um|единице|jeden)\b|"
    r"(?:everything|all (?:the )?(?:letters|matrices|arrays|of them)|alles)\b[^.]{0,12}?\b(?:scalars?|numbers?|skalare?|zahlen?)\b)"
    r"|(?:如果|若|当)[^。]{0,10}(?:尺寸|维数|大小)[^。]{0,6}(?:都|全)?(?:是|为)\s*1"
)
CONSEQUENCE = re.compile(
    r"(?i)^[\s,;:*_]*(?:so|hence|thus|then|there(?= \$|\s*$)|therefore|it follows|this gives|we get|which|отсюда|откуда|тогда|следовательно|значит|"
    r"получа\w+|daher|also|folglich|daraus|luego|entonces|por (?:lo )?tanto|de (?:donde|ah[ií])|es decir|所以|于是|因此|故|得|从而)"
)
EXAMPLE = re.compile(
    r"(?i)\b(?:for example|for instance|e\.g|example|sanity|check|test|numerical\w*|numbers)\b|например|пример|провер\w*|"
    r"\b(?:zum beispiel|z\.\s?B|beispiel\w*|probe|por ejemplo|ejemplo|comprob\w*|exemple|exemplo|esempio|przykład\w*|příklad\w*|"
    r"voorbeeld\w*|exempel\w*|eksempel\w*|esimerk\w*|приклад\w*|örne[kğ]\w*|példa\w*|exempl\w+)\b|例|예제|예시|验证"
    # Numbers that words give.
    r"|\b(?:values?|batch|numbers?|werten?|zahlen|waarden|getallen|valeurs|nombres|valores|números|valori|numeri|wartości\w*|liczb\w*|значени\w*|чис\w+)\b"
    r"[^.$\n]{0,20}?-?\d+(?:\s*(?:[,;]|and|und|en|et|y|e|i|и)\s*-?\d+)+"
)
# Few words between, none of which says that it holds for everything.
_FEW_WORDS = r"(?:[ \t\n*_-]+(?!all\b|any\b|every\b|each\b|todo\b|jede[sn]?\b|всех\b|любо\w+)[^\W\d_]+){0,3}"
# An Italian or Portuguese "if": the same word is a Spanish pronoun before other verbs.
_SE = r"se(?=[\s:(*_]*$|\s+(?:il|la|lo|le|gli|o|a|os|as|pon\w+|mett\w+|impon\w+|foss\w+|for|fizer\w*|colo\w+|tom\w+|prend\w+|scegli\w*)\b)"
# What stands directly before a hypothesis.
HYPOTHESIS = re.compile(
    r"(?i)(?:\b(?:if|if it (?:were|was|is) true that|suppos\w+|assum\w+|provided|when|in case|если|предположим|допустим|falls|wenn|angenommen|"
    rf"si|supong\w+|suponi\w+|supon(?:do|ha|hamos)|supponi\w*|suppong\w*|ammett\w*|poniamo che|qualora|quando|{_SE}|lorsque|supposons|"
    rf"jeśli|jeżeli|gdy|gdyby|załóżmy|przypuśćmy|якщо|припустимо|eğer|diyelim|varsayalım|pokud|jestliže|antag|stel|"
    # In the case of something.
    r"(?:special|particular) case|caso particular|caso particolare|cas particulier|spezialfall|sonderfall|частн\w+ случа\w+|"
    r"szczególny przypadek|przypadek szczególny|окрем\w+ випад\w+|özel durum|bijzonder geval|specialfall|"
    r"in the (?:\w+ )?case|no caso|en el caso|dans le cas|nel caso|im fall|w przypadku|в случае|у випадку)\b|[若设]|如果|假设|当|特例|特殊情况|もし|仮に|만약)"
    rf"{_FEW_WORDS}[\s:(*_]*$"
)
# Directly before what a letter is chosen to be.
CHOOSES = re.compile(
    r"(?i)\b(?:choos(?:e|ing)|pick(?:ing)?|try|plug(?:ging)? in|insert(?:ing)?|substitut(?:e|ing)|wähle?n?|choisissons|elijamos|"
    r"scegliamo|escolhemos|wybierzmy|выберем|подставим)(?:\s+(?:for example|e\.?g\.?|now|zum Beispiel|par exemple|por ejemplo|например))?[\s:,]*$"
)
IS_CHOSEN = re.compile(r"\s*(?:\\[A-Za-z]+|[A-Za-z])\s*=")
# What is said of each line of a matrix, behind a formula.
_LINEWISE = (
    r"(?:(?:column|row|entry|element|sample|component|object)[- ]?(?:wise|by[- ](?:column|row|entry|element|sample|component|object))|(?:spalten|zeilen|komponenten|elementar|eintrags)weise|"
    r"(?:colonne|ligne) par (?:colonne|ligne)|(?:columna|fila) (?:por|a) (?:columna|fila)|por (?:columnas|filas)|по (?:столбцам|строкам)|постолбцово|построчно|kolumnami|wierszami)\b"
)
LINEWISE = re.compile(rf"(?i)\s*+{_LINEWISE}")
LINE_BY_LINE = re.compile(
    rf"(?i)[\s,(]*+(?:{_LINEWISE}|(?:(?:for|of|in|per) (?:each|every|a single|one) (?:column|row|sample|object)|per (?:column|row|sample))\b)"
)
# What goes to a limit.
LIMIT = re.compile(
    r"\s*(\\[a-zA-Z]+|[A-Za-z])\s*(?:\\to|\\rightarrow|\\longrightarrow|\\approx|\\ll|→|->|≈)\s*(?:[-+]?\s*\d|[-+]?\s*\\infty|∞)"
)
# What stands before a special case in the same line, "for $N = 1$", or names what is spoken of: "For the matrix:".
_FOR = r"(?:\b(?:for|with|при|для|für|para|con|per|pour|avec|dla|przy|için|voor)\b|对于?)"
SPECIAL_CASE = re.compile(rf"(?i){_FOR}{_FEW_WORDS}[ \t\n(*_]*$")
# A number of something, with a colon behind it: "For one sample with two inputs:".
OF_SO_MANY = re.compile(
    rf"(?i){_FOR}[ \t]+(?:a single|one|two|three|ein\w*|zwei|drei|одн\w+|дв\w+|тр[её]\w+|un[oa]?|dos|tres|une|deux|\d|一个|单个|两个)\b[^.:]{{0,40}}:?\s*$"
)
# What stands directly before a letter of which the words behind say a property: "Case $S$ zero:".
CASE_OF = re.compile(
    r"(?i)(?:\b(?:case|caso|cas|fall|przypad\w+|případ|geval|durum\w*|случа\w+|випад\w+)\b|情况|情形|场合)[\s:(*_]*$"
)
# No special case is one of a derivative: "and for the matrix $\\frac{dy}{dA} = ...$" is a claim.
_DERIVATIVE_FIRST = re.compile(r"[^=]*(?:\\d?frac|\\partial|\\nabla|\\operatorname\s*\{\s*grad|\bd[A-Za-z]|\^?\s*\\prime|')[^=]*=")


def is_special_case(source: str) -> bool:
    """Whether a formula behind "for" may be a special case."""
    return _DERIVATIVE_FIRST.match(source) is None


LETS = re.compile(
    r"(?i)\b(?:let|sei(?:en)?|soi(?:t|ent)|sean?|sia(?:no)?|seja|пусть|нехай|niech)(?:\s+[^\W\d_]+){0,2}\s*$|[设令]\s*$"
)
FIXED = re.compile(
    r"(?i)\b(?:fix|fixed|const|constant|constants|held|hold|holding|frozen|freez\w+|fest|konstant\w*|festgehalten|constantes?|fij[oa]s?|fijad[oa]s?|"
    r"fix[oae]s?|fixées?|figées?|costant[ei]|fiss[aoie]|fissat[aoie]|sabit\w*|stał\w+|ustalon\w+|"
    r"fast[ae]?|konstanta|faste|vast(?:e)?|pevn\w+|állandó\w*)\b|фиксир\w*|постоян\w*|констант\w*|сталі|постійн\w*|фіксов\w*|固定|常数|常量|不变|定数|一定|상수|고정"
)
# What is said behind them is a part of something, or said of what is held fixed.
SAID_OF_PART = re.compile(
    r"(?i)\b(?:direct\w*|paths?|part\w*|branch\w*|contribut\w*|terms?|first|only|alone|if|were|would|naive\w*|constants?|fixed|treat\w*|ignor\w*|direkt\w*|pfad\w*|teil\w*|beitr\w*|"
    r"zweig\w*|anteil\w*|wenn|wäre\w*|nur|erste\w*|chemin\w*|partie\w*|contribution\w*|si|seul\w*|camino\w*|parte\w*|contribuci\w*|s[oó]lo|percors\w*|contribut\w*|solo|se|caminho\w*|contribui\w*|"
    r"bezpośredni\w*|część|wkład\w*|gdyby|прям\w*|част\w*|вклад\w*|путь|пути|если|только|непосредственн\w*|doğrudan|yol\w*)\b|直接|部分|路径|如果|若|贡献"
)
# What is said of a smaller case before is said of all from here on.
IN_GENERAL = re.compile(
    r"(?i)\b(?:in general|generally|(?:the|a) general case|for (?:the |a )?(?:whole|entire|full|general) (?:mini-?)?batch|for (?:any|arbitrary|general) (?:size|number|batch)\w*|"
    r"im allgemeinen|allgemein(?:er|en)? fall|allgemein(?= (?:gilt|ist))|für (?:den|die) (?:ganze[nr]?|gesamte[nr]?|volle[nr]?) (?:mini-?)?(?:batch|stapel)|"
    r"en général|(?:le|au) cas général|pour (?:tout )?le (?:batch|lot)(?: entier| complet)?|en general|(?:el|al) caso general|para todo el (?:lote|batch)|para el (?:lote|batch) (?:completo|entero)|"
    r"in generale|(?:il|nel|al) caso generale|per (?:l['’]intero|tutto il) batch|em geral|(?:o|no|ao) caso geral|para (?:todo )?o (?:lote|batch)(?: inteiro| completo)|"
    r"w ogólności|ogólnie|(?:w )?ogólnym przypadku|dla całe(?:go|j) (?:batcha|partii|paczki)|в общем(?: случае|,)|общ(?:ий|ему) случа[йю]|для вс(?:его|ей) (?:батча|пакета|выборки|партии)|"
    r"(?:we |i |let us |let's )?(?:drop|lift|forget|relax|remove) (?:that|this|it|the (?:assumption|restriction|condition))(?: again)?|without (?:that|this|the|any) (?:assumption|restriction|condition)|"
    r"no longer assum\w+|ohne diese (?:annahme|voraussetzung)|sans cette hypothèse|sin (?:esa|esta) (?:suposición|hipótesis)|senza (?:questa|quest) ?ipotesi|sem (?:esta|essa) hipótese|без этого (?:предположения|условия)|"
    r"загалом|(?:у|в) загальному випадку|genel(?: olarak| durumda)|(?:tüm|bütün) batch için|in het algemeen|voor de hele batch|i allmänhet|generel[lt]t?|obecně)(?!\w)|"
    r"一般(?:地|情况|来说|而言|情形)|(?:对|对于)整个(?:批|批次|小批量)|一般に|일반적으로"
)
# The loss behind a layer is any; and what stands directly before its letter where that is so.
ANY_LOSS = re.compile(
    r"(?i)\b(?:(?:any|every|arbitrary|general) (?:other |upstream )?(?:loss|gradient)|beliebige\w* (?:verlust|loss)|jede[nrs]? verlust|"
    r"(?:toute|n'importe quelle) (?:fonction de )?(?:perte|coût)|(?:cualquier|qualsiasi|qualquer) (?:funci[oó]n de |funzione di |função de )?(?:pérdida|coste|perdita|costo|loss|perda|custo)|"
    r"dowoln\w+ (?:funkcj\w+ )?strat|(?:любо|произвольн)\w+ (?:функци\w+ )?потер|herhangi bir kayıp)|任意(?:的)?损失"
)
ANY_BEFORE = re.compile(
    r"(?i)(?:\b(?:any|every|arbitrary|beliebige\w*|jede[nrs]?|tout|toute|cualquier|qualsiasi|qualquer|dowoln\w+|любо\w+|произвольн\w+|herhangi bir)|任意|任何)[\s*_]*$"
)
# What is kept of a batch.
STATISTICS = re.compile(
    r"(?i)\b(?:means?|averages?|variances?|std|deviations?|statisti\w+|mittelwert\w*|medelvärd\w*|middelverdi\w*|gemiddeld\w*|průměr\w*|rozptyl\w*|varians\w*|variantie|varianz\w*|medi[ae]s?|varianza?s?|vari[aâ]ncia|moyennes?|ortalama\w*|varyans\w*|średni\w*|wariancj\w*)\b|"
    r"средн\w+|дисперси\w*|статистик\w*|середн\w+|均值|方差|统计|平均|分散|평균|분산"
)
# Directly before the letter of an array of zeros and ones.
MASK = re.compile(
    r"(?i)(?:\b(?:mask|masks|maske|masque|máscara|mascara|maschera|màscara|maska|masker|maską|maski)|маск\w*|掩码|マスク|마스크)[\s*_(:,]*$"
)
# What stands directly before what is given a meaning.
DEFINES = re.compile(
    r"(?i)(?:\b(?:let|denote|denoting|define|puts?|sets?|call|calling|write|name|пусть|обозначим|положим|введ[её]м|назов[её]м|"
    r"sei|seien|setze|setzen|nenne|nennen|bezeichne|sea|sean|definimos|denotamos|llamamos|ponemos)\b|[设令记]|定义)"
    r"(?:[ \t\n*_]+[^\W\d]+){0,2}[\s:*_]*$"
)
GOES_ON = re.compile(r"(?i)^(?:and|or|и|а|und|y|e|和|put|let|with|[\s,;、])*$")
# The sample that a text begins with, and more than one of them.
_OBJECT = (
    r"(?:samples?|examples?|objects?|data ?points?|instances?|observations?|rows?|Beispiele?n?s?|Datenpunkte?n?|Objekte?s?|Stichprobe|Zeilen?|ejemplos?|muestras?|datos?|filas?|"
    r"exemples?|échantillons?|observations?|lignes?|campion[ei]|esemp[io]+|rig[ahe]+|amostras?|exemplos?|linhas?|объект\w*|пример\w*|наблюдени\w*|строк\w*|próbk\w*|przykład\w*)"
)
ONE_OBJECT = re.compile(
    rf"(?i)\b(?:a single|one|only one|just one|einzeln\w*|einem|un solo|una sola|un seul|une seule|uma única|um único|одн\w+|единственн\w+|jedn\w+|pojedyncz\w+)\s+{_OBJECT}\b"
    r"|(?:一个|单个)(?:样本|对象|数据)"
)
# What a layer is given, or gives, is one row.
IS_ROW = re.compile(r"(?i)\b(?:hidden|input|output) row\b|^\s*,? ?(?:also )?\(?a row\b(?! of)")
MANY_OBJECTS = re.compile(
    rf"(?i)\b(?:two|three|several|many|all(?: the)?|more|both|N|zwei|drei|mehrere\w*|alle\w*|dos|tres|varios|todos?|deux|trois|plusieurs|tous|due|tre|tutt[ei]|"
    rf"дв\w+|тр[её]\w+|нескольк\w+|все\w*|dwa|trzy|wszystki\w+)(?: \w+)?\s+{_OBJECT}\b|\b(?:mini-?)?batch\w*|\bany N\b|\bin general\b|\ballgemein\w*|"
    r"\bgeneral case\b|\ben general\b|\ben général\b|в общем случае|\bбатч\w*|\bпакет\w*|批|所有样本|两个样本"
)
OTHERWISE = re.compile(
    r"(?i)^[\s,;:(]*(?:and\s+|и\s+|und\s+|y\s+)?(?:otherwise|else|иначе|в противном случае|sonst|andernfalls|en otro caso|si no|否则)"
)
# A condition that stands behind what it is said of.
CONDITION_BEHIND = re.compile(
    r"(?i)^[\s,;(]*(?:if|when|where|for|unless|except|provided(?: that)?|as long as|если|при|для|когда|falls|wenn|für|si|para|cuando|当|若|如果)[\s:]*$"
)
ROWS = re.compile(
    r"(?i)numerator layout|row vectors?|as (?:a )?rows?|\b(?:gradients?|derivatives?|errors?|signals?|deltas?|jacobians?)\b[^.;]{0,25}?\b(?:is|are|be)\b[\s*_]*(?:an? )?[\s*_]*rows?\b|zählerlayout|zeilenvektor|в виде строки|вектор-строк|vector(?:es)? fila|分子布局|行向量|排成一行"
)
IS_DEMANDED = re.compile(r"\\(?:overset|stackrel)\s*\{\s*!\s*\}\s*\{?\s*=")
_D = r"(?:\\mathrm\s*\{?\s*d\s*\}?|\bd|\\partial|\\delta|\\Delta)"
ZERO_DIFFERENTIAL = re.compile(_D + r"\s*\{?\s*([A-Za-z])\s*\}?\s*=\s*0(?![.\d])")
LETTER = re.compile(r"\s*+\\?(?:mathbf|boldsymbol|pmb|bm|vec)?\s*+\{?\s*+([A-Za-z])\s*+\}?\s*+")
# The same, or its transpose.
LETTER_OR_ROW = re.compile(LETTER.pattern + r"(?:\^\s*+\{?\s*+(?:T|\\top|\\intercal|\\mathsf\s*+\{?\s*+T\s*+\}?)\s*+\}?\s*+|')?")
CASE_ALONE = re.compile(r"\s*+([a-z])\s*+(==?|\\neq?|≠|!=|\\not\s*+=)\s*+([a-z])\s*+[.,;]?\s*+")
SIZE_ALONE = re.compile(r"\s*+([A-Z]|n_\d)\s*+=\s*+(\d{1,2})\s*+[.,;]?\s*+")
# What shows that a condition belongs to what follows it, and not to what stands before.
LEADS = re.compile(
    r"(?i)^[\s,:]*(?:it is|this is|we (?:have|get)|then|there|the|one|gilt|ist|имеем|получ\w+|то|tenemos|es|entonces|则|有)\b|^\s*:"
)
NUMBERS = re.compile(
    r"(?:\\(?:begin|end)\{[a-zA-Z]*matrix\}|\\(?:top|frac|[dt]?binom|q?quad|dots|cdot|sqrt)|[\d.,;&()\[\]{}+\-^T'/\s\\])+"
)
