"""Who can say who somebody is."""

# Issuers of our own, beside the addresses of OpenID Connect providers.
LOCAL_ISSUER = "local"
DEMO_ISSUER = "demo"
