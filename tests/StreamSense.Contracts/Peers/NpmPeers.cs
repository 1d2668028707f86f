namespace StreamSense.Contracts.Peers;

/// <summary>The players and codecs that tests compare with: packages of <c>tests/peers</c>, which <c>eng/test.sh</c> installs.</summary>
public static class NpmPeers
{
    /// <summary>The folder that holds <c>package.json</c> and <c>node_modules</c>.</summary>
    public static string Folder { get; } = Find();

    /// <summary>Why there is nothing to compare with; null if there is.</summary>
    public static string? Missing(string package) =>
        Directory.Exists(PathOf(package)) ? null : $"the npm package {package} is not installed (eng/test.sh installs it)";

    /// <summary>The folder of a package.</summary>
    /// <param name="package">Its name.</param>
    public static string PathOf(string package) => Path.Combine(Folder, "node_modules", package);

    /// <summary>Skips the test if a package is missing, or fails it where everything is required.</summary>
    /// <param name="package">Its name.</param>
    public static void Require(string package)
    {
        string? missing = Missing(package);
        bool isRequired = Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1";
        Assert.False(isRequired && missing is not null, missing);
        Skip.If(missing is not null, missing);
    }

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            string peers = Path.Combine(directory.FullName, "tests", "peers");
            if (File.Exists(Path.Combine(peers, "package.json")))
            {
                return peers;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds tests/peers.");
    }
}
