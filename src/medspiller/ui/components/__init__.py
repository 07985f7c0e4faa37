"""The components, by kind. Each is a template tag that declares all its inputs; pages know the tag only."""
