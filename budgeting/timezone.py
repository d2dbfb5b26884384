"""The zone in which people read the clock; moments are stored in UTC."""

from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
