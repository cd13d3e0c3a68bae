"""Asking the processor to bring a row near before it is needed; it changes no number."""

from __future__ import annotations

from typing import Any

import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic


def _nothing(_table: Any, _row: Any) -> None:
    """Stand in where kernels are not compiled."""


@intrinsic
def _prefetched(_context: Any, table: Any, row: Any) -> Any:
    """Compile to one instruction that reads nothing and waits for nothing."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind, index = signature.args
        array = context.make_array(kind)(context, builder, arguments[0])
        number = context.cast(builder, arguments[1], index, types.intp)
        byte, flag = ir.IntType(8).as_pointer(), ir.IntType(32)
        place = builder.bitcast(cgutils.get_item_pointer(context, builder, kind, array, [number]), byte)
        fetch = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        function = cgutils.get_or_insert_function(builder.module, fetch, "llvm.prefetch.p0i8")
        # For reading, to be kept in the nearest cache, data rather than code.
        builder.call(function, [place, flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(table, row), generate


prefetch = _nothing if numba.config.DISABLE_JIT else _prefetched
