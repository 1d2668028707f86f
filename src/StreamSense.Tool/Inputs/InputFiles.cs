namespace StreamSense.Tool.Inputs;

/// <summary>All inputs of a command.</summary>
internal sealed class InputFiles : IDisposable
{
    private InputFiles(IReadOnlyList<InputFile> all) => All = all;

    /// <summary>The inputs, in the order in which they were named.</summary>
    public IReadOnlyList<InputFile> All { get; }

    /// <summary>Their size in bytes; null if nobody knows before the end.</summary>
    public long? TotalBytes => All.Aggregate((long?)0, (sum, file) => sum + file.Length);

    /// <summary>Finds all inputs, so that a missing one is told before an hour of reading rather than after it.</summary>
    /// <param name="paths">Paths, or <c>-</c>.</param>
    /// <param name="standardInput">What <c>-</c> stands for.</param>
    /// <exception cref="InputException">One of them cannot be read.</exception>
    public static InputFiles Find(IReadOnlyList<string> paths, Stream standardInput)
    {
        if (paths.Count(path => path is InputFile.StandardInput) > 1)
        {
            throw new InputException("standard input ('-') is given twice; it can be read once");
        }

        return new InputFiles([.. paths.Select(path => InputFile.Find(path, standardInput))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (InputFile file in All)
        {
            file.Dispose();
        }
    }
}
