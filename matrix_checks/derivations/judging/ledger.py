"""The steps of a report and the account of its signs, kept together: whatever is noted as a step is in the account."""

from dataclasses import dataclass, replace

from matrix_checks.derivations.equality.verdicts import DIFFER, FALSE, HOLDS, NOT_UNDERSTOOD, QUALIFIED, STATED, Finding
from matrix_checks.derivations.judging.answers import MISSING, WRONG
from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.unread_signs import unread_signs
from matrix_checks.derivations.reading import account
from matrix_checks.derivations.reading.formulas import Chain, Cut, Piece
from matrix_checks.derivations.reading.tex import ARROWS, Mark, Token, text_of

NO_LEFT = "nothing stands on the left side"
NO_RIGHT = "nothing stands on the right side"
# How a sign is shown whose token has another name.
SHOWN = {"\\coloneqq": ":=", "\\demanded": "\\overset{!}{=}"}
LONGEST_QUOTE = 200
# So many steps that only differ are no single mistake of a writer.
MANY = 3
MISSED = "so many steps differ that a convention of the text was probably missed"
# In a text with so many steps that were not understood, and at least half as many as hold, several false ones are doubted.
UNKNOWN, SEVERAL = 4, 2
UNSURE = "too much of the text was not understood to be sure"


@dataclass(frozen=True)
class Pending:
    """A chain that ends in a relation sign: the next formula may go on with it."""

    left: list[Token]
    sign: str
    piece: Piece


class Ledger:
    """Notes steps in the order of the text, and accounts for every sign."""

    def __init__(self, report: Report):
        self.report = report
        self._account = account.Account()
        self._start = 0

    def begin(self) -> None:
        """A new formula begins: its steps are put in order at its end."""
        self._start = len(self.report.steps)

    def step(self, left: list[Token], sign: str, right: list[Token], finding: Finding, piece: Piece, kind: str = "") -> None:
        """Note a step, and where its sign ended; a sign that was accounted for before, in an expression that is used again, is not noted twice."""
        place = piece.place(sign.place) if isinstance(sign, Mark) else -1
        if place in self._account:
            return
        texts = [
            text_of(tokens)[:LONGEST_QUOTE] if finding.verdict == NOT_UNDERSTOOD else text_of(tokens) for tokens in (left, right)
        ]
        self.report.steps.append(
            Step(
                left=texts[0],
                sign=SHOWN.get(sign, str(sign)),
                right=texts[1],
                verdict=finding.verdict,
                reason=finding.reason,
                start=piece.start,
                earns=finding.earns,
                certificate=finding.certificate,
                place=place,
            )
        )
        if place >= 0:
            told = {NOT_UNDERSTOOD: account.UNREADABLE, STATED: account.CONDITION}
            self._account.note(place, kind or told.get(finding.verdict, account.JUDGED))

    def state(self, chain: Chain, piece: Piece, kind: str) -> None:
        """Note the relations of a chain that claims nothing; that indices differ is not noted as a step."""
        for place, sign in enumerate(chain.signs):
            if sign != "\\ne":
                self.step(chain.members[place], sign, chain.members[place + 1], Finding(STATED, earns=False), piece, kind)

    def separator(self, sign: str, piece: Piece) -> None:
        """Note an arrow, or a sign that is written twice."""
        if isinstance(sign, Mark):
            self._account.note(piece.place(sign.place), account.SEPARATOR)

    def hanging(self, pending: Pending) -> None:
        """Note a chain that ends in a sign behind which nothing follows."""
        self.step(pending.left, pending.sign, [], Finding(NOT_UNDERSTOOD, NO_RIGHT), pending.piece)
        self.report.steps.sort(key=lambda step: step.place)

    def unreadable(self, piece: Piece, reason: str) -> None:
        """Note each relation of a formula that could not even be cut into expressions."""
        outside = [sign for sign in account.signs(piece.source) if sign[3]]
        relations = [sign for sign in outside if sign[2] not in ARROWS]
        borders = [0, *(border for start, end, _, _ in relations for border in (start, end)), len(piece.source)]
        sides = [piece.source[first:last].strip()[:LONGEST_QUOTE] for first, last in zip(borders[::2], borders[1::2])]
        for side, (start, _, sign, _), other in zip(sides, relations, sides[1:]):
            place = piece.place(start)
            self.report.steps.append(Step(side, SHOWN.get(sign, sign), other, NOT_UNDERSTOOD, reason, piece.start, place=place))
            self._account.note(place, account.UNREADABLE)
        if not relations:
            self.report.steps.append(Step(sides[0], "", "", NOT_UNDERSTOOD, reason, piece.start))
        for start, _, sign, _ in outside:
            if sign in ARROWS:
                self._account.note(piece.place(start), account.SEPARATOR)
        self._rest(piece, {sign[0] for sign in account.signs(piece.source)})

    def finish(self, piece: Piece, tokens: list[Token], cut: Cut, waits: Pending | None) -> None:
        """A formula ends: its steps are put in order, and what is no statement is accounted for."""
        for sign in cut.separators:
            self.separator(sign, piece)
        waiting = waits.sign.place if waits and isinstance(waits.sign, Mark) and waits.piece is piece else -1
        self._rest(piece, {token.place for token in tokens if isinstance(token, Mark)}, waiting)
        self.report.steps[self._start :] = sorted(self.report.steps[self._start :], key=lambda step: step.place)

    def _doubt_what_only_differs(self) -> None:
        """Where many steps differ, and no single mistake explains any of them, a convention of the text was missed."""
        steps = self.report.steps
        bare = [number for number, step in enumerate(steps) if step.verdict == FALSE and step.reason == DIFFER]
        for number in bare if len(bare) >= MANY else ():
            self._doubt(number, MISSED)

    def _doubt_in_unknown_text(self) -> None:
        """Where much of a text is not understood, its writer means names and shapes otherwise than the reader, also in the rest."""
        steps = self.report.steps
        false = [number for number, step in enumerate(steps) if step.verdict == FALSE]
        unknown = self.report.count(NOT_UNDERSTOOD)
        # What is true of something only is false in general.
        qualified = sum(step.reason == QUALIFIED for step in steps)
        if not false or len(false) + qualified < SEVERAL or unknown < UNKNOWN or 2 * unknown < self.report.count(HOLDS):
            return
        for number in false:
            self._doubt(number, f"{UNSURE}: {steps[number].reason}")
        self.report.answers.update({name: MISSING for name, found in self.report.answers.items() if found == WRONG})

    def _doubt(self, number: int, why: str) -> None:
        step = self.report.steps[number]
        self.report.steps[number] = replace(step, verdict=NOT_UNDERSTOOD, reason=why, certificate=())
        self._account.change(step.place, account.UNREADABLE)

    def _rest(self, piece: Piece, inside: set[int], waiting: int = -1) -> None:
        for start, _, _, _ in account.signs(piece.source):
            if start == waiting:
                continue
            self._account.note(piece.place(start), account.INSIDE if start in inside else account.REMARK)

    def close(self, found: list[Piece]) -> None:
        """The text ends: what was not read is said to be that."""
        self._doubt_what_only_differs()
        self._doubt_in_unknown_text()
        for piece in found:
            if piece.kind != "prose":
                for start, _, _, _ in account.signs(piece.source):
                    self._account.note(piece.place(start), account.NOT_READ)
        self.report.account = self._account.entries()
        self.report.notes += unread_signs(found, self.report.account)
