"""What lies on the disk between the steps of a build: an archive in 256 shards, each a file that is whole or not there.

A dump belongs to the shard that the hash of its path says. So a changed dump changes one shard, any process can work on
any shard, and a build that was killed goes on with the shards that are not finished.
"""

from kg.staging.damage import telling_damage
from kg.staging.keys import code_digest
from kg.staging.plan import Plan, make_plan
from kg.staging.shards import (
    PAGES,
    SHARDS,
    Doc,
    Records,
    Reworded,
    Shard,
    Staged,
    Tables,
    all_shards,
    remove_orphans,
    remove_shard,
    shard_of,
    shard_place,
    stage_shard,
    stage_tables,
    survey,
)
from kg.staging.spool import Spooled, read_spool, spool_place

__all__ = [
    "PAGES",
    "SHARDS",
    "Doc",
    "Plan",
    "Records",
    "Reworded",
    "Shard",
    "Spooled",
    "Staged",
    "Tables",
    "all_shards",
    "code_digest",
    "make_plan",
    "read_spool",
    "remove_orphans",
    "remove_shard",
    "shard_of",
    "shard_place",
    "spool_place",
    "stage_shard",
    "stage_tables",
    "survey",
    "telling_damage",
]
