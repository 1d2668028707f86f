namespace StreamSense.Core.Tests.Sessions;

/// <summary>Finds the folder of real data sets beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The folder of a set; null where it is absent.</summary>
    internal static string? Folder(string set)
    {
        string? root = Environment.GetEnvironmentVariable("STREAMSENSE_DATA");
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); root is null && at is not null; at = at.Parent)
        {
            string beside = Path.Combine(at.FullName, "shared", "data");
            root = Directory.Exists(beside) ? beside : null;
        }

        string? folder = root is null ? null : Path.Combine(root, set);
        return Directory.Exists(folder) ? folder : null;
    }

    /// <summary>Skips the calling test where a set is absent; fails it instead where everything is required.</summary>
    internal static string Require(string set)
    {
        string? folder = Folder(set);
        if (folder is null && Environment.GetEnvironmentVariable("STREAMSENSE_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail($"The data set {set} is required and absent.");
        }

        Skip.If(folder is null, $"The data set {set} is absent.");
        return folder!;
    }
}
