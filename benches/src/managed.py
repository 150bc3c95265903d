"""Writes AWS's managed policies, one JSON object a line, from the table that moto's wheel holds.

The table is read as text: nothing of the package is run.
"""

import ast
import json
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    module = ast.parse(wheel.read("moto/iam/aws_managed_policies.py"))
for statement in module.body:
    if isinstance(statement, ast.Assign) and statement.targets[0].id == "aws_managed_policies_data":
        for name, policy in json.loads(ast.literal_eval(statement.value)).items():
            print(json.dumps({"id": name, "policy": policy["Document"]}))
