namespace StreamSense.Contracts;

/// <summary>Finds the reference data: those of <c>STREAMSENSE_DATA</c>, or else those that lie beside the repository.</summary>
public static class SharedData
{
    /// <summary>The path of a file or folder of the data; skips the test where it is not here.</summary>
    /// <param name="name">Its path among the data.</param>
    /// <exception cref="FileNotFoundException">It is not here, though this run must not skip.</exception>
    public static string Require(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string? path = Find(name);
        if (path is null && Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1")
        {
            throw new FileNotFoundException("The reference data are required in this run.", name);
        }

        Skip.If(path is null, "shared/data is not here");
        return path!;
    }

    private static string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable("STREAMSENSE_DATA") is { Length: > 0 } data)
        {
            return IsThere(data, name);
        }

        string? found = null;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); found is null && at is not null; at = at.Parent)
        {
            found = IsThere(Path.Combine(at.FullName, "shared", "data"), name);
        }

        return found;
    }

    private static string? IsThere(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return Path.Exists(path) ? path : null;
    }
}
