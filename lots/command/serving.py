"""The verbs that run until they are interrupted: the pages with Airflow, and a worker of another host."""

import os
from argparse import Namespace
from getpass import getuser

from lots.command.beginning import now, writing
from lots.command.worklists import Answer
from lots.encrypted import is_loopback
from lots.errors import CallError
from lots.settings import settings


def serve(options: Namespace) -> Answer[None]:
    """Run the service and Airflow beside the embedded server until interrupted."""
    from lots.local import parts
    from lots.local.environment import metadata_url
    from lots.local.serve import Ports
    from lots.local.serve import serve as run
    from lots.pipeline import first_start, keep

    _refuse_unprotected(options.host, options.behind_tls)
    writing()
    # Before anything is said for ever: what the parts need is there.
    executor = parts.chosen(options.executor, os.environ)
    if executor != "local":
        parts.expect_shared(settings())
    keep.store(settings())
    metadata_url(settings())
    if options.holds:
        first_start.tell(settings(), options.holds, by=getuser(), now=now())
    link = first_start.link(settings(), now=now(), anew=options.administrator)
    ports = Ports(options.port, options.airflow_port or options.port + 1, options.host)
    return None, run(settings(), ports, link, executor)


def _refuse_unprotected(host: str, behind_tls: bool) -> None:
    # Passwords and keys of donors would pass in the clear.
    if not is_loopback(host) and not behind_tls:
        raise CallError(
            f"--host {host}: expected an address of this machine alone, or --behind-tls beside it where"
            " a proxy in front of it ends TLS, got another."
        )


def worker(options: Namespace) -> Answer[None]:
    """Run tasks of an Airflow that another host serves, until interrupted."""
    from lots.local import parts
    from lots.local.worker import worker as run
    from lots.pipeline import kept_files, signing_key

    writing()
    executor = parts.chosen(options.executor, os.environ)
    parts.expect_shared(settings())
    parts.expect_secret(settings())
    # Here and not where pages are served: who looks for what is to be recalled waits for no store.
    kept_files.expect_reached(settings())
    signing_key.expect_signer(settings())
    return None, run(settings(), executor, options.slots, options.name)
