"""Who and where: organisations, people, regions, themes, and the glossary."""
