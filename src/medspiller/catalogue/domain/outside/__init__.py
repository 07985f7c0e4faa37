"""
Offers in the formats that others read: HSDS 3.0, CPSV-AP-NO, schema.org and iCalendar.

Pure functions of `values.Listed`. What the web or the command adds is where the pages stand and which day it is.
"""
