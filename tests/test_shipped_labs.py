"""Every lab that is shipped has a current proof and stands in the documents; `make test` proves some of them again."""

from pathlib import Path

import pytest

from grader.images import image_names
from grader.labs import lab_folder, list_drafts, list_labs, load_lab, read_paths
from grader.soundness.catalogue import read_catalogue, render_table
from grader.soundness.judgement import SURVIVORS
from grader.soundness.proof import is_current, read_proof

ROOT = Path(__file__).parent.parent
LABS = ROOT / "labs"


@pytest.mark.parametrize("lab_id", list_labs(LABS))
def test_a_lab_is_proven_as_it_is(lab_id: str) -> None:
    place = lab_folder(LABS, lab_id)
    proof = read_proof(place)
    assert is_current(proof, place, image_names(load_lab(LABS, lab_id).environment)), f"run: pivotlab verify {lab_id}"
    assert proof is not None
    assert proof.mutants.score >= 1 - SURVIVORS


def test_the_table_of_labs_is_as_their_proofs_say() -> None:
    told = (ROOT / "docs" / "labs.md").read_text()
    assert render_table(read_catalogue(LABS)) in told, "run: make verify"


def test_no_folder_of_a_lab_is_left_out_of_its_path() -> None:
    folders = {f"{file.parent.parent.name}/{file.parent.name}" for file in LABS.glob("*/*/lab.toml")}
    assert folders == {*list_labs(LABS), *list_drafts(LABS)}


@pytest.mark.parametrize("path", read_paths(LABS))
def test_each_lab_says_who_can_test_out_of_it(path: str) -> None:
    said = read_paths(LABS)[path]
    assert {*said.testout} == {*said.labs, *said.drafts}


def test_every_lab_can_be_read_drafts_too() -> None:
    assert all(load_lab(LABS, lab_id).points > 0 for lab_id in [*list_labs(LABS), *list_drafts(LABS)])


@pytest.mark.parametrize("path", sorted(read_paths(LABS)))
def test_the_documents_name_every_path_and_lab(path: str) -> None:
    readme, catalogue = (ROOT / "README.md").read_text(), (ROOT / "docs" / "labs.md").read_text()
    for lab in read_paths(LABS)[path].labs:
        assert f"labs/{path}/{lab}" in readme
        assert f"`{path}/{lab}`" in catalogue
