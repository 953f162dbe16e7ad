"""A tiny project around the real launcher: its tests need neither content nor migrations."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MANAGE = '''"""Stands in for the project's manage.py: only what the launcher calls."""
import json, os, signal, sys, time
command = sys.argv[1]
if command == "prepare":
    import psycopg2
    if os.environ.get("FAIL") == "prepare":
        sys.exit("broken on purpose")
    if os.environ.get("SLOW") == "prepare":
        print("slow", flush=True)
        time.sleep(60)
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    with connection, connection.cursor() as cursor:
        cursor.execute("create table if not exists runs (n int)")
        cursor.execute("insert into runs values (1)")
    print("prepared", os.environ["DEMO"], len(os.environ["SECRET_KEY"]) > 40, flush=True)
elif command == "demo_accounts":
    portal = f"http://{os.environ['BASE_DOMAIN']}:{os.environ['PORT']}"
    tenant = {"code": "kanreg10", "name": "Kanreg X", "url": portal.replace("//", "//kanreg10.")}
    account = {"role": "learner", "tenant": "kanreg10", "name": "Sari", "login": "1990",
               "email": "sari@example.id", "password": "rahasia"}
    print(json.dumps({"portal": portal, "tenants": [tenant], "accounts": [account]}))
elif command == "worker":
    if os.environ.get("FAIL") == "worker":
        sys.exit("worker broken on purpose")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        time.sleep(0.1)
'''
WSGI = '''"""Answers /readyz after a query."""
import os
import psycopg2

def application(environ, start_response):
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.close()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]
'''


def make_project(folder: Path) -> Path:
    """Fill `folder` with the real launcher and a stand-in for the portal, and return it."""
    (folder / "platform" / "config").mkdir(parents=True)
    (folder / "tenants").mkdir()
    (folder / "deploy").mkdir()
    for source in (ROOT / "deploy").glob("*.py"):
        shutil.copy(source, folder / "deploy")
    nothing_compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(
        ROOT / "tenants" / "embedded", folder / "tenants" / "embedded", ignore=nothing_compiled
    )
    (folder / "tenants" / "__init__.py").write_text("")
    (folder / "platform" / "config" / "wsgi.py").write_text(WSGI)
    (folder / "manage.py").write_text(MANAGE)
    return folder


def launch(project: Path, **settings: object) -> "subprocess.Popen[str]":
    """Start the project's launcher with these environment variables; output in one pipe."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "SECRET_KEY", "DEMO", "DATA_DIR", "PG_BIN", "BASE_DOMAIN"}
    }
    return subprocess.Popen(
        [sys.executable, "deploy/run.py"],
        cwd=project,
        env={**clean, "WEB_CONCURRENCY": "1", **{k: str(v) for k, v in settings.items()}},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
