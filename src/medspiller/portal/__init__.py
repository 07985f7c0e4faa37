"""
Portal: the doors for carers, and for children and teenagers. Composes what lower apps know; stores nothing.

Pages are named after the question somebody comes with. What a page cannot answer yet it says, and says what
can be done meanwhile.
"""
