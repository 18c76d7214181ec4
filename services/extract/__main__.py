"""`python -m services.extract` runs the service."""

import asyncio

from services.extract.kernels import choose_kernels


def run() -> None:
    """Run the service, with kernels chosen before anything loads numpy."""
    choose_kernels()
    from services.extract.main import main  # noqa: PLC0415

    asyncio.run(main())


run()
