"""Paper: what an edition holds, gathered from what people allow, and made into pages."""
