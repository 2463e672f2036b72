"""Words on the two modes of a layer: the one in which statistics are computed, and the one in which they are those that were kept."""

import re

# The layer's mode in which statistics are those that were kept, and the other one.
OTHER_MODE = re.compile(
    r"(?i)\b(?:test|eval|evaluation|inference|prediction|deployment)[- ]?(?:mode|time|phase|stage|modu|zeit|modus|phase)\b|\binferen(?:ce|cia|za|zy|z)\b|"
    r"\b(?:for|für|pour|para|per|dla|для|voor) (?:die |l[’']|la |de )?(?:eval|evaluation|auswertung|evaluaci[oó]n|[ée]valuation|valutazione|avalia[cç][aã]o|evaluatie|ewaluacji|применения)\b(?! (?:of|der|des|de|at)\b)|"
    r"\b(?:in|im|at|during|beim?|zur|vid|ved|bij|při|na) (?:eval|evaluation|evaluatie|evaluering|utvärdering|inference|inferens|inferenci|test|testen|testování|vyhodnocení|inferenz|testzeit|auswertung\w*|vorhersage)\b|\bevaluationsmodus\b|\btest (?:modunda|sırasında|zamanında|aşamasında)|çıkarım\w*|"
    r"\b(?:modo|mode|modalità|fase|phase|tryb\w*) (?:de |di |d[’'])?(?:test\w*|prueba|evaluaci[oó]n|[ée]valuation|valutazione|inf[eé]ren\w+|teste|avalia[cç][aã]o|ewaluacj\w+)\b|"
    r"режим\w* (?:теста|тестирования|оценки|применения|инференса|вывода|eval)|(?:на|при) (?:тесте|тестировании|инференсе|применении)|"
    r"\b(?:utvärderings|evaluerings|validerings|test)(?:läget?s?|modus|tilstand\w*)\b|\bevaluointitila\w*|\bkiértékelés\w*|\bchế độ (?:đánh giá|suy luận|kiểm tra|eval\w*)|\bmod(?:ul|e)? (?:de )?(?:evaluare|evaluasi|uji)\b|"
    r"\brežim\w* (?:vyhodnocení|hodnocení|vyhodnocování|evaluac\w+|provjere)|режим\w* (?:за оценка|на оценка|евалуациј\w+|евалуације|тестирања)|αξιολόγησης?|מצב (?:הערכה|מבחן)|評估(?:時|模式|階段)|測試(?:時|模式|階段)|평가 ?(?:시|모드)|"
    r"режим\w* (?:тестування|оцінки|оцінювання)|测试(?:时|模式|阶段)|推理(?:时|模式|阶段)|评估(?:时|模式)|推論時|テスト時|評価モード|추론|테스트 ?(?:시|모드)|\b(?:running|stored|frozen|moving|population) (?:statistics|mean|averages?|estimates)\b"
)
# Alone at the beginning of a title; a test may be one of numbers.
TITLE_OF_OTHER_MODE = re.compile(
    r"(?i)^\W*(?:eval|evaluation|evaluierung|inference|inferenz|inferencia|inférence|inferenza|auswertung|evaluaci[oó]n|[ée]valuation|valutazione|"
    r"avalia[cç][aã]o|ewaluacja|çıkarım|инференс|推理|推論|추론)(?=\W*$)"
)
# With a colon behind it, as in a list of both modes; beside a label for the training, a test is no test of numbers.
LABEL_OF_OTHER_MODE = re.compile(
    r"(?i)\b(?:eval|evaluation|evaluierung|inference|inferenz|inferencia|inférence|inferenza|auswertung|evaluaci[oó]n|[ée]valuation|valutazione|"
    r"avalia[cç][aã]o|ewaluacja|çıkarım|инференс|推理|推論|추론)[\s*_)]*[:：]"
)
LABEL_OF_TRAINING = re.compile(r"(?i)\btrain(?:ing)?[\s*_)]*[:：]")
LABEL_OF_TEST = re.compile(r"(?i)\btest(?:ing)?[\s*_)]*[:：]")
TRAINING_MODE = re.compile(
    r"(?i)\btrain(?:ing)?(?:s?[- ]?(?:mode|time|phase|modus|zeit))?\b|\b(?:eğitim|entrenamiento|entraînement|apprentissage|addestramento|treino|treinamento|trening\w*|träning\w*|trénov\w+|uczeni\w+)\b|"
    r"обучени\w*|навчан\w*|训练|学習|訓練|훈련|학습"
)
# Directly before words on a mode: the other one is spoken of.
CONTRASTED = re.compile(
    r"(?i)(?:\b(?:unlike|not|than|contrast|opposed|instead|versus|vs|anders|gegensatz|nicht|statt|diferencia|contrairement|différence|differenza|contrario|diferente|"
    r"przeciwieństwie|відміну|aksine|nie|no|non|pas|não)\b|отлич|(?<!\w)не\b|不同于|与.{0,3}不同)[^.,;$]{0,25}$"
)
