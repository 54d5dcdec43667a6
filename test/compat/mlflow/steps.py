"""Runs the steps of a script in their order, and prints one line of JSON for each: its name, and what went wrong if something did."""

import json
import os
import sys
import tempfile
import traceback

os.environ.update(
    MLFLOW_TRACKING_URI=sys.argv[1],
    # What fails once must not pass on a repetition.
    MLFLOW_HTTP_REQUEST_MAX_RETRIES="0",
    MLFLOW_DISABLE_TELEMETRY="true",
    MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false",
    MPLBACKEND="Agg",
    GIT_PYTHON_REFRESH="quiet",
)

_steps = []


def step(name):
    def register(function):
        _steps.append((name, function))
        return function

    return register


def run_steps():
    """Every step is run, also after one that failed."""
    for name, function in _steps:
        outcome = {"step": name}
        try:
            with tempfile.TemporaryDirectory() as folder:
                function(folder)
        except BaseException:
            outcome["failure"] = traceback.format_exc()
        print("\n" + json.dumps(outcome), flush=True)


def refused(action):
    """What an action was refused with. An action that is accepted fails the step."""
    from mlflow.exceptions import MlflowException

    try:
        action()
    except MlflowException as error:
        return error
    raise AssertionError("accepted")


def same(got, expected):
    assert got == expected, f"got {got!r}, expected {expected!r}"
