"""
The ground every other package stands on: ids, clock, periods, errors, tenancy, events.

It knows nothing of carers, municipalities or web pages. Words: a *tenant* is a data
controller; an *actor* is whoever acts, a person or the system; an *event* is something
that has happened, told to subscribers in a job of its own.
"""
