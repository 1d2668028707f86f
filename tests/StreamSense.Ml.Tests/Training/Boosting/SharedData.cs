namespace StreamSense.Ml.Tests.Training.Boosting;

/// <summary>Finds the reference data that lie beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The path of a data file; null if the data are not here.</summary>
    /// <exception cref="FileNotFoundException">They are not here, though this run must not skip.</exception>
    public static string? TryFind(string file)
    {
        string? path = Environment.GetEnvironmentVariable("STREAMSENSE_DATA") is { Length: > 0 } data
            ? Path.Combine(data, file)
            : Above(AppContext.BaseDirectory, Path.Combine("shared", "data", file));
        if (path is not null && File.Exists(path))
        {
            return path;
        }

        return Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1"
            ? throw new FileNotFoundException("The reference data are required in this run.", file)
            : null;
    }

    private static string? Above(string? folder, string file)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, file)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder is null ? null : Path.Combine(folder, file);
    }
}
