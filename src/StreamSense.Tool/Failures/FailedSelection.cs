using StreamSense.Core.Ingest.Failures;
using StreamSense.Core.Privacy;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Failures;

/// <summary>Which failed records of a store a command is about.</summary>
internal sealed record FailedSelection
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The file of the key of the pseudonyms; null if only what is in clear shall be read.</summary>
    public string? KeyFile { get; init; }

    /// <summary>The reason, by name; null for all.</summary>
    public string? Reason { get; init; }

    /// <summary>The format; null for all.</summary>
    public string? Format { get; init; }

    /// <summary>The id of the one that is asked for; null for all.</summary>
    public string? Id { get; init; }

    /// <summary>Reads them, oldest first.</summary>
    /// <exception cref="InputException">The folder or the key cannot be read.</exception>
    public IReadOnlyList<StoredFailure> Read()
    {
        try
        {
            if (!Directory.Exists(Folder))
            {
                throw new InputException($"cannot read {Folder}: there is no such folder");
            }

            using var reader = new FailedEventReader(Folder, Key());
            return [.. reader.ReadAll().Where(Matches)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {Folder}: {exception.Message}", exception);
        }
    }

    private PseudonymKey? Key()
    {
        if (KeyFile is null)
        {
            return null;
        }

        if (!File.Exists(KeyFile))
        {
            throw new InputException($"cannot use the key {KeyFile}: there is no such file");
        }

        return ToolKey.Load(KeyFile);
    }

    private bool Matches(StoredFailure stored) =>
        (Id is null || string.Equals(stored.Id, Id, StringComparison.Ordinal))
        && (Reason is null || string.Equals(stored.Failed.Reason.ToString(), Reason, StringComparison.OrdinalIgnoreCase))
        && (Format is null || string.Equals(stored.Failed.Format, Format, StringComparison.Ordinal));
}
