"""What every script here uses to say what it expected, and to hand facts to the test."""

import json
import math
import os

import mlflow
from mlflow.exceptions import MlflowException

VERSION = tuple(int(part) for part in mlflow.__version__.split(".")[:2])
#: '2' or '3': where the two generations differ for good reasons, a script asks this.
CLIENT = str(VERSION[0])

#: What only newer clients do: since when, and why the older ones cannot. A script asks `can(…)` before it tries.
SINCE = {
    "uploads in parts": (
        (2, 14),
        "2.9 leaves out of the path whose file it is, so that its own server loses it; here it sends it whole",
    ),
    "steps of images": (
        (2, 22),
        "2.9 has none; 2.14 decodes the percent signs in the names that it gave the files, and asks for others",
    ),
    "experiments by name on the command line": (
        (3, 17),
        "earlier commands have neither `experiments get` nor `runs create`",
    ),
}


def can(what):
    return VERSION >= SINCE[what][0]


def same(actual, expected, what):
    """Equal in value and in kind: 0.0 is not -0.0, and NaN is NaN."""
    if isinstance(actual, float) and isinstance(expected, float):
        equal = (
            math.isnan(actual)
            if math.isnan(expected)
            else actual == expected and math.copysign(1, actual) == math.copysign(1, expected)
        )
    else:
        equal = actual == expected
    assert equal, f"{what}: expected {expected!r}, read back {actual!r}"


def same_numbers(actual, expected, what):
    """Predictions of a loaded model: the same numbers, not nearly the same."""
    assert len(expected) > 0, f"{what}: nothing to compare"
    same([float(value) for value in actual], [float(value) for value in expected], what)


def refused(code, call, *words):
    """The call fails with this error code, at once, and the message holds the words."""
    try:
        answer = call()
    except MlflowException as error:
        same(error.error_code, code, f"error code of '{error.message}'")
        for word in words:
            assert word in error.message, f"message should hold {word!r}: {error.message!r}"
        return error
    raise AssertionError(f"expected {code}, but the call answered {answer!r}")


def own_name(base):
    """An experiment name that two clients, or two starts, on one server do not share."""
    return f"{base} (mlflow {mlflow.__version__}, {os.getpid()})"


def facts(**known):
    """The last line a script prints: JSON for the test that started it."""
    cannot = [what for what in SINCE if not can(what)]
    print(json.dumps({"client": mlflow.__version__, "cannot": cannot, **known}), flush=True)
