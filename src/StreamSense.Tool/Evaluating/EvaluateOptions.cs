namespace StreamSense.Tool.Evaluating;

/// <summary>What <c>evaluate</c> is asked for.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The file to learn from.</summary>
    public required string TrainFile { get; init; }

    /// <summary>The file to be judged by.</summary>
    public required string TestFile { get; init; }

    /// <summary>How the files are read; null to find out.</summary>
    public string? MapFile { get; init; }

    /// <summary>How many places of a list count.</summary>
    public int K { get; init; } = 10;

    /// <summary>The seed; null for the trainer's own.</summary>
    public int? Seed { get; init; }

    /// <summary>Options of the trainer: names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ModelOptions { get; init; } = [];
}
