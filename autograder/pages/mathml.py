"""math-core's MathML as Chromium should be given it: its flaws are cured here and in `assets/maths.css`, and nowhere else."""

import re

# No other element or attribute, and no address, comes out of the library into a page.
_ELEMENTS = (
    "b|code|em|i|span|math|menclose|mfrac|mi|mmultiscripts|mn|mo|mover|mpadded|mphantom|mprescripts|mroot|mrow|mspace|msqrt|mstyle|msub|msubsup"
    "|msup|mtable|mtd|mtext|mtr|munder|munderover"
)
_ATTRIBUTES = (
    "accent|accentunder|class|depth|display|displaystyle|fence|form|height|largeop|linethickness|lspace|mathvariant|maxsize|minsize"
    "|movablelimits|notation|rspace|scriptlevel|separator|stretchy|style|symmetric|voffset|width"
)
_SAFE_TAG = re.compile(rf'</?(?:{_ELEMENTS})(?: (?:{_ATTRIBUTES})="[-\w .#%:;]*")*/?>')

# Chromium sets scripts by the ink of what they stand at, so they hang lower at a y than at an x, and fly above a bracket.
# TeX does not look at one character. And it gives a stretched bracket its size only where that is not the base itself.
_SCRIPTED = r"(<(?:msub|msup|msubsup)>)"
_LETTER = r"<mi(?: mathvariant=\"normal\")?>[^<]</mi>"
_SIZED_BASE = re.compile(rf'{_SCRIPTED}(<mo [^>]*minsize="[^>]*>[^<]*</mo>)')
_BRACKET_BASE = re.compile(rf'{_SCRIPTED}(<mo stretchy="false"[^>]*>[^<]</mo>)')
_LETTER_BASE = re.compile(rf'{_SCRIPTED}({_LETTER}|<mover accent="true">{_LETTER}<mo[^>]*>[^<]</mo></mover>)')
# The font's own bar does not stretch, its low line does; and its prime is raised and small already.
_BAR = re.compile('(?<=stretchy="true")>[\u0305\u0332\u203e]<')
_PRIMES = "<mo>([\u2032-\u2034\u2057]+)</mo>"
_PRIMED_LETTER = re.compile(f"<msup>(<mi>[^<]*</mi>)({_PRIMES.replace('(', '').replace(')', '')})</msup>")
_PRIME = re.compile(f"{_PRIMES}(</msup>|</msubsup>)")
# The sizes of TeX's fonts are a little small for this one, whose sums are taller.
_SIZES = {"1.623em": "1.8em", "2.047em": "2.4em", "2.470em": "3em"}
_SIZE = re.compile('(?<=size=")(1.623em|2.047em|2.470em)(?=")')


def is_safe(markup: str) -> bool:
    """Whether the markup holds nothing but the elements and attributes of formulas."""
    return not {"<", ">"} & set(_SAFE_TAG.sub("", markup))


def cured(markup: str) -> str:
    """The library's MathML as Chromium should be given it; Firefox and Safari show the same as before."""
    markup = re.sub("<mo>\u2063</mo>|[\ufe00\ufe01]", "", markup)  # brackets that are none, and styles of letters
    markup = markup.replace("<mi>:</mi>", '<mi>:</mi><mspace width="0.1667em"/>')
    markup = _BAR.sub(">_<", markup).replace(' stretchy="true">~<', ' stretchy="true">\u0303<')
    markup = _PRIMED_LETTER.sub(r"<mrow>\1\2</mrow>", markup)
    markup = _PRIME.sub(r'<mo class="prime">\1</mo>\2', markup)
    markup = _SIZED_BASE.sub(r"\1<mrow>\2</mrow>", markup)
    markup = _BRACKET_BASE.sub(r'\1<mpadded height="0.5em" depth="0.1em">\2</mpadded>', markup)
    markup = _LETTER_BASE.sub(r'\1<mpadded depth="0">\2</mpadded>', markup)
    return _SIZE.sub(lambda found: _SIZES[found[1]], markup)
