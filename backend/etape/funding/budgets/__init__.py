"""Where a programme's money is, on any day: what sources state, and beside it what adds up."""
