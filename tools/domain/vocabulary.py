"""The words of the field, as closed lists (source keys K1 to K5, or house)."""

from enum import IntEnum, StrEnum


class Role(StrEnum):
    """What a person is here for, which decides what they may read and write (house)."""

    NEWCOMER = "newcomer"
    REP = "rep"
    MANAGER = "manager"
    DIRECTOR = "director"
    SPONSOR = "sponsor"
    SALES_OPERATIONS = "sales_operations"


class UnitKind(StrEnum):
    """Levels of the sales organisation (K5)."""

    HEADQUARTERS = "headquarters"
    REGION = "region"
    BRANCH = "branch"


class Line(StrEnum):
    """Reporting lines (K3)."""

    SOLID = "solid"
    DOTTED = "dotted"


class CoverageRole(StrEnum):
    """What a person does for an account (K2, K3; stand-in and specialist are house)."""

    OWNER = "owner"
    STAND_IN = "stand_in"
    SPONSOR = "sponsor"
    DIRECTOR = "director"
    SPECIALIST = "specialist"


class AccountStatus(StrEnum):
    PROSPECT = "prospect"
    ACTIVE = "active"
    FORMER = "former"


class Level(IntEnum):
    """Customer information levels, which are also access classes (K2)."""

    PUBLIC = 1
    PUBLIC_PAID = 2
    PRIVATE = 3
    PRIVATE_TOP = 4


class Factor(StrEnum):
    """The four factors of the composite score (K3)."""

    REVENUE = "revenue"
    POTENTIAL = "potential"
    DEMONSTRATION = "demonstration"
    ABILITY = "ability"


class Layer(StrEnum):
    """Layers of the customer's organisation (K4)."""

    EXECUTION = "execution"
    MANAGEMENT = "management"
    DECISION = "decision"


class Stance(StrEnum):
    """A contact's attitude towards us (house)."""

    CHAMPION = "champion"
    SUPPORTER = "supporter"
    NEUTRAL = "neutral"
    SCEPTIC = "sceptic"
    OPPONENT = "opponent"


class Channel(StrEnum):
    """How an interaction took place (house)."""

    VISIT = "visit"
    MEETING = "meeting"
    CALL = "call"
    MESSAGE = "message"
    EVENT = "event"


class Horizon(StrEnum):
    """Need horizons: up to 3 months, 3 to 12 months, 1 to 3 years (K3)."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class NeedKind(StrEnum):
    """Needs are voiced or have to be found (K4)."""

    EXPLICIT = "explicit"
    HIDDEN = "hidden"


class Stage(StrEnum):
    """Opportunity stages (house; imported stages are mapped to these)."""

    PROSPECTING = "prospecting"
    ENGAGING = "engaging"
    WON = "won"
    LOST = "lost"


class Dimension(StrEnum):
    """What is evaluated: three dimensions (K3), health (K4), selection criteria (K4)."""

    IMPORTANCE = "importance"
    NEEDS = "needs"
    RELATIONSHIP = "relationship"
    SATISFACTION = "satisfaction"
    FULFILMENT = "fulfilment"
    TECHNICAL_FIT = "technical_fit"
    CRITERION_REVENUE = "criterion_revenue"
    CRITERION_LOYALTY = "criterion_loyalty"
    CRITERION_SYNERGY = "criterion_synergy"
    CRITERION_RISK = "criterion_risk"


class RiskKind(StrEnum):
    """Types in the risk register (house)."""

    FINANCIAL = "financial"
    COMPLIANCE = "compliance"
    INDUSTRY = "industry"
    RELATIONSHIP = "relationship"
    COMPETITOR = "competitor"
    DELIVERY = "delivery"
    CONTRACT = "contract"


class Measure(StrEnum):
    """Yearly money figures of an account: ours with it, and its own (K1).

    `OUR_REVENUE` is what we sold to it, for years that transactions do not cover;
    `COMPANY_REVENUE` is the customer's own turnover.
    """

    OUR_REVENUE = "our_revenue"
    COST_OF_GOODS = "cost_of_goods"
    COST_SALES = "cost_sales"
    COST_PRESALES = "cost_presales"
    COST_DELIVERY = "cost_delivery"
    COST_SERVICE = "cost_service"
    REBATES = "rebates"
    RECEIVABLES_FINANCING = "receivables_financing"
    COMPANY_REVENUE = "company_revenue"
    COMPANY_PROFIT = "company_profit"
    ADDRESSABLE_SPEND = "addressable_spend"


class PlanStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SUPERSEDED = "superseded"


class ItemState(StrEnum):
    """State of one checklist item on an account."""

    OPEN = "open"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


class RecordState(StrEnum):
    """Whether a need or a risk is still alive."""

    OPEN = "open"
    CLOSED = "closed"


class ChangeStatus(StrEnum):
    PROPOSED = "proposed"
    APPLIED = "applied"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    STALE = "stale"
    UNDONE = "undone"


class InboundState(StrEnum):
    """How far the answer to an event is; `SENDING` means that it may stand there already."""

    CLAIMED = "claimed"
    SENDING = "sending"
    ANSWERED = "answered"
    STOPPED = "stopped"
    GIVEN_UP = "given up"
