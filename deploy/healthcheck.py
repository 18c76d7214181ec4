"""For a container's health check: exit status 0 when the service in it does its work (`/readyz` answers 200)."""

import http.client
import os
import sys

connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["NEWSWEAVE_HTTP_PORT"]), timeout=4)
connection.request("GET", "/readyz")
response = connection.getresponse()
print(response.read(500).decode())
sys.exit(response.status != http.client.OK)
