//! Words of the first results, added to the query (RM3: Lavrenko & Croft 2001, "Relevance-based language models", mixed
//! with the query as in Abdul-Jaleel et al. 2004).
