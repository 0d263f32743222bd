"""What every script here uses to say what it expected, and to hand facts to the test."""

import json
import math
import os

import mlflow
from mlflow.exceptions import MlflowException

#: '2' or '3': where the two clients differ for good reasons, a script asks this.
CLIENT = mlflow.__version__.split(".", maxsplit=1)[0]


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
    print(json.dumps({"client": mlflow.__version__, **known}), flush=True)
