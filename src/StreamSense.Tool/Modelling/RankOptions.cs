namespace StreamSense.Tool.Modelling;

/// <summary>What <c>rank</c> is told.</summary>
internal sealed record RankOptions
{
    /// <summary>The folder of the registry.</summary>
    public required string Registry { get; init; }

    /// <summary>The model: <c>NAME</c> or <c>NAME@VERSION</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The viewer's id, as <see cref="HistoryFile"/> has it.</summary>
    public string? Viewer { get; init; }

    /// <summary>A file with what viewers took.</summary>
    public string? HistoryFile { get; init; }

    /// <summary>How the history is read; null to see for itself.</summary>
    public string? MapFile { get; init; }

    /// <summary>What the viewer took, instead of a history.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>Rows to be ranked by a model of features.</summary>
    public string? DataFile { get; init; }

    /// <summary>The sizes of the queries of the rows.</summary>
    public string? QueryFile { get; init; }

    /// <summary>How many places.</summary>
    public int Top { get; init; } = 10;
}
