"""The ground floor: settings, store, live hub, pages, languages. It knows nothing of meetings."""
