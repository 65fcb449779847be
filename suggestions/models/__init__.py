"""The tables, one noun a file."""

from suggestions.models.appointment import Appointment, AppointmentState
from suggestions.models.base import Base
from suggestions.models.calendar import CalendarDay, CalendarYear, Setting
from suggestions.models.co_handling import CoHandling
from suggestions.models.delivery import Delivery, Reach
from suggestions.models.email_code import EmailCode
from suggestions.models.event import Event
from suggestions.models.export_job import ExportJob, ExportState
from suggestions.models.hand_over import HandOver, HandOverItem
from suggestions.models.handling import Handling
from suggestions.models.import_job import ImportJob, JobState
from suggestions.models.letter_template import LetterTemplate
from suggestions.models.notice import Notice
from suggestions.models.person import LoginAttempt, LoginSession, Person, Post, Unit
from suggestions.models.promise import Promise
from suggestions.models.standing import Standing, Tally
from suggestions.models.suggestion import Cosigner, File, Suggestion
from suggestions.models.working_copy import WorkingCopy

__all__ = [
    "Appointment",
    "AppointmentState",
    "Base",
    "CalendarDay",
    "CalendarYear",
    "CoHandling",
    "Cosigner",
    "Delivery",
    "EmailCode",
    "Event",
    "ExportJob",
    "ExportState",
    "File",
    "HandOver",
    "HandOverItem",
    "Handling",
    "ImportJob",
    "JobState",
    "LetterTemplate",
    "LoginAttempt",
    "LoginSession",
    "Notice",
    "Person",
    "Post",
    "Promise",
    "Reach",
    "Setting",
    "Standing",
    "Suggestion",
    "Tally",
    "Unit",
    "WorkingCopy",
]
