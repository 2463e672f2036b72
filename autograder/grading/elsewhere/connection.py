"""Connecting to a scheduler of Dask's, safely or not at all."""

import logging
import warnings

from distributed import Client
from distributed.security import Security

from autograder.grading.class_results import NobodyGrades
from autograder.grading.elsewhere.address import UnsafeAddress, require_safe


def connect(address: str, seconds: float) -> Client:
    """A client of the scheduler; it is tried for so many seconds, now and whenever the connection breaks.

    Raises
    ------
    UnsafeAddress
        If others could reach the scheduler, or there are no certificates.
    NobodyGrades
        If it does not answer.
    """
    require_safe(address)
    if address.startswith("tls:") and Security().get_connection_args("client").get("ssl_context") is None:
        raise UnsafeAddress(
            f"{address} needs certificates, and Dask's settings name none: set distributed.comm.tls.ca-file, client.cert "
            "and client.key, as docs/cluster.md says."
        )
    # What it has to say of lost connections is said by the run, in a sentence.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            # Other versions are said by the run, worker by worker, and those that do not matter are not.
            warnings.simplefilter("ignore")
            return Client(address, timeout=seconds, set_as_default=False, name="autograder")
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        first = (str(error).splitlines() or [""])[0]
        raise NobodyGrades(f"The scheduler at {address} does not answer: {first or type(error).__name__}.") from error
