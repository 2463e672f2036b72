"""How symbols are spelled in TeX and on keyboards, and which commands are decoration; a new spelling is added to ``SAME``."""

import re

# Letters that look like Latin or Greek ones; a keyboard in another layout writes them unnoticed.
LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХУасеорхуіј", "ABEKMHOPCTXYaceopxyij")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
UNICODE = {
    "−": "-", "·": "\\cdot ", "×": "\\times ", "⊗": "\\otimes ", "⊙": "\\odot ", "⊘": "\\oslash ", "∘": "\\odot ", "∑": "\\sum ", "∂": "\\partial ",
    "∇": "\\nabla ", "ᵀ": "^T ", "⊤": "\\top ", "¹": "^1 ", "²": "^2 ", "³": "^3 ", "μ": "\\mu ", "σ": "\\sigma ", "ε": "\\varepsilon ", "α": "\\alpha ",
    "δ": "\\delta ", "Δ": "\\Delta ", "≠": "\\ne ", "…": "\\dots ", "′": "'", "⟨": "\\langle ", "⟩": "\\rangle ", "‖": "\\|", "∈": "\\in ",
    "⇒": "\\Rightarrow ", "→": "\\to ", "≈": "\\approx ", "≡": "\\equiv ", "𝟙": "\\ones", "⟹": "\\Rightarrow", "⟶": "\\to",
    "⇔": "\\iff", "⟺": "\\iff", "⇐": "\\Leftarrow", "←": "\\Leftarrow", "↦": "\\mapsto", "≔": "\\coloneqq", "∝": "\\propto",
    "≤": "\\le", "≥": "\\ge", "∀": "\\forall", "∴": "\\therefore", "∵": "\\because", "⋅": "\\cdot ", "∙": "\\cdot ", "∥": "\\|", "∣": "|", "∗": "*",
    "†": "\\dagger ",
}  # fmt: skip
SAME = {
    "\\intercal": "\\top", "\\dag": "\\dagger", "\\lVert": "\\|", "\\rVert": "\\|", "\\Vert": "\\|", "\\lvert": "|", "\\rvert": "|", "\\vert": "|",
    "\\langle": "\\langle", "\\lbrace": "\\{", "\\rbrace": "\\}", "\\lbrack": "[", "\\rbrack": "]", "\\circ": "\\odot", "\\ast": "*",
    "\\star": "*", "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac", "\\epsilon": "\\varepsilon", "\\neq": "\\ne",
    "\\ldots": "\\dots", "\\cdots": "\\dots", "\\vdots": "\\dots", "\\ddots": "\\dots", "\\dotsc": "\\dots", "\\dotsb": "\\dots", "\\dotsm": "\\dots", "\\dotso": "\\dots", "\\dotsi": "\\dots",
    "\\implies": "\\Rightarrow", "\\Longrightarrow": "\\Rightarrow", "\\rightarrow": "\\to", "\\Leftrightarrow": "\\iff",
    "\\Longleftrightarrow": "\\iff", "\\leftrightarrow": "\\iff", "\\longleftrightarrow": "\\iff", "\\iff": "\\iff",
    "\\longrightarrow": "\\to", "\\rightsquigarrow": "\\to", "\\hookrightarrow": "\\to", "\\longmapsto": "\\mapsto", "\\impliedby": "\\Leftarrow",
    "\\leftarrow": "\\Leftarrow", "\\longleftarrow": "\\Leftarrow", "\\Longleftarrow": "\\Leftarrow", "\\gets": "\\Leftarrow",
    "\\doteq": "=", "\\colonequals": "\\coloneqq", "\\coloneq": "\\coloneqq", "\\eqqcolon": "=", "\\leqslant": "\\le", "\\geqslant": "\\ge", "\\mid": "|", "\\triangleq": "\\coloneqq", "\\colon": ":", "\\leadsto": "\\Rightarrow",
    "\\widehat": "\\hat", "\\widetilde": "\\tilde", "\\overline": "\\bar", "\\trace": "\\tr", "\\Tr": "\\tr",
    "\\part": "\\partial", "\\nicefrac": "\\frac", "\\sfrac": "\\frac", "\\div": "/", "\\llbracket": "[", "\\rrbracket": "]", "\\boxdot": "\\odot",
}  # fmt: skip
# Above an array; every other spelling becomes one of these.
TRANSPOSITIONS = ("T", "\\top")
# Entrywise, or a composition of functions.
CIRCLE = "\\circ"
# What is written with several characters of the keyboard: arrows, signs of definitions and comparisons.
TYPED = re.compile(r"<=+>|=+>|--+>|->|<--+|:\s*=|=:|==+|!\s*=|\\not\s*=|<=|>=|\.\.\.+")
# What stands before a function of a library, and says nothing.
LIBRARIES = ("np.", "numpy.", "jnp.", "torch.", "tf.")
LIBRARY = re.compile(r"(?<![a-zA-Z\\])(?:np|numpy|jnp|torch|tf)\s*\.\s*(?:linalg\s*\.\s*)?(?=[a-z]{2,}\s*\()")
# The name of a function that runs together with the letter behind it: ``trAB``, ``lny``.
GLUED = re.compile(r"(?:tr|Tr|vec)(?=[A-Z])|(?:ln|log|diag)(?=[a-zA-Z](?![a-zA-Z]))")
# These say what something is; X \\approx AS only says what is wanted of AS.
EQUALITIES = {"=", "\\equiv", "\\coloneqq"}
RELATIONS = {"=", "\\equiv", "\\approx", "\\coloneqq", "\\simeq", "\\cong", "\\propto", "\\demanded"}
ARROWS = {"\\Rightarrow", "\\Leftarrow", "\\iff", "\\to", "\\mapsto"}
# Arrows with a word above them.
LABELLED_ARROWS = {
    "\\xrightarrow",
    "\\xRightarrow",
    "\\xlongrightarrow",
    "\\xleftarrow",
    "\\xLeftarrow",
    "\\xleftrightarrow",
    "\\xmapsto",
}
# Commands without meaning for the value: spaces, sizes, styles without an argument.
SILENT = set(
    """\\, \\; \\: \\! \\> \\  \\left \\right \\middle \\big \\Big \\bigg \\Bigg \\bigl \\bigr \\Bigl \\Bigr \\biggl \\biggr \\Biggl
    \\Biggr \\tiny \\scriptsize \\footnotesize \\small \\normalsize \\large \\Large \\LARGE \\huge \\Huge \\scriptscriptstyle \\bfseries \\itshape \\upshape
    \\rmfamily \\sffamily \\centering \\raggedright \\displaystyle \\textstyle \\scriptstyle \\limits \\nolimits \\nonumber \\notag \\hline \\hdashline \\bf \\rm \\it \\sf \\tt \\sl \\cal \\relax
    \\allowbreak \\strut \\smallskip \\medskip \\bigskip \\noindent \\boldmath \\hfill \\mathstrut \\null \\thinspace \\space \\nobreakspace \\enspace \\enskip \\medspace \\thickspace
    \\Box \\square \\blacksquare \\qed \\checkmark ✓ ✔ ∎ ■""".split()
) | {"\\ "}
# Commands whose argument is all that counts: the command goes, the argument stays.
SILENT |= set(
    """\\mathbf \\boldsymbol \\bm \\bold \\mathit \\mathnormal \\vec \\mathsf \\pmb \\boxed \\underline \\mathstrut \\mathbin \\mathrel
    \\mathord \\mathop \\smash \\ensuremath \\mbox \\fbox \\hbox \\cancel \\bcancel \\mathcal \\mathscr \\mathfrak""".split()
)
WORDS = {
    "\\text",
    "\\mathrm",
    "\\operatorname",
    "\\operatorname*",
    "\\textrm",
    "\\textit",
    "\\textbf",
    "\\texttt",
    "\\mathtt",
    "\\textnormal",
    "\\textsf",
}
# Those that change how a letter looks, and what it is not.
STYLES = {"\\textbf", "\\textit", "\\textsf"}
# Those for names, and not for prose.
NAMING = {"\\mathrm", "\\operatorname", "\\operatorname*", "\\texttt", "\\mathtt"}
# Of what stands below an arrow, in tokens.
LONGEST_OPTION = 30
# Commands that are left out together with their arguments.
DROPPED = {"\\tag": 1, "\\tag*": 1, "\\label": 1, "\\color": 1, "\\hspace": 1, "\\hspace*": 1, "\\vspace": 1, "\\phantom": 1, "\\hphantom": 1,
           "\\vphantom": 1, "\\rule": 2, "\\footnote": 1, "\\ref": 1, "\\eqref": 1}  # fmt: skip
# Commands of which one argument counts: (how many there are, which counts).
CHOSEN = {
    "\\textcolor": (2, 1),
    "\\colorbox": (2, 1),
    "\\stackrel": (2, 1),
    "\\overset": (2, 1),
    "\\underset": (2, 1),
    "\\href": (2, 1),
}
BRACED = {"\\underbrace": "_", "\\overbrace": "^"}
# Signs of products, and what they are called in a :class:`~..expressions.kinds.Product`.
SIGNS = {
    "@": "at", "\\cdot": "*", "*": "*", "\\times": "*", "\\bullet": "*", "\\odot": "odot", "\\oslash": "oslash", "\\otimes": "otimes",
}  # fmt: skip
# What binds less tightly than factors side by side, as most people write it; the first two go entry by entry.
ENTRYWISE = ("odot", "oslash")
LOOSE = (*ENTRYWISE, "otimes")


def with_latin_letters(source: str) -> str:
    """A formula with Latin letters for those that only look like them; words of another alphabet stay what they are."""
    return source if source.isascii() else _CYRILLIC.sub(_latin, source)


def _latin(letters: re.Match[str]) -> str:
    latin = letters[0].translate(LOOK_ALIKES)
    return latin if latin.isascii() else letters[0]
