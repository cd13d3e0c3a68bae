"""Who does the work of a sweep: this process, processes of this machine, or those of a Dask cluster."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from govsim.experiments.workers import IDLE_SECONDS, ONE_THREAD
from govsim.sweeps import messages as m
from govsim.sweeps.store import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from distributed import Client


_PER_WORKER: Final = 2


class Engine(Protocol):
    """What makes executors; one is asked for anew after one broke.

    Attributes
    ----------
    n_in_flight
        Files that are handed out at once: enough that no worker waits, few enough that a full disk ends a sweep soon.
    worker_ended
        What a future raises, ``BrokenExecutor`` apart, whose worker has ended too early.
    """

    n_in_flight: int
    worker_ended: tuple[type[Exception], ...]

    def executor(self, n_workers: int | None = None) -> Any:
        """Return a context manager that yields a ``concurrent.futures.Executor``."""


class InProcess:
    """Does the work here, one file after the other."""

    n_in_flight = 1
    worker_ended: tuple[type[Exception], ...] = ()

    @contextmanager
    def executor(self, n_workers: int | None = None) -> Iterator[Executor]:
        """Yield an executor that works when it is given work."""
        del n_workers
        yield _AtOnce()


class _AtOnce(Executor):
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 as executors do
            future.set_exception(error)
        return future


class Processes:
    """Does the work in processes of this machine."""

    worker_ended: tuple[type[Exception], ...] = ()

    def __init__(self, n_workers: int) -> None:
        self.n_workers = n_workers
        self.n_in_flight = _PER_WORKER * n_workers

    @contextmanager
    def executor(self, n_workers: int | None = None) -> Iterator[Executor]:
        """Yield processes, each with one thread for what libraries do in several."""
        import loky

        executor = loky.ProcessPoolExecutor(
            max_workers=n_workers or self.n_workers, env=ONE_THREAD, timeout=IDLE_SECONDS
        )
        try:
            yield executor
        except BaseException:
            executor.shutdown(wait=True, kill_workers=True)
            raise
        executor.shutdown(wait=True)


class Dask:
    """Does the work on a Dask cluster that somebody has started.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://127.0.0.1:8786``.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import KilledWorker
        except ImportError as error:
            raise StoreError(str(m.NO_DASK)) from error
        try:
            self.client = _client(address)
        except (OSError, TypeError, ValueError, TimeoutError) as error:  # a type error where TLS lacks certificates
            raise StoreError(m.NO_SCHEDULER.format(address=address)) from error
        self.worker_ended: tuple[type[Exception], ...] = (KilledWorker,)
        self.n_in_flight = _PER_WORKER * max(1, sum(self.client.nthreads().values()))

    @contextmanager
    def executor(self, n_workers: int | None = None) -> Iterator[Executor]:
        """Yield the cluster as an executor; a file that is lost with its worker is made again by another."""
        del n_workers
        executor = self.client.get_executor(pure=False, retries=0)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)

    def close(self) -> None:
        """Leave the cluster as it is."""
        self.client.close()


def _client(address: str) -> Client:
    """Return a client of a scheduler.

    One that cannot be made is closed at once: it would be when the process ends, with its threads gone, and so with a
    wait and a traceback.
    """
    from distributed import Client

    class Closing(Client):
        def __init__(self) -> None:
            try:
                super().__init__(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
            except BaseException:
                self.close(timeout=1)  # type: ignore[no-untyped-call]
                raise

    return Closing()
