"""The Slack surface: events in, replies in Block Kit out."""
