namespace StreamSense.Docs.Tests;

/// <summary>The files of the repository that these tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The files with an extension under a folder, by their paths within the repository.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Read(string folder, string extension) =>
        Directory.EnumerateFiles(PathOf(folder), "*" + extension, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "artifacts" or "vendor"))
            .Order(StringComparer.Ordinal)
            .Select(path => (path, File.ReadAllLines(PathOf(path))));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StreamSense.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No folder above the tests holds StreamSense.sln.");
    }
}
