"""The least that answers a scan over HTTP: one row is read and one inserted, by one function of the
database; with the same server, framework and connections as the service.
"""

from typing import Annotated

import sqlalchemy as sa
from fastapi import Body, FastAPI

from lots.store.engine import by_itself, engine

ASKED = sa.text("SELECT public.bare(:serial)")


def serving() -> FastAPI:
    """The application of this process's environment."""
    app = FastAPI(openapi_url=None)

    @app.post("/bare")
    def bare(serial: Annotated[str, Body(embed=True)]) -> dict[str, int]:
        with by_itself(engine("lots_owner")) as connection:
            return {"scan": connection.execute(ASKED, {"serial": serial}).scalar_one()}

    return app
