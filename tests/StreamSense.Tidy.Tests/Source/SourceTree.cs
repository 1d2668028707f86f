namespace StreamSense.Tidy.Tests.Source;

/// <summary>The text files of the repository that are written by hand.</summary>
internal static class SourceTree
{
    private static readonly string[] _foldersLeftOut = ["bin", "obj", "artifacts", "vendor", "TestResults", "node_modules", "data"];
    private static readonly string[] _textFiles =
        [".cs", ".csproj", ".props", ".targets", ".md", ".sh", ".json", ".config", ".html", ".css", ".js", ".sln", ".txt", ".editorconfig"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> _files = new(Read);

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<SourceFile> Files => _files.Value;

    /// <summary>Every C# file.</summary>
    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The C# files of the packages.</summary>
    public static IEnumerable<SourceFile> Packages => CSharp.Where(file => file.IsUnder("src"));

    /// <summary>The project files.</summary>
    public static IEnumerable<SourceFile> Projects => Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal));

    /// <summary>A file that must be there.</summary>
    public static SourceFile Get(string path) =>
        Files.FirstOrDefault(file => string.Equals(file.Path, path, StringComparison.Ordinal))
        ?? throw new FileNotFoundException($"The repository has no {path}.");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StreamSense.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the test assembly holds StreamSense.sln.");
    }

    private static List<SourceFile> Read()
    {
        var files = new List<SourceFile>();
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(Root)]);
        while (folders.TryPop(out DirectoryInfo? folder))
        {
            foreach (FileInfo file in folder.EnumerateFiles().Where(IsText))
            {
                files.Add(new SourceFile(Root, file.FullName));
            }

            foreach (DirectoryInfo child in folder.EnumerateDirectories().Where(IsOurs))
            {
                folders.Push(child);
            }
        }

        files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return files;
    }

    private static bool IsText(FileInfo file) =>
        _textFiles.Contains(file.Extension, StringComparer.Ordinal) || file.Directory?.Name is ".ci";

    private static bool IsOurs(DirectoryInfo folder) =>
        folder.Name is ".ci"
        || (!folder.Name.StartsWith('.') && !_foldersLeftOut.Contains(folder.Name, StringComparer.Ordinal));
}
