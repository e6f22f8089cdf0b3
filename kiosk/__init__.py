"""The gig-market kiosk: find work, post work, leave with a slip that is true."""

__version__ = "0.1.0"
