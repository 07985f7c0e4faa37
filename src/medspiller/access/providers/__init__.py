"""
The one way out to OpenID Connect providers.

`client` is asked by services; `transport` carries, `keys` keeps the provider's public keys,
`signing` makes ours and signs with them. Whatever goes wrong comes out as `SignInRefused`.
"""
