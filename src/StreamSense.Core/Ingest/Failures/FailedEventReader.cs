using System.Globalization;
using System.Text;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Ingest.Failures;

/// <summary>Reads what <see cref="FailedEventFiles"/> kept.</summary>
/// <remarks>Stateless; reads while another process writes. A line that is cut, as by a crash, is passed over and counted.</remarks>
public sealed class FailedEventReader : IDisposable
{
    private const string Pattern = "failed-*.ndjson";

    private readonly string _directory;
    private readonly ByteSeal? _seal;

    /// <summary>Creates a reader.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="key">The key of the pseudonyms; null to read only what is in clear.</param>
    public FailedEventReader(string directory, PseudonymKey? key)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _directory = directory;
        _seal = key is null ? null : new ByteSeal(key);
    }

    /// <summary>How many lines could not be read so far.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The records, oldest first.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IEnumerable<StoredFailure> ReadAll()
    {
        foreach (string path in FilesIn(_directory))
        {
            int number = 0;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                number++;
                string id = string.Create(CultureInfo.InvariantCulture, $"{NumberOf(path)}-{number}");
                if (FailedEventLine.Read(Encoding.UTF8.GetBytes(line), id, _seal) is { } stored)
                {
                    yield return stored;
                }
                else
                {
                    Unreadable++;
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _seal?.Dispose();

    internal static IReadOnlyList<string> FilesIn(string directory) =>
        [.. Directory.EnumerateFiles(directory, Pattern).Where(path => NumberOf(path) > 0).OrderBy(NumberOf)];

    internal static int NumberOf(string path)
    {
        ReadOnlySpan<char> name = Path.GetFileNameWithoutExtension(path.AsSpan());
        return int.TryParse(name[(name.IndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
