"""What the whole text says of its notation, its letters and the layer, learnt before its first step is judged.

Each line is a room of its own: whoever finds another habit adds one. Their order matters where one asks what another learnt: letters
before declarations, declarations before the exercise's statement in other letters, and that before what rests on it.
"""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.free_parameters import declare_parameters
from matrix_checks.derivations.context.gradients_by_differentials import take_gradients_by_differentials
from matrix_checks.derivations.context.implied_names import take_implied_names
from matrix_checks.derivations.context.named_lines import declare_lines
from matrix_checks.derivations.equality.one_meaning import note_copies
from matrix_checks.derivations.judging.answers import Answers
from matrix_checks.derivations.judging.own_model import take_own_model
from matrix_checks.derivations.judging.own_upstream import take_own_parameters, take_own_upstream
from matrix_checks.derivations.letters.adjoints import ADJOINTS, bars_are_means, declare_accents
from matrix_checks.derivations.letters.bound_arguments import take_bound_arguments
from matrix_checks.derivations.letters.capitals import declare_capitals
from matrix_checks.derivations.letters.declarations import declare, declare_losses
from matrix_checks.derivations.letters.denominators_in_words import declare_denominators, declare_sums
from matrix_checks.derivations.letters.diagonals import take_diagonals
from matrix_checks.derivations.letters.differentiated_parts import take_differentiated_parts
from matrix_checks.derivations.letters.exchanged_letters import take_exchanged_letters
from matrix_checks.derivations.letters.functions_of_numbers import take_functions_of_numbers
from matrix_checks.derivations.letters.gradient_signs import take_gradient_signs
from matrix_checks.derivations.letters.hidden_layers import take_hidden_layers
from matrix_checks.derivations.letters.implied_families import take_implied_families
from matrix_checks.derivations.letters.increments import declare_increments
from matrix_checks.derivations.letters.index_notation import take_index_notation
from matrix_checks.derivations.letters.jacobians_in_words import declare_jacobians_in_words
from matrix_checks.derivations.letters.jacobians_of_steps import declare_jacobians
from matrix_checks.derivations.letters.labels_in_words import take_labels_in_words
from matrix_checks.derivations.letters.letters_by_derivatives import take_letters_by_derivatives
from matrix_checks.derivations.letters.letters_by_use import take_letters_by_use
from matrix_checks.derivations.letters.letters_of_counts import take_letter_of_count
from matrix_checks.derivations.letters.letters_of_examples import note_letters_of_examples
from matrix_checks.derivations.letters.letters_of_outputs import take_letters_of_outputs
from matrix_checks.derivations.letters.letters_of_samples import note_letter_of_samples, take_letter_of_samples
from matrix_checks.derivations.letters.letters_said import take_input_said, take_letters_said
from matrix_checks.derivations.letters.letters_with_values import take_values
from matrix_checks.derivations.letters.lines_of_results import declare_lines_of_results
from matrix_checks.derivations.letters.long_names import declare_long_names
from matrix_checks.derivations.letters.masks import take_masks
from matrix_checks.derivations.letters.matrix_of_deltas import take_matrix_of_deltas
from matrix_checks.derivations.letters.mean_of_losses import take_mean_of_losses
from matrix_checks.derivations.letters.named_families import take_named_families
from matrix_checks.derivations.letters.numbered_layers import layers_in_numbers, take_inputs, take_numbered_layers
from matrix_checks.derivations.letters.numbered_objects import take_numbered_objects
from matrix_checks.derivations.letters.numbered_through import keep_numbered_sizes, take_numbered_through
from matrix_checks.derivations.letters.numbers_of_entries import note_numbers_of_entries
from matrix_checks.derivations.letters.other_letters import take_other_letters
from matrix_checks.derivations.letters.own_deltas import take_own_deltas
from matrix_checks.derivations.letters.own_layout import take_own_layout
from matrix_checks.derivations.letters.own_losses import take_own_loss
from matrix_checks.derivations.letters.own_outputs import take_own_output
from matrix_checks.derivations.letters.own_scale import take_own_scale
from matrix_checks.derivations.letters.own_variances import take_own_variance
from matrix_checks.derivations.letters.partials_by_letter import declare_partials
from matrix_checks.derivations.letters.points import take_points
from matrix_checks.derivations.letters.program_gradients import declare_program_gradients
from matrix_checks.derivations.letters.roots import declare_root
from matrix_checks.derivations.letters.said_symmetric import note_symmetric
from matrix_checks.derivations.letters.scale_and_shift import take_scale_and_shift
from matrix_checks.derivations.letters.scaled_statements import take_scaled_statement
from matrix_checks.derivations.letters.scaled_variables import take_scaled_variable
from matrix_checks.derivations.letters.shifts import declare_shifts
from matrix_checks.derivations.letters.shortened_entries import take_shortened_entries
from matrix_checks.derivations.letters.sizes_as_arrays import take_sizes_as_arrays
from matrix_checks.derivations.letters.sizes_in_sums import take_size_of_sums
from matrix_checks.derivations.letters.sizes_said import take_size_in_words
from matrix_checks.derivations.letters.slips_in_statements import take_statement_with_slip
from matrix_checks.derivations.letters.small_constants import take_small_constant
from matrix_checks.derivations.letters.small_labels import declare_turned_matrices
from matrix_checks.derivations.letters.small_letters import declare_entries
from matrix_checks.derivations.letters.stated_layers import take_layers
from matrix_checks.derivations.letters.statistics_in_words import MEAN, take_statistics_in_words
from matrix_checks.derivations.letters.turned_aliases import take_turned_aliases
from matrix_checks.derivations.letters.upstream_in_words import take_upstream_in_words
from matrix_checks.derivations.letters.variants_in_words import take_variants_in_words
from matrix_checks.derivations.letters.varying_identities import note_varying_identities
from matrix_checks.derivations.names.angle_means import letters_in_angles
from matrix_checks.derivations.names.gradient_families import families
from matrix_checks.derivations.names.letters_below_in_words import families_in_words
from matrix_checks.derivations.names.ones import letters_of_ones
from matrix_checks.derivations.prose.announcements import declare_conventions, stacks_rows
from matrix_checks.derivations.reading.crossed_circles import multiplies_entries
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.kept_labels import kept_label
from matrix_checks.derivations.reading.logistic_functions import logistic_functions
from matrix_checks.derivations.reading.mean_functions import mean_functions
from matrix_checks.derivations.reading.starred_statistics import STARRED, stars_are_kept


def learn(context: Context, answers: Answers, found: list[Piece]) -> None:
    """Learn what a text says anywhere.

    Parameters
    ----------
    context
        Where it is kept.
    answers
        Asked in the text's own letters, where these are exchanged.
    found
        The formulas of the text, and the prose between them.
    """
    context.notation.stacks_rows = stacks_rows(found)
    context.notation.kept_label = kept_label(found)
    context.notation.crosses_entries = multiplies_entries(found)
    context.notation.functions = mean_functions(found, context.known) | logistic_functions(found, context.known)
    context.notation.stars_are_kept = MEAN in context.known and stars_are_kept(found)
    context.labels.update(STARRED if context.notation.stars_are_kept else ())
    note_numbers_of_entries(context, found)
    take_size_of_sums(context, found)
    take_numbered_objects(context, found)
    context.angles = letters_in_angles(found, context.tokens)
    context.ones = letters_of_ones(found, context.known)
    said = {*families(found, context.words, context.may_be_number), *families_in_words(found, context.words)}
    context.families = frozenset(said - {ADJOINTS} if ADJOINTS in said and bars_are_means(context, found) else said)
    freed = take_sizes_as_arrays(context, found)
    take_index_notation(context, found)
    take_numbered_through(context, found)
    samples = take_letter_of_samples(context, found)
    declare_accents(context, found)
    declare_capitals(context, found)
    declare_entries(context, found)
    declare_long_names(context, found)
    declare_program_gradients(context, found)
    take_inputs(context, found)
    take_turned_aliases(context, found)
    stated = [*layers_in_numbers(context, found), *found]
    take_gradient_signs(context, found)
    declare_turned_matrices(context, found)
    declare(context, found, take_own_layout(context, stated))
    take_named_families(context, found)
    declare_parameters(context, found)
    note_letter_of_samples(context, samples)
    declare_conventions(context.memory, found)
    note_copies(context.memory, found)
    note_symmetric(context, found)
    declare_root(context, found)
    declare_partials(context.memory, found)
    take_layers(context, found)
    take_hidden_layers(context, found)
    take_numbered_layers(context, stated)
    take_own_parameters(context, found)
    take_scale_and_shift(context, found)
    take_letters_said(context, found)
    take_letters_of_outputs(context, found)
    # Those of the exercise's matrices may state it; those of the text's own wait for the statement.
    declare_lines(context, found)
    declare_shifts(context, found)
    take_letter_of_count(context, found)
    take_implied_names(context, found)
    take_own_deltas(context, found)
    take_size_in_words(context, found)
    take_statistics_in_words(context, found)
    take_small_constant(context, found)
    take_other_letters(context, found)
    take_input_said(context, found)
    take_letters_by_derivatives(context, found)
    take_letters_by_use(context, found)
    take_upstream_in_words(context, found)
    # In the text's own letters, too.
    declare_program_gradients(context, found)
    declare_denominators(context, found)
    declare_sums(context, found)
    declare_increments(context, found)
    take_bound_arguments(context, found)
    take_own_upstream(context, found)
    declare_losses(context, found)
    take_own_scale(context, found)
    take_own_output(context, found)
    take_own_variance(context, found)
    take_variants_in_words(context, found)
    take_diagonals(context, found)
    take_scaled_statement(context, found)
    take_scaled_variable(context, found)
    take_statement_with_slip(context, found)
    answers.ask_in(take_exchanged_letters(context, found))
    take_mean_of_losses(context, found)
    take_gradients_by_differentials(context, found)
    take_implied_families(context, found)
    note_varying_identities(context, found)
    take_own_loss(context, found)
    take_labels_in_words(context, found)
    take_masks(context, found, freed)
    take_points(context, found)
    declare_jacobians(context, found)
    declare_jacobians_in_words(context, found)
    declare_lines(context, found)
    declare_lines_of_results(context)
    take_matrix_of_deltas(context, found)
    keep_numbered_sizes(context)
    take_differentiated_parts(context, found)
    take_functions_of_numbers(context, found)
    take_own_model(context, found)
    take_shortened_entries(context, found)
    take_values(context, found)
    note_letters_of_examples(context, found)
