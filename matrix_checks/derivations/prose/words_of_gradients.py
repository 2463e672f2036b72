"""The words that say of a letter that it is the gradient which comes to a layer, in the languages that students write.

Words that follow each other are atomic groups: one word may stand in two lists, and a text of such words would be tried in all ways.
"""

import re

_GRADIENT = (
    r"(?:gradients?|gradienten?|gradiente|gradientes|gradientem|derivatives?|sensitivity|sensitivities|error ?signal|what|whatever|everything that|"
    r"ableitung|dérivées?|ce qui|derivadas?|lo que|aquello que|derivat[ae]|ciò che|quello che|o que|pochodn[aą]|"
    r"градиент\w*|производн\w+|то,? что|градієнт\w*|похідн\w+)"
)
_CHINESE_GRADIENT = r"(?:上游|传入的|传来的|外部|上层(?:传来)?的?|输出)的?梯度"
# Where the gradient comes from, said before it.
_ORIGIN_BEFORE = (
    r"(?:incoming|upstream|up-stream|arriving|given|backpropagated|back-propagated|external|outer|eingehende[nr]?|ankommende[nr]?|hereinkommende[nr]?|von außen|von oben|"
    r"from above|from outside|from the loss|entrante|входящ\w+|внешн\w+|пришедш\w+|приходящ\w+|вхідн\w+)"
)
_PLACE = (
    r"(?:above|outside|upstream|behind|the (?:output(?: side)?|loss|end|top|right|back|(?:next|following|later|subsequent|other) layers?|layers? (?:above|behind|after)|"
    r"rest of the net(?:work)?)|oben|außen|hinten|(?:der|dem) (?:verlust\w*|loss|nächsten schicht|ausgang)|"
    r"(?:la |l['’])?(?:couche (?:suivante|du dessus)|perte|aval|extérieur|haut|dessus)|(?:la )?(?:capa (?:siguiente|de arriba)|pérdida|siguiente capa)|arriba|fuera|afuera|"
    r"(?:dallo |dal |dalla |d)?(?:alto|sopra|fuori|strato successivo|perdita)|cima|fora|(?:da )?(?:camada (?:seguinte|de cima)|perda)|"
    r"сверху|снаружи|извне|потерь|функции потерь|следующего слоя|góry|zewnątrz|зверху|ззовні)"
)
_COMES = (
    r"(?:that|which|as|it|is|are|was|being|comes?|coming|came|arriv\w+|flow\w*|enter\w*|pass\w*|propagat\w+|received|handed|sent|given|back|down|in|to us|to the layer|"
    r"d(?:er|ie|as)|kommt|kommen\w*|ankommt|zurück(?:kommt)?|hereinkommt|eintrifft|qui|vient|venant|arriv\w+|provenant|reçu|que|llega|viene|proven\w+|recibido|"
    r"che|arriva|viene|vem|chega|vindo|котор\w+|прид\w+|приш\w+|приход\w+|który|przychodzi|що|приходить)"
)
_FROM = r"(?:from|out of|by|von|vom|aus|d['’]|de|de l['’]|du|dal\w*|d[ao]|desde|от|из|с|со|z|від|з)"
_ORIGIN_BEHIND = (
    rf"(?:(?>{_COMES}[ ,]+)*(?:{_FROM} ?)?{_PLACE}(?: (?:kommt|kommend|vient|viene|vem|приход\w+))?|"
    rf"(?>{_COMES}[ ,]+)+(?:in|back|entrante|entra|hereinkommt|zurückkommt)|(?:amont|en amont|entrant|entrante|recibido|reçu|входящ\w+|пришедш\w+))"
)
_LINK = (
    r"(?:is|are|be|as|for|means|denotes?|stands? for|will be|simply|just|call(?:ed|s)?|written|denoted|by|my|our|i|we|"
    r"ist|sei|sind|für|bezeichnet?|steht für|heißt|nenne|nennen|wir|ich|mit|"
    r"est|soit|pour|désigne|noté|appelons|notons|note|on|es|sea|para|por|denota|llamo|llamamos|lo|con|è|sia|per|indica|chiamo|si|é|seja|chamo|"
    r"это|есть|для|обозначает|обозначим|обозначу|через|назов[её]м|jest|to|oznaczam|—|–|--?|"
    r"that is|that['’]s|i\. ?e\.|d\. ?h\.|das heißt|das ist|c['’]est-à-dire|es decir|cioè|ou seja|то есть|т\. ?е\.|czyli|тобто|又|即|"
    r"(?:use[sd]?|written|writing|here)? ?instead of|in place of|statt|anstelle von|au lieu de|en lugar de|en vez de|invece di|em vez de|вместо|zamiast|замість|here|bei mir|bei uns|hier|chez moi|у меня)"
)
_ARTICLE = (
    r"(?:the|an?|usual|partial|total|whole|loss|known|vector|la|le|die|der|den|das|partielle[nr]?|el|il|lo|o|os|"
    r"un|une|una|um|uma|ein|eine|einen|частн\w+|вектор)"
)
_GAP = r"[\s*_:,(='’]+"
# By the names of programs and of the exercise, and of what lies at the output.
_NAMED = (
    r"(?:grad[\\_ ]*output|(?:the )?output(?:'s|s)?[- ]gradients?|gradients? (?:of|at|on) the output|Ausgangsgradient\w*|gradients? de (?:la )?sortie|gradiente (?:de|della|da) (?:salida|uscita|saída)|"
    r"градиент\w* (?:на|по) выход\w*|градиент\w* выхода)"
)
_UPSTREAM = (
    rf"(?:{_NAMED}|{_ORIGIN_BEFORE}{_GAP}(?>(?:{_ARTICLE}|{_COMES}){_GAP})*{_GRADIENT}|(?>{_COMES}{_GAP})+{_FROM}{_GAP}{_PLACE}{_GAP}(?>{_LINK}{_GAP}|{_ARTICLE}{_GAP})*{_GRADIENT}|"
    rf"(?:from|von|de|desde|d['’]|da|dal\w*|с){_GAP}{_PLACE}{_GAP}(?>(?:{_COMES}|{_ARTICLE}){_GAP})*{_GRADIENT}|"
    rf"{_GRADIENT}{_GAP}{_ORIGIN_BEHIND}|{_CHINESE_GRADIENT})"
)
# Words directly before a letter, and directly behind it.
UPSTREAM_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){_UPSTREAM}(?>{_GAP}{_LINK}(?![^\W\d_]))*[\s*_:,(为是记作]*$")
IS_UPSTREAM = re.compile(
    rf"(?i)^(?:[\s*_:]*(?:[,(]\s*)?|\s*,\s*(?:where|which|das|qui|che|que|котор\w+)\s+)(?>(?:{_LINK}|{_ARTICLE}){_GAP}|l['’]|[是为])*{_UPSTREAM}(?![^\W\d_])"
)
# Of something, with what is differentiated by behind it.
_OF_LOSS = r"(?:of|der|des|vom|von|de|du|della|da|функции)"
_BY = (
    r"(?:(?:with respect|w\. ?r\. ?t\.?|in respect|relative) ?(?:to)?|by|wrt|at|nach|bezüglich|par rapport [àa]u?x?|selon|(?:con )?respecto (?:a|de)l?|"
    r"rispetto [aà]l?|em relação [aà]o?|по|względem|за)"
)
LOSS_IN_WORDS = r"(?:the (?:total |scalar )?(?:loss|cost|error)(?: function)?|loss|verlust\w*|kosten|fehler\w*|la (?:perte|pérdida|perdita|perda)|(?:the )?loss|l['’]erreur|потерь|лосса|ошибки|straty|втрат)"
_OUTPUT = r"(?:outputs?|ausgabe|ausgang|sortie|salida|uscita|saída|выход\w*)"
_BY_WHAT = rf"{_BY}(?: (?:the|den|der|die|la|le|el|il|o|a))?(?: {_OUTPUT})?"
IS_GRADIENT_BY = re.compile(
    rf"(?i)^[\s*_:(]*(?>(?:{_LINK}|{_ARTICLE}){_GAP}|l['’])*{_GRADIENT}(?: {_OF_LOSS})?(?: {LOSS_IN_WORDS})?(?: {_BY_WHAT})?\s*$"
)
IS_BY = re.compile(rf"(?i)^\s*{_BY_WHAT}\s*$")
ENDS_IN_BY = re.compile(rf"(?i) {_BY_WHAT}\s*$")
# With nothing more to come.
IS_GRADIENT_BY_OUTPUT = re.compile(
    rf"(?i)^[\s*_:(]*(?>(?:{_LINK}|{_ARTICLE}){_GAP}|l['’])*{_GRADIENT}(?: {_OF_LOSS})?(?: {LOSS_IN_WORDS})? {_BY} (?:(?:the|our|den|der|die|la|le|el|il|o|a) )?"
    rf"{_OUTPUT}(?![^\W\d_])"
)
# The same before the letter: "the derivative of the loss by the output is called $u$", "by $z$ is called $u$".
_BEGINS_GRADIENT = (
    rf"(?<![^\W\d_]){_GRADIENT}(?: {_OF_LOSS})?(?: {LOSS_IN_WORDS})? {_BY}(?: (?:the|our|den|der|die|la|le|el|il|o|a))?"
)
_CALLED = rf"(?>{_GAP}{_LINK}(?![^\W\d_]))+[\s*_:,(为是记作]*$"
GRADIENT_BY_OUTPUT_BEFORE = re.compile(rf"(?i){_BEGINS_GRADIENT} {_OUTPUT}{_CALLED}")
GRADIENT_BY_BEFORE = re.compile(rf"(?i){_BEGINS_GRADIENT}(?: {_OUTPUT})?\s*$")
IS_CALLED = re.compile(rf"(?i)^{_CALLED}")
DENOMINATOR = r"(?:denominator|nenner|dénominateur|denominador|denominatore|знаменател\w+|mianownik\w*|знаменник\w*|分母)"
_NAMES = (
    rf"(?:{_LINK}|{_ARTICLE}|this|dessen|diesen|ce|este|questo|этот|whole|abbreviate[ds]?|abbreviating|short|shorthand|write|writing|let|with|schreibe|setze|kürze|abgekürzt|escribo|scrivo|écris|"
    r"j['’]écris|запишем|запишу|ab)"
)
DENOMINATOR_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){DENOMINATOR}(?>{_GAP}{_NAMES}(?![^\W\d_]))*[\s*_:,(为是记作]*$")
# "for the sum", and not "for the sum of the gradients".
_SUM = r"(?:sum|summe|somme|suma|somma|soma|сумм[аыу]|sumę|sumy)(?![^\W\d_])(?!\s+(?:of|over|der|von|über|de[sl]?|sobre|sur|di|su|da|по|над)(?![^\W\d_]))"
IS_DENOMINATOR = re.compile(
    rf"(?i)^[\s*_:(]*(?:(?>{_NAMES}{_GAP}|l['’]|[是为])*{DENOMINATOR}(?![^\W\d_])|(?>{_NAMES}{_GAP})++{_SUM})"
)
_EXPONENTIALS = (
    r"(?:sum|summe|somme|suma|somma|soma|сумм[аыуе]|sum[aęy])(?:\s+(?:of|der|aller|von|de(?:s|lle|i|ll['’])?|das|dos|las|los|toutes|les|tutti|all|the|our|all[e]?|these|всех|wszystkich))*"
    r"\s*(?:exponen\w+|esponenzial\w+|экспонент\w*|wykładnicz\w+)|指数(?:项)?(?:之|的)?(?:总)?和"
)
EXPONENTIALS_BEFORE = re.compile(rf"(?i)(?<![^\W\d_])(?:{_EXPONENTIALS})(?>{_GAP}{_NAMES}(?![^\W\d_]))*[\s*_:,(为是记作]*$")
IS_SUM_OF_EXPONENTIALS = re.compile(rf"(?i)^[\s*_:(]*(?>{_NAMES}{_GAP}|l['’]|[是为])*(?:{_EXPONENTIALS})")
# In characters, between a name and what it stands for.
LONGEST_BETWEEN = 100
# Words of a sentence that says of a name that it is a derivative: links, articles, what is said of a derivative, and the noun itself.
_IS = (
    r"is|are|be|as|for|means|denotes?|stands? for|will be|simply|just|short for|est|soit|pour|désigne|ist|sei|für|bezeichnet?|steht für|es|sea|para|por|denota|è|sia|per|indica|"
    r"é|seja|это|есть|для|обозначает|jest|to|—|–|:"
)
_SAID_OF_DERIVATIVE = (
    r"the|an?|incoming|upstream|given|usual|partial|total|loss|known|la|le|l|entrante|partielle|die|der|den|das|partielle[nr]?|eingehende[nr]?|el|parcial|entrante|il|lo|"
    r"parziale|o|a|частная|частную|входящий|входящую|пришедший|пришедшую"
)
_NOUN = r"gradients?|derivatives?|sensitivity|error signal|dérivée|gradiente?|Ableitung|Gradienten?|derivada|derivata|производн(?:ая|ую)|градиент|pochodna|gradientem"
_WORDS_OF_NAMING = re.compile(rf"(?i)^[\s,('’]*(?>(?:{_IS}|{_SAID_OF_DERIVATIVE}|{_NOUN})(?:[\s,('’]+|$))+$")
_IS_NAMED = re.compile(rf"(?i)(?<![^\W\d_])(?:{_IS}|{_NOUN})(?![^\W\d_])")
# Between a derivative and its name; the verb stands there, or before both.
_BY_NAME = re.compile(
    r"(?i)^[\s,(]*(?:(?:is|are|wird|werden|est|se|si|è|мы)\s+)*(?:(?P<verb>called|denoted|written|named|abbreviated|noté[es]?|appelée?|genannt|bezeichnet|geschrieben|abgekürzt|"
    r"llamad[ao]|denotad[ao]|chiamat[ao]|indicat[ao]|обозначим|обозначается|называется)\s+)?(?:by|as|just|simply|with|short|par|comme|als|mit|durch|kurz|por|como|con|come|через|как|\s)*$"
)
_CALLS = re.compile(
    r"(?i)\b(?:call|denote|name|abbreviate|write|notons|note|appelons|nenne\w*|bezeichne\w*|schreibe\w*|llama\w*|denota\w*|escribi\w*|chiam\w+|indic\w+|обозначим|назов[её]м)"
    r"(?:\s+(?:wir|on|the|die|den|la|le|el|il|gradient\w*|derivative|Ableitung|dérivée|derivada|derivata|градиент|производную))*\s*$"
)


def names_derivative(between: str) -> bool:
    r"""Whether words between a name and a derivative say that it is this one: "with ``u`` the derivative ``\\partial L/\\partial p``"."""
    is_near = len(between) <= LONGEST_BETWEEN
    return is_near and _WORDS_OF_NAMING.search(between) is not None and _IS_NAMED.search(between) is not None


def derivative_is_named(before: str, between: str) -> bool:
    """Whether words around a derivative, and before a name, say that it is called so: "denote ``dL/dp`` by ``u``"."""
    found = _BY_NAME.search(between) if len(between) <= LONGEST_BETWEEN else None
    return found is not None and (found["verb"] is not None or _CALLS.search(before[-LONGEST_BETWEEN:]) is not None)
