"""How the application is served: two processes of four threads, on this machine only (a proxy stands before it)."""

import os

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
worker_class = "gthread"
threads = 4
# Each process makes its own application and database connections, so nothing is shared across the fork.
preload_app = False
# A slow line gets time to finish its upload; a stuck worker is replaced.
timeout = 60
graceful_timeout = 30
# A search of a hundred Chinese characters is nine times as long in an address, beside the filters.
limit_request_line = 8190
# Nothing administers the server through a socket, so there is none.
control_socket_disable = True
# Addresses bear the numbers of cases and people's searches, so they are not logged here.
accesslog = None
errorlog = "-"
