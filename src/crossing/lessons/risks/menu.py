"""The complications of lesson 07: which rows of data/risks.csv tell of each, and the words for whom, for how long and how compared.

Every number in these words stands in the row itself; a test holds that.
"""

from typing import NamedTuple


class Harm(NamedTuple):
    """`rows`: one, or two groups of one paper, the starting risk first. `of`: what is counted. `lot`: how two groups came about."""

    name: str
    title: str
    rows: tuple
    of: str
    what: str
    long: str
    groups: tuple = ("",)
    lot: str = ""
    note: str = ""
    warn: bool = False


CHILDREN = {"of": "children", "what": "430 children with a baclofen pump, mean 13 y old", "long": "mean 8.6 y"}
HARMS = {
    "headache": Harm("headache", "Headache after a lumbar puncture", ("pdph_conv", "pdph_atr"), "people", "people with a lumbar puncture, of all ages: 31\u202f412 in 110 trials",
                     "until the end of each trial", ("usual needle", "atraumatic needle"), "groups drawn by chance", "Compared trial by trial, the paper has 0.40 times (0.34-0.47)."),
    "infection": Harm("infection", "Infection of an implanted pump", ("motta_inf",), note="The count is worked back from 9.3 %.", **CHILDREN),
    "bleeding": Harm("bleeding", "Bleeding beside the cord after a lumbar puncture", ("sh_nocoag", "sh_coag"), "people", "people with a lumbar puncture, Denmark 2008-2018", "30 days",
                     ("no clotting disorder", "clotting disorder"), "groups not drawn by chance: doctors avoid the puncture where they fear bleeding most"),
    "nerve injury": Harm("nerve injury", "Lasting injury after a spinal or epidural block", ("nap3_perm_pess",), "blocks", "blocks in a UK audit, many of them in women giving birth",
                         "6 months", note="Doubtful cases count. Without them: 14, that is 2.0 of 100\u202f000."),
    "CSF leak": Harm("CSF leak", "Leak of CSF beside an implanted pump's catheter", ("motta_leak",), note="The count is worked back from 4.9 %.", **CHILDREN),
    "breathing": Harm("respiratory depression", "Respiratory depression after one spinal dose of morphine", ("rd_lo", "rd_hi"), "people", "people in surgical trials", "after the operation",
                      ("lower doses", "higher doses"), "groups not drawn by chance: arms of different trials",
                      "Respiratory depression: breathing too little."),
    "mass": Harm("inflammatory mass", "Inflammatory mass at the tip of the catheter", ("granuloma",), "people", "people with a pump for pain, each looked at once by imaging",
                 "mean 27 months of infusion", note="5 of the 6 had no symptoms."),
    "catheter": Harm("catheter problem", "A problem with the catheter of a pump", ("motta_cath",), note="The count is worked back from 15.1 %.", warn=True, **CHILDREN),
    "pump": Harm("pump failure", "Failure of an implanted pump", ("fail_on", "fail_off"), "pumps", "pumps in the maker's register", "78 months",
                 ("approved drugs", "drugs not approved"), "groups not drawn by chance",
                 "In another register motors alone stopped more often. Why is not known.", warn=True),
    "withdrawal": Harm("withdrawal", "Withdrawal when baclofen stops arriving", ("wd_pt",), "people", "people with a baclofen pump for spasticity",
                       "160.4 pump-years, all together", note="7 of the 8 from faults of the catheter; most were mild.", warn=True),
    "wrong refill": Harm("wrong refill (overdose)", "Refill put beside the pump", ("pocket",), "refills", "refills worldwide, from May 1996 to Sept 2010",
                         "each refill once", note="Only what was reported: the true number is higher. Refills estimated.", warn=True),
}
