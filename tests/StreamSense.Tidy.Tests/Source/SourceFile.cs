namespace StreamSense.Tidy.Tests.Source;

/// <summary>One text file of the repository.</summary>
internal sealed class SourceFile
{
    private readonly Lazy<string> _code;
    private readonly Lazy<string[]> _codeLines;
    private readonly Lazy<CodeOutline> _outline;

    /// <summary>Reads a file.</summary>
    public SourceFile(string root, string fullPath)
    {
        FullPath = fullPath;
        Path = System.IO.Path.GetRelativePath(root, fullPath).Replace('\\', '/');
        Text = File.ReadAllText(fullPath);
        Lines = Text.TrimEnd('\n').Split('\n');
        _code = new Lazy<string>(() => CodeText.Blank(Text));
        _codeLines = new Lazy<string[]>(() => _code.Value.Split('\n'));
        _outline = new Lazy<CodeOutline>(() => new CodeOutline(_code.Value));
    }

    /// <summary>Where it is on this machine.</summary>
    public string FullPath { get; }

    /// <summary>Where it is in the repository, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>What it holds.</summary>
    public string Text { get; }

    /// <summary>Its lines.</summary>
    public string[] Lines { get; }

    /// <summary>Its text without comments and strings.</summary>
    public string Code => _code.Value;

    /// <summary>Its lines without comments and strings, as long as they were.</summary>
    public string[] CodeLines => _codeLines.Value;

    /// <summary>Its types and functions.</summary>
    public CodeOutline Outline => _outline.Value;

    /// <summary>The folders of its path.</summary>
    public string[] Folders => Path.Split('/')[..^1];

    /// <summary>Its name up to the first dot.</summary>
    public string Stem => Path.Split('/')[^1].Split('.')[0];

    /// <summary>Whether it lies under a folder of the repository.</summary>
    public bool IsUnder(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Where a finding is, as an editor opens it.</summary>
    public string At(int line) => $"{Path}:{line}";

    /// <summary>The line of a position in the text, from 1.</summary>
    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;
}
