"""NumPy arrays and scalars, SciPy's sparse matrices and torch's tensors as trees and buffers; it knows no tables.

A dtype is matched against what may cross before NumPy reads it: never objects, never structures, never no bytes at all.
Structured and long-double arrays, masked arrays (a mask would be lost) and tensors beyond the CPU are references.
"""

import math
import re
import sys
from collections.abc import Callable
from typing import Any

from grader.inside.document import Opener, Tree, Writer, items, load, refuse, text, truth, whole_number

Encoder = Callable[[Writer, Any], Tree]

_DTYPE = re.compile(
    r"\|b1|\|[iu]1|[<>][iu][248]|[<>]f[248]|[<>]c(8|16)|\|S[1-9][0-9]{0,8}|[<>]U[1-9][0-9]{0,8}"
    r"|[<>][mM]8(\[([1-9][0-9]{0,3})?(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)
_DIMENSIONS = 32
_LAST_CODE_POINT = 0x10FFFF
_SPARSE_FORMATS = ("csr", "csc", "coo")


def find_encoder(value: object) -> Encoder | None:
    """The encoder for an array, scalar or tensor that is data, of a library that is already loaded; else None."""
    for library, find in (("numpy", _find_numpy), ("scipy.sparse", _find_sparse), ("torch", _find_torch)):
        module = sys.modules.get(library)
        encoder = find(module, value) if module is not None else None
        if encoder is not None:
            return encoder
    return None


def pack_scalars(writer: Writer, members: list[Any]) -> Tree | None:
    """The tree of a list of numbers of one NumPy type, or None when they are not."""
    np: Any = sys.modules.get("numpy")
    if np is None or not issubclass(type(members[0]), np.number) or not is_plain_dtype(members[0].dtype):
        return None
    if members[0].dtype.kind in "mM":
        return None
    return {"t": "np.scalars", "v": encode_array(writer, np.array(members))}


def is_plain_dtype(dtype: Any) -> bool:
    """Whether an array of this dtype crosses as one buffer."""
    return bool(_DTYPE.fullmatch(dtype.str)) or dtype.str in {"<U0", ">U0", "|S0"}


def encode_array(writer: Writer, value: Any) -> Tree:
    """The tree of an array: one buffer in C order, or a list of values for objects."""
    np = load("numpy")
    array = np.asarray(value)
    if array.dtype.kind == "O":
        return {"t": "objects", "shape": list(array.shape), "v": writer.value(array.ravel().tolist())}
    if array.dtype.itemsize == 0:
        array = array.astype(f"{array.dtype.kind}1")
    flat = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
    return {"t": "array", "dtype": array.dtype.str, "shape": list(array.shape), "b": writer.buffer(flat, flat.nbytes)}


def take_array(opener: Opener, tree: Tree, *, kinds: str, dimensions: int = 1) -> Any:
    """The array of a tree, of a dtype kind that is asked for. Raises WireError when it is anything else."""
    array = opener.value(tree)
    if type(array) is not load("numpy").ndarray or array.dtype.kind not in kinds or array.ndim != dimensions:
        refuse(f"not an array of {dimensions} dimensions of a kind in {kinds}")
    return array


def _find_numpy(np: Any, value: object) -> Encoder | None:
    kind = type(value)
    if issubclass(kind, np.ndarray):
        dtype = np.asarray(value).dtype
        fits = not issubclass(kind, np.ma.MaskedArray) and (dtype.kind == "O" or is_plain_dtype(dtype))
        return encode_array if fits else None
    if issubclass(kind, np.str_):
        return _encode_text
    if issubclass(kind, np.bytes_):
        return _encode_bytes
    return _encode_scalar if issubclass(kind, np.generic) and is_plain_dtype(np.asarray(value).dtype) else None


def _encode_text(writer: Writer, value: Any) -> Tree:
    return {"t": "np.str", "v": writer.value(str.__str__(value))}


def _encode_bytes(writer: Writer, value: Any) -> Tree:
    return {"t": "np.bytes", "v": writer.value(memoryview(value).tobytes())}


def _encode_scalar(_: Writer, value: Any) -> Tree:
    return {"t": "np.scalar", "dtype": value.dtype.str, "v": value.tobytes().hex()}


def _decode_text(opener: Opener, tree: dict[str, Tree]) -> Any:
    letters = opener.value(tree.get("v"))
    return load("numpy").str_(letters) if type(letters) is str else refuse("not text")


def _decode_bytes(opener: Opener, tree: dict[str, Tree]) -> Any:
    raw = opener.value(tree.get("v"))
    return load("numpy").bytes_(raw) if type(raw) is bytes else refuse("not bytes")


def _decode_scalar(_: Opener, tree: dict[str, Tree]) -> Any:
    np = load("numpy")
    dtype, raw = _read_dtype(np, tree), bytes.fromhex(text(tree, "v"))
    if dtype.kind in "SU" or len(raw) != dtype.itemsize:
        refuse("a scalar of another length than its dtype")
    array = np.frombuffer(raw, dtype)
    _check_contents(np, array)
    return array[0]


def _decode_scalars(opener: Opener, tree: dict[str, Tree]) -> list[Any]:
    array = take_array(opener, tree.get("v"), kinds="iufc")
    opener.charge(len(array))
    return list(array)


def _decode_array(opener: Opener, tree: dict[str, Tree]) -> Any:
    np = load("numpy")
    dtype = _read_dtype(np, tree)
    shape = _read_shape(opener, tree, dtype.itemsize)
    raw = opener.buffer(tree, "b")
    if math.prod(shape) * dtype.itemsize != len(raw):
        refuse("an array of another size than its buffer")
    array = np.ndarray(shape, dtype, buffer=raw)
    _check_contents(np, array)
    return array


def _decode_objects(opener: Opener, tree: dict[str, Tree]) -> Any:
    np = load("numpy")
    shape = _read_shape(opener, tree, np.dtype(object).itemsize)
    members = opener.value(tree.get("v"))
    if type(members) is not list or len(members) != math.prod(shape):
        refuse("an array of another size than its members")
    # Not np.array(members): that would look into members that are lists themselves.
    return np.fromiter(members, dtype=object, count=len(members)).reshape(shape)


def _read_dtype(np: Any, tree: dict[str, Tree]) -> Any:
    name = text(tree, "dtype")
    return np.dtype(name) if _DTYPE.fullmatch(name) else refuse("a dtype that cannot cross")


def _read_shape(opener: Opener, tree: dict[str, Tree], item_bytes: int) -> tuple[int, ...]:
    shape = tuple(whole_number(length, 0, opener.bounds.body_bytes) for length in items(tree, "shape"))
    # An array without members is held to the size it had if every 0 were a 1: summing a (0, 10**9) makes gigabytes.
    if len(shape) > _DIMENSIONS or math.prod(length or 1 for length in shape) * item_bytes > opener.bounds.body_bytes:
        refuse("an array with too long a shape")
    return shape


def _check_contents(np: Any, array: Any) -> None:
    """Refuses bytes that NumPy would never have written, and that later break it in places that do not check."""
    if not array.size:
        return
    if array.dtype.kind == "b" and array.view(np.uint8).max() > 1:
        refuse("a bool that is neither true nor false")
    if array.dtype.kind == "U":
        points = array.reshape(-1).view(f"{array.dtype.byteorder}u4")
        if points.max() > _LAST_CODE_POINT:
            refuse("text beyond Unicode")


def _find_sparse(sparse: Any, value: object) -> Encoder | None:
    if not issubclass(type(value), sparse.sparray | sparse.spmatrix):
        return None
    matrix: Any = value
    return _encode_sparse if matrix.ndim == 2 and is_plain_dtype(matrix.dtype) else None  # noqa: PLR2004


def _encode_sparse(writer: Writer, value: Any) -> Tree:
    matrix = value if value.format in _SPARSE_FORMATS else value.tocsr()
    shape = [int(length) for length in matrix.shape]
    is_array = issubclass(type(matrix), load("scipy.sparse").sparray)
    parts = [matrix.row, matrix.col] if matrix.format == "coo" else [_used(matrix, matrix.indices), matrix.indptr]
    encoded = [encode_array(writer, part) for part in (_used(matrix, matrix.data), *parts)]
    return {"t": "sparse", "format": matrix.format, "array": is_array, "shape": shape, "parts": encoded}


def _used(matrix: Any, part: Any) -> Any:
    # A compressed matrix may keep spare room behind its last entry.
    return part if matrix.format == "coo" else part[: matrix.indptr[-1]]


def _decode_sparse(opener: Opener, tree: dict[str, Tree]) -> Any:
    rows, columns = (whole_number(length, 0, opener.bounds.rows) for length in items(tree, "shape"))
    data, first, second = items(tree, "parts")
    parts = (
        take_array(opener, data, kinds="biufc"),
        take_array(opener, first, kinds="i"),
        take_array(opener, second, kinds="i"),
    )
    kind = text(tree, "format")
    check = _SPARSE_CHECKS.get(kind) or refuse("a sparse format that cannot cross")
    check(load("numpy"), parts, (rows, columns))
    build = getattr(load("scipy.sparse"), f"{kind}_{'array' if truth(tree, 'array') else 'matrix'}")
    return build((parts[0], (parts[1], parts[2])) if kind == "coo" else parts, shape=(rows, columns))


def _check_coo(_: Any, parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> None:
    data, rows, columns = parts
    if not len(data) == len(rows) == len(columns):
        refuse("sparse parts of different lengths")
    _check_range(rows, shape[0])
    _check_range(columns, shape[1])


def _check_csr(np: Any, parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> None:
    # SciPy's compiled loops trust these numbers: a wrong one reads and writes outside the arrays.
    data, indices, starts = parts
    if len(data) != len(indices) or len(starts) != shape[0] + 1 or starts[0] != 0 or starts[-1] != len(data):
        refuse("sparse parts of different lengths")
    if np.any(starts[1:] < starts[:-1]):
        refuse("sparse rows that run backwards")
    _check_range(indices, shape[1])


def _check_csc(np: Any, parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> None:
    _check_csr(np, parts, (shape[1], shape[0]))


def _check_range(indices: Any, length: int) -> None:
    if indices.size and (indices.min() < 0 or indices.max() >= length):
        refuse("a sparse index outside its matrix")


def _find_torch(torch: Any, value: object) -> Encoder | None:
    if not issubclass(type(value), torch.Tensor):
        return None
    tensor: Any = value
    is_dense = tensor.device.type == "cpu" and tensor.layout == torch.strided
    return _encode_tensor if is_dense and tensor.dtype in _numpy_dtypes(torch) else None


def _numpy_dtypes(torch: Any) -> set[Any]:
    names = ("bool", "uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64")
    return {getattr(torch, name) for name in (*names, "float16", "float32", "float64", "complex64", "complex128")}


def _encode_tensor(writer: Writer, value: Any) -> Tree:
    dense = value.detach().resolve_conj().resolve_neg()
    return {"t": "tensor", "v": encode_array(writer, dense.numpy())}


def _decode_tensor(opener: Opener, tree: dict[str, Tree]) -> Any:
    array = opener.value(tree.get("v"))
    if type(array) is not load("numpy").ndarray or array.dtype.kind not in "biufc" or not array.dtype.isnative:
        refuse("not a tensor")
    return load("torch").from_numpy(array)


_SPARSE_CHECKS = {"csr": _check_csr, "csc": _check_csc, "coo": _check_coo}

DECODERS: dict[str, Callable[[Opener, Any], Any]] = {
    "array": _decode_array,
    "objects": _decode_objects,
    "np.str": _decode_text,
    "np.bytes": _decode_bytes,
    "np.scalar": _decode_scalar,
    "np.scalars": _decode_scalars,
    "sparse": _decode_sparse,
    "tensor": _decode_tensor,
}
