"""What a page says to those who do not run it: search engines, previews, readers without script."""
