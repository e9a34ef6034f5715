"""All records of workplace order, for the store; each stands in the room of its matter."""

from cstui_hygiene.models.checks import PersonalCheck
from cstui_hygiene.models.comparison import HygieneAppraisal
from cstui_hygiene.models.duties import DutyAssignment, DutyRota, PlantCare
from cstui_hygiene.models.field import FieldCleaningDay
from cstui_hygiene.models.inspections import HygieneDefect, HygieneInspection, InspectionItem
from cstui_hygiene.models.places import CleaningArea, GreenPlot, Locker

__all__ = [
    "CleaningArea", "DutyAssignment", "DutyRota", "FieldCleaningDay", "GreenPlot", "HygieneAppraisal",
    "HygieneDefect", "HygieneInspection", "InspectionItem", "Locker", "PersonalCheck", "PlantCare",
]  # fmt: skip
