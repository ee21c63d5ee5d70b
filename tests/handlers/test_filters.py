from handlers import build_router


def test_no_filter_and_no_handler_goes_to_a_thread() -> None:
    """Protects the speed of every update: aiogram runs sync filters and handlers in a thread."""
    found = []
    for router in build_router().chain_tail:
        for name, observer in router.observers.items():
            for handler in [observer._handler, *observer.handlers]:
                found.append(handler)
                asked = list(handler.filters or [])
                if handler is not observer._handler:  # this one stands for all of them
                    asked.append(handler)
                assert all(each.awaitable for each in asked), f"{router.name}, {name}"
    assert len(found) > 20
