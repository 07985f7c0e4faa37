"""
Enquiries: what somebody who is not signed in asks of the municipality, and the unit that answers.

Words: an *enquiry* is a wish to be called back, or feedback on accessibility or privacy; its *recipient* is the unit
that reads it, with the number of working days within which it does. Nobody can send what nobody reads: without a
recipient where somebody works, there is no form.
"""
