namespace StreamSense.Tool.Modelling;

/// <summary>One place of a ranking.</summary>
/// <param name="Query">The number of the query, from 1; 0 where there is one viewer and no query.</param>
/// <param name="Rank">The place, from 1.</param>
/// <param name="Title">The title, or the number of the row, from 1.</param>
/// <param name="Score">The score.</param>
internal readonly record struct RankedPlace(int Query, int Rank, string Title, float Score);
