using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Privacy;

namespace StreamSense.Tool.Inputs;

/// <summary>The folder in which a command keeps the records that failed.</summary>
internal static class FailedFolder
{
    /// <summary>Opens it.</summary>
    /// <param name="folder">The folder; null for none.</param>
    /// <param name="keyFile">The file of the key.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="InputException">There is no key file, or the folder cannot be used.</exception>
    public static FailedEventFiles? Open(string? folder, string? keyFile, PseudonymKey key)
    {
        if (folder is null)
        {
            return null;
        }

        if (keyFile is null)
        {
            throw new InputException("--failed needs --key: without it nobody could open what is kept");
        }

        try
        {
            return new FailedEventFiles(folder, key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write to {folder}: {exception.Message}", exception);
        }
    }
}
