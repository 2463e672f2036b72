"""What the text around a formula says of it: a condition, a hypothesis, an example, each as far as its scope reaches.

A sentence reaches from its words to its end, through formulas and displays; an example reaches to the end of its paragraph,
and another meaning of a name to the end of the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose import words, words_of_hedges, words_of_numbers, words_of_properties
from matrix_checks.derivations.reading.cases_in_words import case_before
from matrix_checks.derivations.reading.formulas import Piece

Names = frozenset[str]


# In characters.
LONGEST_SENTENCE = 400


@dataclass
class Surroundings:
    """What was heard so far, and still counts.

    Attributes
    ----------
    zero
        Whether something is set to zero in this sentence.
    pending
        Whether what stands next is a hypothesis.
    hypothetical
        The names of which this sentence assumes something.
    lasting
        The names of which this paragraph assumed something: it may still be meant.
    standing
        The names to which a paragraph of its own gave a property: it is meant until something is said in general.
    in_general
        Whether something was said in general so far.
    example
        Whether this paragraph has an example in numbers.
    held
        The names that this paragraph holds fixed.
    defining
        Whether the formula that stands next gives a meaning to a name.
    redefined
        The exercise's names that the text gave another meaning.
    gradients_named
        Whether the text writes ``dy`` for the gradient with respect to ``y``.
    rows
        Whether the text writes gradients as rows.
    demanded
        Whether the formula demands an equality, with an exclamation mark over its sign.
    conditioned
        Whether a condition stands behind the formula.
    denied
        Whether this sentence says that something is wrong.
    line_by_line
        Whether the words behind the formula say that it is meant for each line of a matrix.
    qualified
        Whether the words behind the formula say of what it is true.
    zero_behind
        Whether the words behind the formula say that it is zero where a minimum is.
    of_numbers
        Whether this sentence says that its letters are numbers.
    fixes_statistics
        Whether statistics of a batch are said to be constants here.
    sentence, paragraph
        The words of its sentence so far, and what the formula stands behind in its paragraph.
    words_behind
        What stands behind the formula, before the next one.
    given
        The names that this paragraph says have a property, without a hypothesis: "the columns of $A$ are orthonormal".
    assumed
        What was assumed of arrays; it counts as long as their names are hypothetical.
    """

    zero: bool = False
    pending: bool = False
    hypothetical: set[str] = field(default_factory=set)
    lasting: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    in_general: bool = False
    example: bool = False
    held: Names = frozenset()
    defining: bool = False
    redefined: set[str] = field(default_factory=set)
    gradients_named: bool = False
    rows: bool = False
    demanded: bool = False
    conditioned: bool = False
    denied: bool = False
    line_by_line: bool = False
    qualified: bool = False
    zero_behind: bool = False
    of_numbers: bool = False
    fixes_statistics: bool = False
    sentence: str = ""
    paragraph: str = ""
    words_behind: str = ""
    given: set[str] = field(default_factory=set)
    assumed: dict[str, Node] = field(default_factory=dict)
    # Whether this paragraph sets the gradient that comes in equal to ones.
    upstream_given: bool = False
    # The letter that the formula before was, and whether the words before a letter give it a property.
    _letter: str = ""
    _gives: bool = False
    # Of a hypothesis that names a letter only; and whether the formula before ended a sentence.
    _letters: list[str] = field(default_factory=list)
    _ended: bool = False
    # Whether what stands next is wanted, and not said.
    _wanted: bool = False
    # Whether what stands next is what a letter is chosen to be.
    _chooses: bool = False
    # Whether a special case may follow.
    _special: bool = False
    # Whether what stands next may name a case.
    _names_case: bool = False
    # Whether what stands next is let be something, which is a hypothesis only where few things are that.
    _lets: bool = False
    # Whether a sentence before, in this paragraph, changed numbers of an example.
    _changed: bool = False
    # Whether this paragraph looks at what is so in a case only.
    _supposed: bool = False
    # The names that have a property in this paragraph.
    _with_property: set[str] = field(default_factory=set)
    # Whether this paragraph claims something; and whether the formula before was a hypothesis.
    _claims: bool = False
    _supposes: bool = False
    # Whether the formula before stands in a line of prose.
    _is_inline: bool = True

    @property
    def supposing(self) -> bool:
        """Whether this sentence supposes that something has a property; looked for only where it is asked."""
        return self._supposed or words.SUPPOSES.search(self.sentence) is not None or words_of_hedges.hedges(self.sentence)

    @property
    def is_of_part(self) -> bool:
        """Whether this sentence speaks of what one part of a sum gives."""
        return words_of_hedges.speaks_of_part(self.sentence)

    @property
    def is_of_one_loss(self) -> bool:
        """Whether the gradient that comes in is set equal to ones in this paragraph, or the loss to a sum in this sentence."""
        return self.upstream_given or words_of_hedges.speaks_of_sum(self.sentence)

    @property
    def is_of_lines(self) -> bool:
        """Whether the words behind the formula, or at the beginning of its sentence, say that it is meant for each line of a matrix."""
        return self.line_by_line or words.LINEWISE.match(self.sentence) is not None

    @property
    def changes_example(self) -> bool:
        """Whether this sentence changes numbers of an example, or one before it in this paragraph."""
        return self._changed or words_of_numbers.CHANGES_EXAMPLE.search(self.sentence) is not None

    @property
    def supposed(self) -> set[str]:
        """The names of which something is assumed here, or may be."""
        return self.hypothetical | self.lasting | self.standing

    def suppose(self, names: Iterable[str]) -> None:
        """Something is assumed of these names; where its sentence ends, it may still be meant."""
        self.hypothetical.update(names)
        self.lasting.update(names)

    def hear_statement(self, names: Names) -> None:
        """What the exercise defines is said in general, with these names: behind the sentence of a hypothesis, this ends it."""
        if not self.hypothetical and not self.lasting.isdisjoint(names):
            self.lasting, self._supposed = set(), False

    @property
    def is_assuming(self) -> bool:
        """Whether something is assumed here, so that what is said may not hold in general."""
        return self.supposing or self.denied or bool(self.hypothetical or self.lasting)

    @property
    def supposes_other_mode(self) -> bool:
        """Whether this sentence holds fixed what is fixed in the layer's other mode."""
        return words.SUPPOSES_OTHER_MODE.search(self.sentence) is not None

    def hear(self, prose: str) -> None:
        """Prose stands here: sentences end, and others begin."""
        text = words.ABBREVIATIONS.sub(" ", prose)
        sentences = words.SENTENCE_END.split(text)
        if words_of_properties.gives_property(sentences[0], self._lets):
            self.suppose(self._letters)
            self._with_property.update(self._letters)
        if self._letter and words_of_properties.IS_GIVEN.search(sentences[0]):
            self.given.add(self._letter)
        heard = f"{self.sentence} {text}"
        ends_paragraph = self._ends_paragraph(text)
        said_here = words.BLANK_LINE.split(text)[-1] if ends_paragraph else heard
        self._changed = (self._changed and not ends_paragraph) or words_of_numbers.CHANGES_EXAMPLE.search(said_here) is not None
        if ends_paragraph:
            self.standing |= set() if self._claims else self._with_property
            self._claims, self._with_property = False, set()
        says_general = words.IN_GENERAL.search(text) is not None
        self.in_general |= says_general
        if says_general or words.HEADING.search(text):
            self.standing = set()
        if says_general or ends_paragraph:
            self.lasting, self._supposed, self.given, self.upstream_given = set(), False, set(), False
            heard = said_here if ends_paragraph else words.BLANK_LINE.split(text)[-1]
        self.upstream_given |= words_of_hedges.lets_sum(text)
        self._supposed |= case_before(text) is None and words.WHEN_IT_IS.search(heard) is not None
        tail = sentences[-1]
        goes_on = words.CONSEQUENCE.search(tail) is not None
        if len(sentences) > 1 and not goes_on:
            self.hypothetical = set()
        self.example &= words.PARAGRAPH_END.search(text) is None
        if (len(sentences) > 1 or self._ended) and not goes_on:
            self.zero, self.hypothetical = False, set()
            self.denied = False
            self.sentence = ""
        goes_on_of_numbers = (
            self.of_numbers and len(sentences) == 1 and not self._ended and words_of_numbers.NO_NUMBERS.search(tail) is None
        )
        said = words_of_numbers.FOR_NUMBERS.search(tail)
        self.of_numbers = goes_on_of_numbers or (said is not None and words_of_numbers.NO_NUMBERS.search(tail, said.end()) is None)
        self._ended = False
        self.sentence = f"{self.sentence} {tail}"[-LONGEST_SENTENCE:]
        self.denied |= words.DENIED.search(tail) is not None
        self.zero |= words.ZERO.search(self.sentence) is not None
        self._wanted = words.WANTED.search(tail) is not None
        self.example |= words.EXAMPLE.search(prose) is not None
        self.rows |= words.ROWS.search(prose) is not None
        goes_on_supposing = self._supposes and words.ONLY_AND.fullmatch(text) is not None
        self.pending = goes_on_supposing or words.HYPOTHESIS.search(tail) is not None
        self._chooses = words.CHOOSES.search(tail) is not None or (self._chooses and goes_on_supposing)
        self._special = any(pattern.search(tail) for pattern in (words.SPECIAL_CASE, words.OF_SO_MANY))
        self._names_case = words.CASE_OF.search(tail) is not None
        goes_on_letting = self._lets and bool(self._letters) and words.ONLY_AND.fullmatch(text) is not None
        self._lets = goes_on_letting or (not self.pending and words.LETS.search(tail) is not None)
        self._gives = words_of_properties.GIVEN_BEFORE.search(tail) is not None
        self.defining = (self.defining and words.GOES_ON.search(tail) is not None) or words.DEFINES.search(tail) is not None
        self._letters = self._letters if goes_on_letting or goes_on_supposing else []

    def _ends_paragraph(self, prose: str) -> bool:
        """Whether a paragraph ends in prose; a display and what is said before and behind it are one."""
        parts = [part.strip() for part in words.BLANK_LINE.split(prose)]
        if len(parts) > 1 and not parts[0] and self._is_inline:
            return True
        for one, following in pairwise(parts):
            # A display may stand behind half of a sentence.
            if one and not (one.endswith((":", ",")) if following else one[-1] not in ".!?。"):
                return True
        return False

    def begin_formula(self, source: str, held: Names, is_inline: bool, claims: bool) -> None:
        """A formula stands here, in a paragraph that holds these names fixed; a special case stands in a line of prose, and claims nothing."""
        self.held, self._is_inline = held, is_inline
        self.sentence = f"{self.sentence.rstrip()} {source.strip()}" if words_of_numbers.NUMBER.fullmatch(source) else self.sentence
        self.pending |= self._special and is_inline and not claims and words.is_special_case(source)
        self.pending |= self._chooses and words.IS_CHOSEN.match(source) is not None
        self.upstream_given |= words_of_hedges.GIVES_ONES.fullmatch(source) is not None
        self.demanded = self._wanted or words.IS_DEMANDED.search(source) is not None
        letter = words.LETTER.fullmatch(source)
        limit = words.LIMIT.match(source)
        if limit:
            self.suppose({"\\varepsilon" if limit[1] == "\\epsilon" else limit[1]})
        self._letter = letter[1] if letter else ""
        if letter and self._gives:
            self.given.add(letter[1])
        self._letters = [*self._letters, letter[1]] if letter and (self.pending or self._names_case or self._lets) else []
        self._claims |= letter is None and not self.pending and not self.supposing

    def end_formula(self, source: str) -> None:
        """A formula ends here, and with it a hypothesis; a sentence, too, where it ends in a full stop."""
        self._supposes = self.pending
        self.pending = self.demanded = self.conditioned = self._special = self._names_case = self._wanted = False
        self._ended = source.rstrip().endswith((".", "。"))


def held_in_paragraphs(pieces: list[Piece]) -> list[Names]:
    """For each piece, the names that its paragraph holds fixed."""
    found: list[Names] = []
    first, held = 0, set[str]()
    for place, piece in enumerate(pieces):
        if piece.kind == "prose":
            if words.PARAGRAPH_END.search(piece.source):
                found += [frozenset(held)] * (place - first)
                first, held = place, set()
            continue
        held.update(words.ZERO_DIFFERENTIAL.findall(piece.source))
        letter = words.LETTER_OR_ROW.fullmatch(piece.source)
        if letter and _is_fixed(pieces, place):
            held.add(letter[1])
    return found + [frozenset(held)] * (len(pieces) - first)


def _is_fixed(pieces: list[Piece], place: int) -> bool:
    before = pieces[place - 1].source[-30:] if place and pieces[place - 1].kind == "prose" else ""
    after = pieces[place + 1].source[:20] if place + 1 < len(pieces) and pieces[place + 1].kind == "prose" else ""
    return words.FIXED.search(before) is not None or words.FIXED.search(after) is not None
