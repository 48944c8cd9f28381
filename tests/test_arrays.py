"""Arrays, sparse matrices and tensors over the wire, and what a hostile one may not claim."""

from typing import Any

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.inside.values import Bounds, decode, encode
from grader.inside.wire import WireError
from tests.bodies import forge, same, torch

DTYPES = (
    hnp.boolean_dtypes()
    | hnp.integer_dtypes(endianness="?")
    | hnp.unsigned_integer_dtypes(endianness="?")
    | hnp.floating_dtypes(endianness="?", sizes=(16, 32, 64))
    | hnp.complex_number_dtypes(endianness="?", sizes=(64, 128))
    | hnp.datetime64_dtypes(endianness="?")
    | hnp.timedelta64_dtypes(endianness="?")
    | hnp.byte_string_dtypes()
    | hnp.unicode_string_dtypes(endianness="?")
)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=5)
TENSOR_NAMES = "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 float32 float64 complex64 complex128"


@settings(max_examples=600, deadline=None, derandomize=True)
@given(hnp.arrays(DTYPES, SHAPES))
def test_an_array_comes_back_with_its_dtype_and_shape(array: Any) -> None:
    assert same(decode(encode(array)), array)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(hnp.arrays(DTYPES, hnp.array_shapes(min_dims=1, max_dims=3, min_side=1)), st.data())
def test_views_that_are_strided_or_in_fortran_order_come_back_equal(array: Any, data: st.DataObject) -> None:
    for view in (np.asfortranarray(array), array.T, array[::-1], array[data.draw(hnp.basic_indices(array.shape))]):
        assert same(decode(encode(view)), view)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(hnp.arrays(DTYPES, hnp.array_shapes(max_dims=1)))
def test_a_scalar_comes_back_with_its_dtype(array: Any) -> None:
    scalar = decode(encode(array[0]))

    assert same(scalar, array[0].astype(array.dtype.newbyteorder("=")) if array.dtype.kind not in "SU" else array[0])
    assert same(decode(encode([array[0]] * 20)), [scalar] * 20)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    hnp.arrays(
        object,
        SHAPES,
        elements=st.none() | st.integers() | st.text() | st.lists(st.integers(), max_size=2),
        fill=st.nothing(),
    )
)
def test_an_array_of_objects_comes_back(array: Any) -> None:
    assert same(decode(encode(array)), array)


@pytest.mark.parametrize("dtype", ["U0", ">U0", "S0"])
def test_text_of_no_width_gets_one(dtype: str) -> None:
    narrow = np.zeros(2, [("text", dtype), ("number", "i4")])["text"]  # NumPy itself widens it anywhere else.

    came = decode(encode(narrow))

    assert (narrow.dtype.itemsize, came.dtype.itemsize > 0) == (0, True)
    assert came.tolist() == narrow.tolist()


def test_arrays_share_the_memory_of_a_bytearray_and_can_be_written() -> None:
    body = bytearray(encode({"a": np.arange(1000.0), "t": torch.arange(1000)}))

    came = decode(body)

    assert np.shares_memory(came["a"], np.frombuffer(body, np.uint8))
    assert np.shares_memory(came["t"].numpy(), np.frombuffer(body, np.uint8))
    came["a"][0] = 7


def test_arrays_that_came_in_bytes_can_be_written_too() -> None:
    decode(encode(np.arange(3)))[0] = 7


def test_a_subclass_of_an_array_comes_back_as_an_array() -> None:
    matrix: Any = (
        np.arange(4).reshape(2, 2).view(type("Loud", (np.ndarray,), {"tobytes": None, "ravel": None, "reshape": None}))
    )

    assert same(decode(encode(matrix)), np.arange(4).reshape(2, 2))


NOT_DATA = [
    np.zeros(2, dtype=[("a", "i4")]),
    np.zeros(2, dtype="V4"),
    np.zeros(2, dtype=np.longdouble),
    np.longdouble(1),
    np.ma.array([1, 2], mask=[True, False]),
    np.array(["a"], dtype=np.dtypes.StringDType()),
    torch.ones(2, dtype=torch.bfloat16),
    torch.ones(2).to_sparse(),
    torch.ones(2, device="meta"),
    scipy.sparse.coo_array(np.arange(3)),
]


@pytest.mark.parametrize("place", range(len(NOT_DATA)))
def test_what_has_no_plain_bytes_is_a_reference(place: int) -> None:
    thing = NOT_DATA[place]

    assert decode(encode([thing], refer=lambda _: {"id": "1"}), resolve=dict) == [{"id": "1"}]


@pytest.mark.parametrize("layout", ["csr", "csc", "coo", "lil", "dok", "dia", "bsr"])
@pytest.mark.parametrize("kind", ["array", "matrix"])
@pytest.mark.parametrize("dtype", ["bool", "i4", "f8", "c16"])
@pytest.mark.parametrize("shape", [(3, 4), (0, 4), (1, 1)])
def test_a_sparse_matrix_comes_back(layout: str, kind: str, dtype: str, shape: tuple[int, int]) -> None:
    dense = (np.arange(shape[0] * shape[1]).reshape(shape) % 3).astype(dtype)
    sparse = getattr(scipy.sparse, f"{layout}_{kind}")(dense)

    came = decode(encode(sparse))

    assert same(came, sparse if layout in ("csr", "csc", "coo") else sparse.tocsr())


def test_a_sparse_matrix_with_spare_room_comes_back_without_it() -> None:
    sparse = scipy.sparse.csr_array(np.eye(2))
    sparse.data, sparse.indices = np.append(sparse.data, 9), np.append(sparse.indices, 9)

    assert same(decode(encode(sparse)), scipy.sparse.csr_array(np.eye(2)))


@pytest.mark.parametrize("name", TENSOR_NAMES.split())
@pytest.mark.parametrize("shape", [(), (0, 3), (2, 3)])
def test_a_tensor_comes_back(name: str, shape: tuple[int, ...]) -> None:
    tensor = torch.ones(shape).to(getattr(torch, name))

    assert same(decode(encode(tensor)), tensor)


def test_tensors_that_are_views_or_learn_come_back_as_plain_ones() -> None:
    conjugate = torch.tensor([1 + 2j]).conj()
    for tensor in (torch.nn.Parameter(torch.ones(3)), torch.arange(6).reshape(2, 3).T, conjugate, conjugate.imag):
        came = decode(encode(tensor))
        assert torch.equal(came, tensor)
        assert (type(came), came.requires_grad) == (torch.Tensor, False)


def array(dtype: Any = "<i8", shape: Any = (1,), buffer: Any = 0) -> dict[str, Any]:
    return {"t": "array", "dtype": dtype, "shape": shape, "b": buffer}


REFUSED_DTYPES: list[Any] = [
    *(
        "O",
        "|O",
        "|O8",
        "object",
        "V8",
        "|V8",
        "i8,i8",
        "f8, O",
        "(2,)f8",
        "{'names':[]}",
        "i8",
        "int64",
        "<i3",
        "<f16",
        "<c32",
    ),
    *(
        "<U0",
        "|S0",
        "<U",
        "<U01",
        "<U9999999999",
        "<U-1",
        "<M8[0s]",
        "<M8[X]",
        "<M8[s/3]",
        "<M8[99999s]",
        "<f8\n",
        "=f8",
        "",
        "T",
        "a8",
    ),
    *(None, 1, [], {}, ["<f8"], "<g16", "|b8", "?", "p", "<i8" * 1000),
]


@pytest.mark.parametrize("dtype", REFUSED_DTYPES, ids=repr)
def test_a_dtype_off_the_list_is_refused(dtype: Any) -> None:
    with pytest.raises(WireError, match="dtype"):
        decode(forge(array(dtype), bytes(8)))
    with pytest.raises(WireError):
        decode(forge({"t": "np.scalar", "dtype": dtype, "v": "00" * 8}))


@pytest.mark.parametrize(
    "shape",
    [
        [],
        [0],
        [2],
        [1, 2],
        [-1],
        [-1, -1],
        [2**63, 2**63],
        [2**64],
        [1.0],
        [True],
        ["1"],
        [None],
        [[1]],
        1,
        None,
        {},
        [1] * 33,
    ],
)
def test_a_shape_that_is_not_the_buffers_is_refused(shape: Any) -> None:
    with pytest.raises(WireError):
        decode(forge(array("<i4", shape), bytes(8) if shape == [] else bytes(4)))


@pytest.mark.parametrize(
    ("dtype", "shape"), [("<f8", [0, 10**9]), ("<f8", [10**7, 0]), ("|S999999999", [0]), ("<f8", [0, 3000, 3000])]
)
def test_an_empty_array_does_not_claim_a_huge_shape(dtype: str, shape: list[int]) -> None:
    with pytest.raises(WireError):
        decode(forge(array(dtype, shape), b""))


def test_an_empty_array_of_objects_does_not_claim_a_huge_shape() -> None:
    with pytest.raises(WireError):
        decode(forge({"t": "objects", "shape": [0, 10**7], "v": []}))


def test_a_bool_is_zero_or_one() -> None:
    with pytest.raises(WireError, match="neither true nor false"):
        decode(forge(array("|b1", [2]), b"\x01\x02"))
    with pytest.raises(WireError, match="neither true nor false"):
        decode(forge({"t": "np.scalar", "dtype": "|b1", "v": "02"}))


@pytest.mark.parametrize(
    ("dtype", "raw"), [("<U1", b"\0\0\x11\0"), (">U1", b"\0\x11\0\0"), ("<U1", b"\xff\xff\xff\xff")]
)
def test_text_ends_where_unicode_ends(dtype: str, raw: bytes) -> None:
    with pytest.raises(WireError, match="beyond Unicode"):
        decode(forge(array(dtype), raw))


@pytest.mark.parametrize("members", [[1], [1, 2, 3], "ab", None, {"t": "tuple", "v": [1, 2]}])
def test_an_array_of_objects_has_as_many_as_its_shape(members: Any) -> None:
    with pytest.raises(WireError):
        decode(forge({"t": "objects", "shape": [2], "v": members}))


@pytest.mark.parametrize(
    "tree",
    [
        {"t": "np.scalar", "dtype": "<f8", "v": "00"},
        {"t": "np.scalar", "dtype": "<U1", "v": "61000000"},
        {"t": "np.scalar", "dtype": "<f8", "v": "zz" * 8},
        {"t": "np.str", "v": 1},
        {"t": "np.bytes", "v": "a"},
        {"t": "np.scalars", "v": []},
    ],
)
def test_a_scalar_that_encode_would_not_write_is_refused(tree: Any) -> None:
    with pytest.raises(WireError):
        decode(forge(tree))


def forge_sparse(layout: str, shape: Any, data: Any, first: Any, second: Any) -> bytes:
    parts = [np.array(part, dtype) for part, dtype in ((data, "f8"), (first, "i4"), (second, "i4"))]
    trees = [array(part.dtype.str, list(part.shape), place) for place, part in enumerate(parts)]
    tree = {"t": "sparse", "format": layout, "array": True, "shape": shape, "parts": trees}
    return forge(tree, *(part.tobytes() for part in parts))


@pytest.mark.parametrize(
    ("layout", "shape", "first", "second"),
    [
        ("csr", [2, 2], [0, 2], [0, 1, 2]),
        ("csr", [2, 2], [0, -1], [0, 1, 2]),
        ("csr", [2, 2], [0, 1], [0, 9, 2]),
        ("csr", [2, 2], [0, 1], [1, 1, 2]),
        ("csr", [2, 2], [0, 1], [0, 1, 3]),
        ("csr", [2, 2], [0, 1], [0, 2]),
        ("csr", [3, 2], [0, 1], [0, 3, -1, 2]),
        ("csr", [2, 2], [0], [0, 1, 2]),
        ("csr", [2, 2], [[0, 1]], [0, 1, 2]),
        ("csr", [2], [0, 1], [0, 1, 2]),
        ("csr", [2, 10**9], [0, 1], [0, 1, 2]),
        ("csc", [2, 3], [0, 2], [0, 1, 2, 2]),
        ("coo", [2, 2], [0, 2], [0, 1]),
        ("coo", [2, 2], [0, 1], [-1, 1]),
        ("coo", [2, 2], [0], [0, 1]),
        ("coo", [2, 10**12], [0, 1], [0, 1]),
        ("dia", [2, 2], [0, 1], [0, 1]),
        ("__init__", [2, 2], [0, 1], [0, 1]),
    ],
)
def test_sparse_parts_that_point_outside_are_refused(layout: str, shape: Any, first: Any, second: Any) -> None:
    with pytest.raises(WireError):
        decode(forge_sparse(layout, shape, [1.0, 2.0], first, second))


@pytest.mark.parametrize(("dtype", "raw"), [("<U1", b"a\0\0\0"), (">f4", bytes(4)), ("<M8[s]", bytes(8))])
def test_a_tensor_of_what_torch_has_not_is_refused(dtype: str, raw: bytes) -> None:
    with pytest.raises(WireError, match="not a tensor"):
        decode(forge({"t": "tensor", "v": array(dtype, [1])}, raw))


def test_an_array_beyond_the_bound_is_refused_before_it_is_copied_together() -> None:
    with pytest.raises(WireError, match="larger than 1 MB"):
        encode([np.zeros(1 << 16)] * 3, bounds=Bounds(body_bytes=1 << 20))
