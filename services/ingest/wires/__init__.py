"""Items of agencies' wires: ninjs, NewsML-G2 and NITF to rows that can be submitted."""
