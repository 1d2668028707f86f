using StreamSense.Core.Privacy;

namespace StreamSense.Tool.Inputs;

/// <summary>The key of the pseudonyms, as commands are told of it.</summary>
internal static class ToolKey
{
    /// <summary>The key of a file, made if there is none yet; without a file, one that is forgotten after the run.</summary>
    /// <param name="path">The file, or null.</param>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static PseudonymKey Load(string? path)
    {
        try
        {
            return path is null ? PseudonymKey.CreateRandom() : PseudonymKey.LoadOrCreate(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"cannot use the key {path}: {exception.Message}", exception);
        }
    }
}
