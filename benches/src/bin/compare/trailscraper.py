"""What trailscraper costs: the events per second of its own work on a folder of delivery files.

Reads the files, filters nothing, and generates the policy, all in one process: the start of the interpreter, the
imports and the JSON that its commands pass between each other are not counted.
"""

import datetime
import logging
import sys
import time

import pytz
from trailscraper.cloudtrail import filter_records
from trailscraper.policy_generator import generate_policy
from trailscraper.record_sources.local_directory_record_source import LocalDirectoryRecordSource

logging.disable(logging.CRITICAL)

start = datetime.datetime(2000, 1, 1, tzinfo=pytz.utc)
end = datetime.datetime(2100, 1, 1, tzinfo=pytz.utc)

began = time.perf_counter()
records = list(LocalDirectoryRecordSource(sys.argv[1]).load_from_dir(start, end))
policy = generate_policy(filter_records(records, None, start, end)).to_json()
seconds = time.perf_counter() - began
assert policy

print(len(records), seconds)
