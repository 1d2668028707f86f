namespace StreamSense.Tool.Evaluating;

/// <summary>What to learn to rank from, and how.</summary>
internal sealed record LtrOptions
{
    /// <summary>The objective that learns the order.</summary>
    public const string LambdaRank = "lambdarank";

    /// <summary>The objective that learns the grade of each row by itself.</summary>
    public const string Pointwise = "pointwise";

    /// <summary>The rows that are learnt from.</summary>
    public required string TrainFile { get; init; }

    /// <summary>The rows that are ranked.</summary>
    public required string TestFile { get; init; }

    /// <summary>One of the two objectives.</summary>
    public string Objective { get; init; } = LambdaRank;

    /// <summary>The seed of the training.</summary>
    public long Seed { get; init; } = 1;
}
