namespace StreamSense.Tool.Modelling;

/// <summary>What <c>train</c> is told.</summary>
internal sealed record TrainOptions
{
    /// <summary>What is trained: one of <see cref="TrainRun.Models"/>.</summary>
    public required string Model { get; init; }

    /// <summary>The file of the data.</summary>
    public required string DataFile { get; init; }

    /// <summary>The folder of the registry.</summary>
    public required string Registry { get; init; }

    /// <summary>The model's name; null for that of the kind.</summary>
    public string? Name { get; init; }

    /// <summary>The model's version; null for the next number.</summary>
    public string? Version { get; init; }

    /// <summary>How the ratings are read; null to see for itself.</summary>
    public string? MapFile { get; init; }

    /// <summary>The sizes of the queries of an svmlight file; null for its <c>qid</c>, or the file beside it.</summary>
    public string? QueryFile { get; init; }

    /// <summary>The names of the features of an svmlight file; null for numbers.</summary>
    public string? FeaturesFile { get; init; }

    /// <summary>Whether a feature is missing where a row of an svmlight file does not have it; else it is 0. Null for the kind's
    /// habit.</summary>
    public bool? AbsentIsMissing { get; init; }

    /// <summary>What all that is random follows from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The share of the data that is kept back to measure the model, before it is trained on all.</summary>
    public double HoldOut { get; init; }

    /// <summary>Whether the file keeps what the model has of each user.</summary>
    public bool KeepUsers { get; init; }

    /// <summary>Whether the model serves at once.</summary>
    public bool Promote { get; init; }

    /// <summary>Options of the model, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ModelOptions { get; init; } = [];

    /// <summary>The options of the model as a model file keeps them.</summary>
    public string OptionsText => string.Join(',', ModelOptions.Select(pair => $"{pair.Key}={pair.Value}"));
}
