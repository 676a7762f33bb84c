"""Callbacks in web frameworks, a few lines each: `fapiao.contrib.fastapi`, `flask`, `django`, `aiohttp`.

Each needs its framework alone, and reads the raw body before anything parses it.
"""
