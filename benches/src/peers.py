"""How long parliament and cloudsplaining take over a file of policies, one JSON object a line: seconds, one a line.

Their imports and what they read at their start are not counted.
"""

import json
import sys
import time

policies = [json.loads(line) for line in open(sys.argv[1]) if line.strip()]


def parliament():
    from parliament import analyze_policy_string

    analyze_policy_string(json.dumps(policies[0]["policy"]))
    start = time.process_time()
    for policy in policies:
        try:
            analyze_policy_string(json.dumps(policy["policy"]))
        except Exception:  # it fails on some types of condition keys, and goes on
            pass
    return time.process_time() - start


def cloudsplaining():
    from cloudsplaining.scan.policy_document import PolicyDocument

    def look(policy):
        document = PolicyDocument(policy["policy"])
        document.allows_privilege_escalation, document.permissions_management_without_constraints
        document.allows_data_exfiltration_actions, document.credentials_exposure, document.infrastructure_modification

    look(policies[0])
    start = time.process_time()
    for policy in policies:
        try:
            look(policy)
        except Exception:
            pass
    return time.process_time() - start


for name, measure in (("parliament", parliament), ("cloudsplaining", cloudsplaining)):
    try:
        print(name, f"{measure():.3f}", flush=True)
    except Exception as error:  # a peer that cannot be measured is said, and the rest goes on
        print(name, f"- {type(error).__name__}: {error}".replace("\n", " "), flush=True)
