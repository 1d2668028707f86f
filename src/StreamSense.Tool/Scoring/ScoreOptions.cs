using StreamSense.Ml.Ranking.Trees;

namespace StreamSense.Tool.Scoring;

/// <summary>What <c>streamsense score</c> is asked for.</summary>
internal sealed record ScoreOptions
{
    /// <summary>The file of the model.</summary>
    public required string ModelFile { get; init; }

    /// <summary>The file of the rows; <c>-</c> is standard input.</summary>
    public required string DataFile { get; init; }

    /// <summary>What is printed of each row.</summary>
    public TreeOutput Output { get; init; }

    /// <summary>Whether what an svmlight row does not name is 0 rather than missing; null as the model's library does.</summary>
    public bool? AbsentIsZero { get; init; }
}
