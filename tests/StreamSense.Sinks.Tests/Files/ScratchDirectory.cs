namespace StreamSense.Sinks.Tests.Files;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class ScratchDirectory : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("streamsense-");

    /// <summary>A directory within, not made yet.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, "events");

    public string[] DataFiles() => [.. Directory.GetFiles(Path, "*.ndjson").Order(StringComparer.Ordinal)];

    public void Dispose() => _root.Delete(recursive: true);
}
