namespace StreamSense.PlayerBackend.Tests;

/// <summary>Where the sample and the test output lie.</summary>
internal static class RepositoryPaths
{
    public static string Root { get; } = Find();

    public static string Sample => Path.Combine(Root, "samples", "PlayerBackend");

    public static string Screenshots => Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

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
