namespace StreamSense.WebClient.Tests;

/// <summary>Where the collector, the test pages and the media lie.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = Find();

    public static string Collector => Path.Combine(Root, "clients", "web");

    public static string Pages => Path.Combine(Root, "tests", "StreamSense.WebClient.Tests", "Pages");

    public static string SampleWeb => Path.Combine(Root, "samples", "PlayerBackend", "wwwroot");

    private static string Find()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "StreamSense.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds StreamSense.sln.");
    }
}
