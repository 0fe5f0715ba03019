"""Links that were lost: mailed again to their owner, without telling who has one."""
