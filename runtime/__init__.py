"""Clock, worker loops, backoff, rate limits and wake-ups, independent of their use."""
