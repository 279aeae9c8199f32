"""Coverage: who is reached by what, by a rule with a version, on a day.

`rules` says how, `runs` computes and keeps, `measures` has one function an indicator. Everything
here reads the register whole, whatever the viewer's scope: a neighbour's road reaches over the
border too. Who may start a run is decided in `runs`, who may read one in `visible_to`.
"""
