"""
Strategy: strategies with their action plans, from the national one to the measures that somebody carries out.

Words: a *strategy* has *focus areas*; each has *goals* (what we want), *approaches* (how we go about it) and *measures*
(what is done, by whom, when). *Owners* answer for a measure and give *status reports*. *Coverage* is which national
measures ours touch. *Rolling over* makes the next plan out of this one. No person is named in any of it but those
who work with it.
"""
