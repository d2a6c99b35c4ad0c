"""The desk: one SQLite file that holds everything, and the recipe that fills it."""

from copytaster.desk.desk import Desk
from copytaster.desk.query import Filters, QueryError
from copytaster.desk.rulings import RulingError
from copytaster.desk.schema import DeskError

__all__ = ["Desk", "DeskError", "Filters", "QueryError", "RulingError"]
