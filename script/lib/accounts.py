"""Print the demo district's accounts as a table: `accounts.py FILE`."""

import json
import sys
from pathlib import Path

accounts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
width = max((len(account["username"]) for account in accounts), default=0)
print("  Demo accounts (user name, password):")
for account in accounts:
    print(f"    {account['username']:<{width}}  {account['password']}")
print()
