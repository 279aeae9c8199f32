"""The codes of the register: kinds, states, roles and classes, with their words.

The stored values are part of the stable interface; the words are translated.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a project site is; each kind has its own detail table."""

    ROAD = "road", _("Rural road")
    VILLAGE_CENTRE = "village_centre", _("Village centre")
    WATER_WORKS = "water_works", _("Water works")
    HOUSING = "housing", _("Housing renovation")
    FACILITY = "facility", _("Other facility")


class State(TextChoices):
    """The life of a site from application to archive."""

    PROPOSED = "proposed", _("Proposed")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    DESIGNED = "designed", _("Designed")
    APPROVED = "approved", _("Approved")
    TENDERING = "tendering", _("Tendering")
    CONTRACTED = "contracted", _("Contracted")
    UNDER_CONSTRUCTION = "under_construction", _("Under construction")
    COMPLETED = "completed", _("Completed")
    RECTIFYING = "rectifying", _("Rectifying")
    ACCEPTED = "accepted", _("Accepted")
    SETTLED = "settled", _("Settled")
    HANDED_OVER = "handed_over", _("Handed over")
    CLOSED = "closed", _("Closed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


STATES_BEFORE_WORK = (
    State.PROPOSED,
    State.SHORTLISTED,
    State.DESIGNED,
    State.APPROVED,
    State.TENDERING,
    State.CONTRACTED,
)
STATES_FINISHED = (
    State.COMPLETED,
    State.ACCEPTED,
    State.SETTLED,
    State.HANDED_OVER,
    State.CLOSED,
)
STATES_VERIFIED = (State.ACCEPTED, State.SETTLED, State.HANDED_OVER, State.CLOSED)
"""The finished sites that passed their acceptance."""
FINISHED_OR_CANCELLED = (*STATES_FINISHED, State.CANCELLED)


class Delay(TextChoices):
    """Traffic light of a site against its plan (红黄绿)."""

    GREEN = "green", _("On schedule")
    YELLOW = "yellow", _("Slightly late")
    RED = "red", _("Seriously late")


class Role(TextChoices):
    """What a person is in the service; a membership gives a role within a scope."""

    DISTRICT_PLANNER = "district_planner", _("District planner")
    TOWNSHIP_OFFICER = "township_officer", _("Township officer")
    COMPANY_MEMBER = "company_member", _("Company member")
    ASSOCIATION_MEMBER = "association_member", _("Association member")
    COOPERATIVE_MEMBER = "cooperative_member", _("Cooperative member")
    EVALUATOR = "evaluator", _("Evaluator")


AREA_ROLES = (Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER, Role.EVALUATOR)
ORGANISATION_ROLES = (Role.COMPANY_MEMBER, Role.ASSOCIATION_MEMBER, Role.COOPERATIVE_MEMBER)
OFFICE_ROLES = (Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER)


class Visibility(TextChoices):
    """Who may see a site at all, before scopes are applied."""

    PUBLIC = "public", _("Public")
    OFFICE = "office", _("Office")
    RESTRICTED = "restricted", _("Restricted")


class AreaLevel(TextChoices):
    """Levels of administrative units; the code's length tells the level."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    TOWNSHIP = "township", _("Township")
    VILLAGE = "village", _("Village")
    GROUP = "group", _("Natural village")


CODE_LENGTHS: dict[int, AreaLevel] = {
    2: AreaLevel.PROVINCE,
    4: AreaLevel.CITY,
    6: AreaLevel.DISTRICT,
    9: AreaLevel.TOWNSHIP,
    12: AreaLevel.VILLAGE,
    14: AreaLevel.GROUP,
    15: AreaLevel.GROUP,
}


class UrbanRuralClass(TextChoices):
    """Urban-rural class of statistics (城乡分类代码)."""

    URBAN_CORE = "111", _("Main urban area")
    URBAN_FRINGE = "112", _("Urban-rural fringe")
    TOWN_CENTRE = "121", _("Town centre")
    TOWN_FRINGE = "122", _("Town-rural fringe")
    SPECIAL = "123", _("Special area")
    RURAL_SEAT = "210", _("Township seat area")
    VILLAGE = "220", _("Village area")


class OrganisationKind(TextChoices):
    """What an organisation is."""

    LIVELIHOOD_OFFICE = "livelihood_office", _("Livelihood projects office")
    LEAD_DEPARTMENT = "lead_department", _("Lead department")
    TOWNSHIP = "township", _("Township government")
    VILLAGE_COMMITTEE = "village_committee", _("Village committee")
    CLIENT = "client", _("Project client")
    DESIGNER = "designer", _("Survey and design institute")
    CONTRACTOR = "contractor", _("Contractor")
    SUPERVISION = "supervision", _("Construction supervision")
    COMPANY = "company", _("Maintenance company")
    ASSOCIATION = "association", _("Association")
    COOPERATIVE = "cooperative", _("Cooperative")
    THIRD_PARTY = "third_party", _("Third-party evaluator")
    CONSULTED = "consulted", _("Consulted body")


class ProgrammeLevel(TextChoices):
    """Which government set a programme."""

    PROVINCE = "province", _("Provincial")
    CITY = "city", _("City level")
    DISTRICT = "district", _("District level")


class ProgrammeKind(TextChoices):
    """What a programme delivers."""

    ENGINEERING = "engineering", _("Engineering")
    CASH = "cash", _("Cash benefit")
    TRAINING = "training", _("Training service")
    PURCHASED = "purchased", _("Purchased service")


class Unit(TextChoices):
    """Unit in which a programme's quantity is counted."""

    KILOMETRE = "km", _("km")
    METRE = "m", _("m")
    HOUSEHOLD = "household", _("households")
    SITE = "site", pgettext_lazy("unit", "sites")
    PERSON = "person", _("people")
    CUBIC_METRE_PER_DAY = "m3_per_day", _("m³/d")
    SQUARE_METRE = "m2", _("m²")
    YUAN = "yuan", _("yuan")


class TargetMeasure(TextChoices):
    """What a target sets: a quantity in the programme's unit, or a share that keeps its parts."""

    QUANTITY = "quantity", _("Quantity")
    PASS_RATE = "pass_rate", _("Pass rate")
    CERTIFICATE_RATE = "certificate_rate", _("Certificate rate")


class ServiceState(TextChoices):
    """Whether a service record counts."""

    REPORTED = "reported", pgettext_lazy("service", "Reported")
    VERIFIED = "verified", pgettext_lazy("service", "Verified")
    RETURNED = "returned", pgettext_lazy("service", "Returned")


class ProgressVerdict(TextChoices):
    """What the office says to a progress entry."""

    VERIFIED = "verified", pgettext_lazy("progress", "Verified")
    RETURNED = "returned", pgettext_lazy("progress", "Returned")


class RoadClass(TextChoices):
    """Administrative class of a rural road (GB/T 917: X 县道, Y 乡道, C 村道, Z 专用道路)."""

    COUNTY = "county", _("County road")
    TOWNSHIP = "township", _("Township road")
    VILLAGE = "village", _("Village road")
    SPECIAL = "special", _("Special-purpose road")


class TechnicalClass(TextChoices):
    """Technical class of a road (技术等级)."""

    EXPRESSWAY = "expressway", _("Expressway")
    CLASS_1 = "class_1", _("Class 1")
    CLASS_2 = "class_2", _("Class 2")
    CLASS_3 = "class_3", _("Class 3")
    CLASS_4 = "class_4", _("Class 4")
    SUBSTANDARD = "substandard", _("Below class 4")


class Pavement(TextChoices):
    """Pavement type of a road."""

    ASPHALT = "asphalt", _("Asphalt")
    CEMENT = "cement", _("Cement concrete")
    SIMPLE = "simple", _("Light surfacing")
    GRAVEL = "gravel", _("Gravel")
    EARTH = "earth", _("Earth")


class WaterWorksKind(TextChoices):
    """Rural water supply and small irrigation works."""

    CENTRAL_SUPPLY = "central_supply", _("Central water supply")
    SCATTERED_SUPPLY = "scattered_supply", _("Scattered water supply")
    NETWORK_EXTENSION = "network_extension", _("Network extension")
    POND = "pond", _("Pond")
    WEIR = "weir", _("Weir")
    PUMPING_STATION = "pumping_station", _("Pumping station")
    CHANNEL = "channel", _("Channel")
    SLUICE = "sluice", _("Sluice")
    WELL = "well", _("Motor-pumped well")


class DangerGrade(TextChoices):
    """Grade of a dilapidated house."""

    C = "C", _("Grade C (partly dangerous)")
    D = "D", _("Grade D (wholly dangerous)")


class HousingMethod(TextChoices):
    """How a house is made safe."""

    REINFORCE = "reinforce", _("Repair and reinforcement")
    REBUILD = "rebuild", _("Rebuilding on the same plot")
    RELOCATE = "relocate", _("New site or collective housing")
    RENT = "rent", _("Collective rental")


class HouseholdGroup(TextChoices):
    """The six groups that housing renovation supports."""

    RELAPSE_RISK = "1", _("At risk of falling back into poverty")
    MINIMUM_LIVING = "2", _("On minimum living allowance")
    EXTREME_POVERTY = "3", _("Scattered extreme-poverty support")
    SUDDEN_HARDSHIP = "4", _("Sudden severe hardship")
    MARGINAL = "5", _("Marginal to minimum living allowance")
    OTHER_LIFTED = "6", _("Other lifted-out household without earlier support")


class FacilityKind(TextChoices):
    """What else the yearly report names."""

    TOWN_CENTRE = "town_centre", _("Town centre improvement")
    SCHOOL = "school", _("School repair")
    OLD_ESTATE = "old_estate", _("Old residential estate")
    SHANTYTOWN = "shantytown", _("Shantytown")
    SERVICE_POINT = "service_point", _("Service point")
    OTHER = "other", _("Other")


class ComponentKind(TextChoices):
    """Components of a village centre."""

    WASTE = "waste", _("Household waste collection")
    WATER = "water", _("Drinking water")
    TOILETS = "toilets", _("Sanitary toilets")
    HOUSE_SURROUNDINGS = "house_surroundings", _("House surroundings")
    ACCESS_ROAD = "access_road", _("Widening of the access road")
    VILLAGE_ROAD = "village_road", _("Hardening of village roads")
    SEWAGE = "sewage", _("Sewage treatment")
    DITCHES = "ditches", _("Dredging of ditches and ponds")
    GREENING = "greening", _("Greening")
    LIGHTS = "lights", _("Street lights")


class MilestoneKind(TextChoices):
    """Nodes of a site's plan."""

    PROPOSAL = "proposal", _("Proposal")
    SHORTLIST = "shortlist", _("Shortlisting")
    DESIGN = "design", _("Survey and design")
    APPROVAL = "approval", _("Approval")
    TENDER = "tender", _("Tender")
    START = "start", _("Start of work")
    FINISH = "finish", _("Completion")
    PRELIMINARY_ACCEPTANCE = "preliminary_acceptance", _("Preliminary acceptance")
    FINAL_ACCEPTANCE = "final_acceptance", _("Final acceptance")
    SETTLEMENT = "settlement", _("Settlement")
    HANDOVER = "handover", _("Handover")
