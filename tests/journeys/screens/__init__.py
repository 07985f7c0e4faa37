"""Pictures of every page, as each kind of visitor sees it: `make screenshots`. No test; nothing passes or fails."""
