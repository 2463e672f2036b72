"""The TeX commands that stand for one character, and the kind of atom each of them is.

The kinds are TeX's own (The TeXbook, chapter 17), since they decide the space between two neighbours: an ordinary
symbol, a large operator, a binary operation, a relation, an opening or closing delimiter, punctuation.
"""

import string

ORDINARY, OPERATOR, BINARY, RELATION, OPENING, CLOSING, PUNCTUATION, INNER = range(8)


def _table(entries: str) -> dict[str, str]:
    """Read `name character` pairs; a name that stands for the same character as another is listed with its own copy."""
    words = entries.split()
    return dict(zip(words[::2], words[1::2], strict=True))


GREEK = _table(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ "
    "varphi φ chi χ psi ψ omega ω"
)
UPRIGHT = _table(
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω nabla ∇ hbar ℏ ell ℓ "
    "Re ℜ Im ℑ aleph ℵ infty ∞ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ "
    "angle ∠ prime ′ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱ square □ blacksquare ■ checkmark ✓ dagger † star ⋆ "
    "degree ° vert | Vert ‖ backslash ∖ _ _ # # % % $ $ & & | ‖ dotsc … dotsb ⋯ dotsm ⋯"
)
ITALIC = GREEK | _table("partial ∂ imath ı jmath ȷ")
BINARIES = _table(
    "pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ circ ∘ bullet ∙ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ oslash ⊘ cup ∪ "
    "cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ sqcup ⊔ sqcap ⊓ diamond ⋄ triangleleft ◁ triangleright ▷ "
    "boxtimes ⊠ boxplus ⊞ uplus ⊎"
)
RELATIONS = _table(
    "lt < gt > le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ "
    "propto ∝ ll ≪ gg ≫ in ∈ ni ∋ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ nmid ∤ parallel ∥ "
    "perp ⟂ to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ implies ⟹ Longrightarrow ⟹ "
    "Leftarrow ⇐ impliedby ⟸ Leftrightarrow ⇔ iff ⟺ Longleftrightarrow ⟺ longrightarrow ⟶ longleftarrow ⟵ "
    "mapsto ↦ longmapsto ⟼ hookrightarrow ↪ uparrow ↑ downarrow ↓ updownarrow ↕ nearrow ↗ searrow ↘ "
    "rightsquigarrow ⇝ leadsto ⇝ coloneqq ≔ coloneq ≔ eqqcolon ≕ doteq ≐ triangleq ≜ prec ≺ succ ≻ preceq ⪯ "
    "succeq ⪰ models ⊨ vdash ⊢ asymp ≍ lesssim ≲ gtrsim ≳ colon :"
)
OPENINGS = _table("lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lparen ( llbracket ⟦")
CLOSINGS = _table("rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rparen ) rrbracket ⟧")
# The first set carries its limits above and below in a displayed formula, the integrals beside them.
LIMIT_OPERATORS = _table("sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ bigvee ⋁ bigwedge ⋀ bigsqcup ⨆")
INTEGRALS = _table("int ∫ iint ∬ iiint ∭ oint ∮")
LIMIT_NAMES = _table("lim lim max max min min sup sup inf inf det det gcd gcd Pr Pr")
LIMIT_NAMES |= {"limsup": "lim sup", "liminf": "lim inf", "argmax": "arg max", "argmin": "arg min"}
NAMES = LIMIT_NAMES | _table(
    "log log ln ln lg lg exp exp sin sin cos cos tan tan cot cot sec sec csc csc sinh sinh cosh cosh tanh tanh "
    "coth coth arcsin arcsin arccos arccos arctan arctan arg arg deg deg dim dim ker ker"
)

SYMBOLS: dict[str, tuple[int, str]] = {
    **{name: (BINARY, character) for name, character in BINARIES.items()},
    **{name: (RELATION, character) for name, character in RELATIONS.items()},
    **{name: (OPENING, character) for name, character in OPENINGS.items()},
    **{name: (CLOSING, character) for name, character in CLOSINGS.items()},
}
SYMBOLS["colon"] = (PUNCTUATION, ":")

# What may follow \\left, \\right, \\middle and \\big beside a character such as a parenthesis.
DELIMITERS = _table("( ( ) ) [ [ ] ] | | / / < ⟨ > ⟩") | {".": ""}
DELIMITERS |= {
    "\\" + name: character
    for name, character in (OPENINGS | CLOSINGS | _table("vert | Vert ‖ | ‖ uparrow ↑ downarrow ↓ updownarrow ↕")).items()
}

# A hyphen typed in a formula is a minus sign and an asterisk an operation; the characters say so.
CHARACTERS: dict[str, tuple[int, str]] = {
    "+": (BINARY, "+"), "-": (BINARY, "−"), "*": (BINARY, "∗"),
    "=": (RELATION, "="), "<": (RELATION, "<"), ">": (RELATION, ">"), ":": (RELATION, ":"),
    "(": (OPENING, "("), "[": (OPENING, "["), ")": (CLOSING, ")"), "]": (CLOSING, "]"),
    "!": (CLOSING, "!"), "?": (CLOSING, "?"),
    ",": (PUNCTUATION, ","), ";": (PUNCTUATION, ";"),
    "|": (ORDINARY, "|"), "/": (ORDINARY, "/"), ".": (ORDINARY, "."), "@": (ORDINARY, "@"), '"': (ORDINARY, '"'),
}  # fmt: skip

SPACES = {
    "quad": 1.0, "qquad": 2.0, "enspace": 0.5, " ": 0.25, "~": 0.25, "space": 0.25, "nobreakspace": 0.25,
    "thinspace": 0.1667, ",": 0.1667, "medspace": 0.2222, ":": 0.2222, ">": 0.2222, "thickspace": 0.2778, ";": 0.2778,
    "!": -0.1667, "negthinspace": -0.1667,
}  # fmt: skip

# The accent's character and whether it grows with what it stands on.
ACCENTS = {
    "hat": ("ˆ", False), "check": ("ˇ", False), "tilde": ("˜", False), "dot": ("˙", False),
    "ddot": ("¨", False), "acute": ("´", False), "grave": ("`", False), "breve": ("˘", False), "mathring": ("˚", False),
    "vec": ("\u20d7", True), "overrightarrow": ("\u20d7", True), "widehat": ("\u0302", True),
    "widetilde": ("\u0303", True),
}  # fmt: skip
BRACES = {"underbrace": ("munder", "⏟"), "overbrace": ("mover", "⏞")}
# How high the delimiter after each of these is, in ems; an l, r or m at the name's end says which side it stands on.
BIG_SIZES = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}

# MathML in browsers has no "bold" or "double-struck" attribute: the letter itself has to be another character. Each
# alphabet starts at one code point; a few letters were in Unicode before and kept their old place.
_ALPHABETS = {
    "mathbf": (0x1D400, 0x1D7CE), "mathbb": (0x1D538, 0x1D7D8), "mathcal": (0x1D49C, None), "mathscr": (0x1D49C, None),
    "mathfrak": (0x1D504, None), "mathsf": (0x1D5A0, 0x1D7E2), "mathtt": (0x1D670, 0x1D7F6), "mathit": (0x1D434, None),
    "boldsymbol": (0x1D468, 0x1D7CE),
}  # fmt: skip
_OLD_PLACES = {
    "mathbb": _table("C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ"),
    "mathcal": _table("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ"),
    "mathfrak": _table("C ℭ H ℌ I ℑ R ℜ Z ℨ"),
    "mathit": {"h": "ℎ"},
}
_OLD_PLACES["mathscr"] = _OLD_PLACES["mathcal"]
_GREEK_ORDER = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"
_CAPITAL_ORDER = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"


def _alphabet(font: str) -> dict[str, str]:
    letters, digits = _ALPHABETS[font]
    table = {letter: chr(letters + place) for place, letter in enumerate(string.ascii_uppercase + string.ascii_lowercase)}
    if digits is not None:
        table |= {digit: chr(digits + place) for place, digit in enumerate(string.digits)}
    if font in ("mathbf", "boldsymbol"):
        capital, small = (0x1D6A8, 0x1D6C2) if font == "mathbf" else (0x1D71C, 0x1D736)
        table |= {letter: chr(capital + place) for place, letter in enumerate(_CAPITAL_ORDER)}
        table |= {letter: chr(small + place) for place, letter in enumerate(_GREEK_ORDER)}
    return table | _OLD_PLACES.get(font, {})


FONTS: dict[str, dict[str, str]] = {font: _alphabet(font) for font in _ALPHABETS}
FONTS |= {"mathrm": {}, "bm": FONTS["boldsymbol"], "pmb": FONTS["boldsymbol"], "mathnormal": {}}
