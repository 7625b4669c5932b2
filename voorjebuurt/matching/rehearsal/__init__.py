"""Rehearsal: rules tried on facts, beside the rules they would replace.

bands       neighbourhoods in bands of deprivation, by the figure that the rules go by
spread      an award over the neighbourhoods that it is for
compare     both rules decided on the same facts, and everything that differs
report      the same as JSON: kept, shown, printed
texts       what a band is called
"""
