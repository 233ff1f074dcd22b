# PostgreSQL with ip4r. pg_trgm and btree_gin are part of the base image.
FROM postgres:15-bookworm
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-15-ip4r \
 && rm -rf /var/lib/apt/lists/*
