"""The one place that imports openvino and nncf: without their telemetry and without their chatter."""

import importlib
import logging
import sys
import warnings
from typing import Any


def import_openvino() -> Any:
    """The `openvino` module, imported such that it never tries the network.

    Raises:
        ImportError: The package is not installed.
    """
    block_telemetry()
    return importlib.import_module("openvino")


def import_nncf() -> Any:
    """The `nncf` module, silent but for errors, imported such that it never tries the network.

    Raises:
        ImportError: The package is not installed (it is needed to build a model, never to use one).
    """
    block_telemetry()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # nncf installs its own logger class for the whole process as it is imported.
        logger_class = logging.getLoggerClass()
        try:
            nncf: Any = importlib.import_module("nncf")
        finally:
            logging.setLoggerClass(logger_class)
    nncf.set_log_level(logging.ERROR)
    return nncf


def block_telemetry() -> None:
    """Keep openvino and nncf from reporting themselves: `import openvino_telemetry` fails from now on.

    To be called before anything imports one of the two.
    `import openvino` alone reports itself to a web analytics service unless the user has opted out in a
    file in their home folder. Both packages fall back to a stub if the telemetry package cannot be
    imported, and None in `sys.modules` is Python's documented way to say so. Nothing else uses it.
    """
    if "openvino_telemetry" not in sys.modules:
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
