"""What happens to a drug: models in numpy and scipy only, with no drawing and no widgets.

Units are fixed throughout: hours, centimetres, millilitres, and amounts in units of one dose.
No physiological figure lives here: every parameter is an argument, and `crossing.facts` holds the figures.

    linear     exact stepping of linear systems
    dosing     schedules: bolus, infusion, repetition
    fluid      cerebrospinal fluid as one pool, or as fluid and tissue
    canal      cerebrospinal fluid along the spine, in one dimension
    exposure   peak, trough, area under the curve, time above, spread
"""
