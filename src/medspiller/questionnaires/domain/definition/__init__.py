"""What a questionnaire is: read from FHIR into frozen objects."""
