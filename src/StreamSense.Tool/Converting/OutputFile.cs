using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Converting;

/// <summary>The file that a command writes, or standard output.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly bool _isOwned;

    private OutputFile(Stream stream, bool isOwned)
    {
        Stream = stream;
        _isOwned = isOwned;
    }

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>Opens it, replacing what was there.</summary>
    /// <param name="path">The path, or <c>-</c>.</param>
    /// <param name="standardOutput">What <c>-</c> stands for.</param>
    /// <param name="inputs">What is read meanwhile: writing over it would destroy it.</param>
    /// <exception cref="InputException">It cannot be written, or is one of the inputs; or an input cannot be read.</exception>
    public static OutputFile Open(string path, Stream standardOutput, IReadOnlyList<string> inputs)
    {
        if (path is "-")
        {
            return new OutputFile(standardOutput, isOwned: false);
        }

        string full = Path.GetFullPath(path);
        if (inputs.Any(input => input is not "-" && string.Equals(Path.GetFullPath(input), full, StringComparison.Ordinal)))
        {
            throw new InputException($"cannot write {path}: it is an input");
        }

        // What is there is not replaced for the sake of an input that is missing. (A pipe exists, and can be opened but once.)
        foreach (string input in inputs.Where(input => input is not InputFile.StandardInput && !File.Exists(input)))
        {
            InputFile.Find(input).Dispose();
        }

        try
        {
            return new OutputFile(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), isOwned: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"cannot write {path}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOwned)
        {
            Stream.Dispose();
        }
    }
}
