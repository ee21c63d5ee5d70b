"""Operations across tables: erase, forget, migrate, copy, reseal."""
