using StreamSense.Ml.Models;

namespace StreamSense.Tool.Modelling;

/// <summary>What <c>rank</c> found.</summary>
/// <param name="Card">What is said of the model.</param>
/// <param name="Places">The places, query after query, the best first.</param>
/// <param name="Known">How many titles of the history the model knows; null where there is no history.</param>
/// <param name="Given">How many titles the history has; null where there is none.</param>
internal sealed record RankReport(ModelCard Card, IReadOnlyList<RankedPlace> Places, int? Known = null, int? Given = null);
