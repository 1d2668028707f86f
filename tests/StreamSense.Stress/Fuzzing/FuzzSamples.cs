namespace StreamSense.Stress.Fuzzing;

/// <summary>The mappings that the repository ships.</summary>
internal static class FuzzSamples
{
    private static readonly string _folder = Path.Combine(Root(), "samples", "mappings");

    /// <summary>Each with its name.</summary>
    public static IReadOnlyList<(string Name, string Text)> Mappings { get; } =
    [
        .. Directory.EnumerateFiles(_folder, "*.json")
            .Where(path => !path.EndsWith(".schema.json", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllText(path))),
    ];

    private static string Root()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "StreamSense.sln")))
            {
                return at.FullName;
            }
        }

        throw new DirectoryNotFoundException("The fuzzer runs within the repository: it reads the mappings of samples/.");
    }
}
