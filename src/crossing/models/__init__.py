"""What happens to a drug: models in numpy and scipy only, with no drawing and no widgets.

Units are fixed throughout: hours, centimetres, millilitres, and amounts in units of one dose.
No physiological figure lives here: every parameter is an argument, and `crossing.facts` holds the figures.

Where a name does not end in its unit and nothing else is said, it means the same in all models:

    `time`, `times`, `start`, `stop`, `hour`, `hours`, `span`, `period`              hours (in `hazard`: years)
    `amount`, `amounts`, `state`, `states`, `initial`, `x0`, `carried`               doses
    `rate`, `rates`                                                                  doses per hour
    `strength`                                                                       doses per mL
    `ps`, `ion_ps`, `cl_in`, `cl_out`, `q_bulk`                                      mL/g/min, or one unit for all
    `share`, `shares`, `blocked`, `chance`, `chances`, `sure`, `misses`, `false`     no unit, 0 to 1
    `porosity`, `confidence`                                                         no unit, 0 to 1
    `factor`, `fold`, `ratio`, `gain`, `tolerance`, `within`, `tortuosity`           no unit
    `kp`, `kp_uu`, `fu_plasma`, `peclet`, `womersley`, `schmidt`                     no unit
    `log_kow`, `logp`, `logbb`, `ph`, `pka`                                          no unit, logs to base ten

A number that will not do is refused with a ValueError that names the argument, what was found and what was wanted.
What each model does, assumes and leaves out, in words: data/MODELS.md, written from the docstrings.

The barrier
    entry         getting across: one passage, speed, extent, binding, leftover blood
    carriers      carriers that fill up, competition, drugs in disguise (steady states)
    opening       a barrier opened for a while
    rules         rules of thumb on real molecules
The fluid
    fluid         cerebrospinal fluid as one pool, or as fluid and tissue
    budget        volume, formation, turnover, half-life, and which pairs fit
    formation     formation by the time of day
    sampling      what a sample of fluid tells
The spinal canal
    canal         cerebrospinal fluid along the spine, in one dimension (`canal_run`: what it gives back)
    canal_shape   how wide it is at each level
    closed_forms  the even canal in formulas
    stirring      dispersion from heartbeat and breath
    streaming     two lanes, one up and one down
    injectate     density and volume of the solution
The body
    body          compartments and flows put together (`body_parts`: what they are, `body_run`: what it can be asked)
    routes        the body of the course and the roads into it
    side_routes   through the nose; by pressure into tissue
    penetration   from fluid into tissue
Doses and pumps
    dosing        schedules: bolus, infusion, repetition
    programme     a pump's programme over days
    pump          reservoir, catheter, refills (`plumbing`: its tubes, `delivery`: what came of a run)
    faults        what goes wrong, and when
    findings      what each way of looking shows, and is worth
    settling      levels under a programme, settled days, new plateaus
Risks and choices
    risk          intervals, none seen, studies that disagree
    hazard        risk over time; per procedure, patient and year
    trade_off     effects tables, weights, how firm an order is
    unknown       experiments on a hidden compound, and what they leave open
Reading and doubting
    exposure      peak, trough, area under the curve, time above, half-life, targeting advantage
    uncertainty   bands over what the literature allows, and which figure matters
Machinery
    linear        exact stepping of linear systems (`modal`: by eigenvectors)
    wanted        what every model asks of its arguments (`ranking`: ranks of figures)
"""
