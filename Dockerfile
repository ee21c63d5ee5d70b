# The first stage holds sources and pip; the second gets nothing but the finished venv.
FROM python:3.11.14-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /venv

# The lock alone first: as long as it stays the same, this layer is taken from the cache.
COPY requirements.lock ./
RUN /venv/bin/pip install --require-hashes --only-binary :all: -r requirements.lock

# hatchling came with the lock, so that nothing unpinned runs while the package is built.
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY checking checking
COPY sheets sheets
COPY storage storage
COPY runtime runtime
COPY sandbox sandbox
RUN /venv/bin/pip install --no-deps --no-index --no-build-isolation .


FROM python:3.11.14-slim-bookworm

# A fixed id, so that a folder mounted as /data can be given to it: chown 10001:10001.
RUN groupadd --gid 10001 numberdesk \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin numberdesk \
 && install --directory --owner 10001 --group 10001 --mode 0700 /data
COPY --from=build /venv /venv

ENV PATH="/venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    DATABASE_URL=sqlite+aiosqlite:////data/numberdesk.db \
    HEALTH_PORT=8080

VOLUME /data
WORKDIR /data
USER 10001:10001
STOPSIGNAL SIGTERM

# Asked from inside, so that HEALTH_HOST may stay 127.0.0.1; past any proxy, which knows no such host.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:' + os.environ['HEALTH_PORT'] + '/healthz', timeout=4)"]

ENTRYPOINT ["numberdesk"]
CMD ["run"]
