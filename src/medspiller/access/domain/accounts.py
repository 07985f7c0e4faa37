"""Who can say who somebody is."""

# Issuers of our own, beside the addresses of OpenID Connect providers.
LOCAL_ISSUER = "local"
DEMO_ISSUER = "demo"

# What a person number is hashed for, in accounts and in the register alike, so that the two can be compared.
PERSON_NUMBER = "person_number"
