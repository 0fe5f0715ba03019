"""The organisers' desk: publishing a stop with what follows for those who registered."""
