"""Why a step is false: changes are tried, and the one that makes it true is named."""
