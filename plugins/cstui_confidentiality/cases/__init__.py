"""Cases against persons (泄密处理): heard, proposed, decided by another person. They only ever propose."""
