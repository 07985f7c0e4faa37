"""
Questionnaires: what the platform asks, as FHIR R4 Questionnaires, and what was answered.

Words: a *questionnaire* is a published definition; an *item* of it is a group, a question or a
text; a *response* answers one exact version of it; an item is *enabled* when its conditions hold.
For other apps: `domain` to read, check, validate and score.
"""
