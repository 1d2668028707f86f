using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Privacy;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Evaluating;

/// <summary>Reads the rating files of a run: lines of cells, canonical events, or whatever a mapping reads.</summary>
internal sealed class RatingReader(RatingMap map, Action<long?>? begun, Action<int>? read, CancellationToken cancellationToken)
{
    // Names beyond these would be lost, and items are ordered by them.
    private const int Names = 1 << 22;

    private readonly RatingIds _ids = new();
    private readonly Vocabulary _vocabulary = new(titleCapacity: Names);

    // Forgotten after the run: nothing that is read leaves it.
    private readonly Pseudonymizer _pseudonyms = new(PseudonymKey.CreateRandom());

    /// <summary>Reads both files.</summary>
    /// <param name="train">The file to learn from.</param>
    /// <param name="test">The file to be judged by.</param>
    /// <exception cref="InputException">One cannot be read, or has no row that can be used.</exception>
    public RatingData Read(string train, string test)
    {
        RatingFile trainFile = Read(train);
        RatingFile testFile = Read(test);
        return RatingData.Of(trainFile, testFile, _ids, NameOf);
    }

    private static bool IsEvents(string path)
    {
        Span<byte> first = stackalloc byte[64];
        try
        {
            using FileStream file = File.OpenRead(path);
            int count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            return first[..count].TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }

    private string NameOf(string id) =>
        id.Length == 16 && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? _vocabulary.Titles.NameOf(new TitleId(value)) ?? id
            : id;

    private RatingFile Read(string path)
    {
        var file = new RatingFile(path);
        using (InputFile.Find([path], Stream.Null)[0])
        {
            if (map.Path is not null || IsEvents(path))
            {
                ReadEvents(path, file);
            }
            else
            {
                ReadLines(path, file);
            }
        }

        if (file.Rows.Count == 0)
        {
            string why = string.Join(", ", file.Rejected.Select(pair => $"{pair.Key} {pair.Value}"));
            throw new InputException($"{path}: none of {file.Records} records is a rating or a play ({(why.Length > 0 ? why : "empty")})");
        }

        return file;
    }

    private void ReadLines(string path, RatingFile into)
    {
        var lines = new DelimitedRatings(map.Columns, _ids, into);
        using InputFile file = InputFile.Find([path], Stream.Null)[0];
        begun?.Invoke(file.Length);
        file.ReadToEnd(
            chunk =>
            {
                lines.Take(chunk);
                read?.Invoke(chunk.Length);
            },
            cancellationToken);
        lines.Complete();
    }

    private void ReadEvents(string path, RatingFile into)
    {
        var context = new SourceContext(_vocabulary, _pseudonyms, new EventRatings(_ids, into)) { MapFile = map.Path };
        var reader = new SourceReader(map.Path is null ? SourceFormats.Ndjson : "mapped", context);
        reader.ReadAll([path], Stream.Null, begun, read, cancellationToken);
        into.Records = reader.Counters.Offered;
        foreach (RejectReason reason in Enum.GetValues<RejectReason>())
        {
            if (reader.Counters.RejectedFor(reason) is > 0 and long count)
            {
                into.Reject(reason.ToString(), count);
            }
        }

        foreach (string note in reader.Notes)
        {
            into.Note(note[(note.IndexOf(": ", StringComparison.Ordinal) + 2)..]);
        }
    }
}
