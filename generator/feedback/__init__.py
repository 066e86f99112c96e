"""What Bugu says back to those who keep the sheets: on the cells themselves, and on a page for their coordinator."""
