"""Questions about how lots were made and vials prepared: in which batches, with and on what."""

from lots.questions.path import BEFORE, FROM_LINES, FROM_LOTS, Leg, named_by, naming
from lots.questions.question import Dated, NamedIn, Question, Read

ORDER = 4
# One end is enough to be in a period for sure; without both nobody knows.
UNSAID = "do not say when they began or ended"
RUN = Dated("started_at", "ended_at", "plant", UNSAID)
DRIED = Dated("loaded_at", "unloaded_at", "plant", UNSAID)
PREPARED = Dated("started_at", "completed_at", "site", UNSAID)
OF_BATCHES = "lots that were in them, as they came out"


def _loads(*links: str) -> Leg:
    """From batches or runs, by these links of their loads, to the lots that came out of them."""
    # A load tells both: what it was loaded into, and the lot that came out.
    out = (f"{link.partition('.')[0]}.lot" for link in links)
    return Leg(OF_BATCHES, naming(*links) + named_by(*out))


SD_LOADS = "viral_inactivation_load.batch"
REMOVAL_LOADS = "virus_removal_load.batch"


QUESTIONS = (
    Question(
        "sd_batch",
        "a solvent/detergent treatment or another virus step",
        (_loads(SD_LOADS, REMOVAL_LOADS),),
        FROM_LOTS,
        # No column is called so everywhere: batch is a word of deviations too, so each is named.
        called=(),
        period="treatments run, in the days of the plant",
        reads=(
            Read("viral_inactivation", ("batch",), RUN),
            Read("virus_removal", ("batch",), RUN),
        ),
        named_in=tuple(
            NamedIn(record, "batch")
            for record in (
                "viral_inactivation",
                "viral_inactivation_load",
                "virus_removal",
                "virus_removal_load",
                "deviation",
            )
        ),
    ),
    Question(
        "reagent_lot",
        "a lot of solvent or detergent",
        (
            Leg("treatments", naming("viral_inactivation.solvent", "viral_inactivation.detergent")),
            _loads(SD_LOADS),
        ),
        FROM_LOTS,
        called=("solvent_lot", "detergent_lot"),
        period="treatments run, in the days of the plant",
        reads=(
            Read(
                "viral_inactivation",
                ("solvent_lot", "detergent_lot"),
                RUN,
            ),
        ),
    ),
    Question(
        "filter_lot",
        "a lot of pre-filters, virus filters or sterile filters",
        (
            Leg(
                "treatments and fillings",
                naming("viral_inactivation.prefilter", "virus_removal.filter", "filling.filter"),
            ),
            _loads(SD_LOADS, REMOVAL_LOADS, "filling_load.batch"),
        ),
        FROM_LOTS,
        called=("filter_lot",),
        period="treatments and fillings run, in the days of the plant",
        reads=(
            Read("viral_inactivation", ("prefilter_lot",), RUN),
            Read("virus_removal", ("filter_lot",), RUN),
            Read("filling", ("filter_lot",), RUN),
        ),
        named_in=(NamedIn("viral_inactivation", "prefilter_lot"),),
    ),
    Question(
        "dryer",
        "what was dried in it",
        (Leg("its runs", naming("lyophilisation.dryer")), _loads("lyophilisation_load.cycle")),
        FROM_LOTS,
        called=("dryer",),
        period="cycles run, in the days of the plant",
        reads=(Read("lyophilisation", ("dryer",), DRIED),),
    ),
    Question(
        "fill_line",
        "what was filled on it",
        (Leg("its fillings", naming("filling.line")), _loads("filling_load.batch")),
        FROM_LOTS,
        called=("fill_line",),
        period="fillings run, in the days of the plant",
        reads=(Read("filling", ("fill_line",), RUN),),
    ),
    Question(
        # Not of whole lots: vials that were never mixed with it are none of its business.
        "diluent_lot",
        "what was prepared with it",
        (
            Leg("preparations", naming("reconstitution.diluent")),
            Leg(
                "their vials, prepared and given",
                naming("reconstitution_vial.preparation", "administration_vial.preparation"),
            ),
            BEFORE,
        ),
        FROM_LINES,
        called=("diluent_lot",),
        period="preparations made, in the days of the site",
        reads=(Read("reconstitution", ("diluent_lot",), PREPARED),),
    ),
)
