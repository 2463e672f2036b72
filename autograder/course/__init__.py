"""The build: plain-text masters become instructor notebooks, student releases and solved pages."""
