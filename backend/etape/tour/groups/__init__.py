"""Groups: a delegation takes seats under one code, which its people claim one by one."""
