# The application's image: the web server by default, the worker with another command.
FROM node:22-bookworm-slim AS browser
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY script script
RUN script/assets

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production MEDIA_ROOT=/srv/media HOST=0.0.0.0
WORKDIR /srv/atlas
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY . .
COPY --from=browser /build/config/static/vendor config/static/vendor
# Building needs no real secret and no database: neither is used, neither stays.
RUN python script/lib/messages.py compile \
    && SECRET_KEY=only-to-build-the-static-files-and-never-used-to-sign DATABASE_URL=postgresql:///x \
       python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --home-dir /srv atlas \
    && install -d -o atlas -g atlas /srv/media
USER atlas
VOLUME /srv/media
EXPOSE 8000
CMD ["script/web"]
