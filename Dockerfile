# One image: the API, and the pages built beside it.

FROM node:20-bookworm-slim AS pages
WORKDIR /etape
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY frontend frontend
RUN npm run build

FROM python:3.11-slim-bookworm
WORKDIR /etape
RUN useradd --system --create-home etape
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY backend backend
COPY migrations migrations
RUN .venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --editable .
RUN .venv/bin/python -m compileall -q backend
COPY --from=pages /etape/frontend/dist frontend/dist
USER etape
ENV PATH=/etape/.venv/bin:$PATH ETAPE_ENVIRONMENT=production
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=2s --start-period=30s CMD \
  python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready')"
CMD ["etape", "serve", "--host", "0.0.0.0", "--no-worker"]
