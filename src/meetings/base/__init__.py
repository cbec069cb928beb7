"""The ground floor: settings, the store, the live hub, pages, languages. It knows nothing of meetings."""
