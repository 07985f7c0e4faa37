"""
Sign-ups: who has a place at which meeting of the catalogue, who waits for one, and who came.

Words: a *sign-up* is somebody's place or their wait for one; a *meeting* is one dated session of an offer; those of a
series are taken together or not at all. A *seat* is counted by the catalogue, and handed out under its row's lock.
"""
