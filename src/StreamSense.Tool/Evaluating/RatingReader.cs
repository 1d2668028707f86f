using System.Globalization;
using System.Text;
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

    /// <summary>The numbers of the users and items that were met.</summary>
    public RatingIds Ids => _ids;

    /// <summary>The number of a user, given the id that the files have.</summary>
    /// <param name="id">The id of a row of cells, or of the viewer, household or device of events.</param>
    /// <returns>The number; -1 if no row names the user.</returns>
    public int UserOf(string id)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(id);
        string[] names =
        [
            id, _pseudonyms.Viewer(utf8).ToString(), _pseudonyms.Household(utf8).ToString(), _pseudonyms.Device(utf8).ToString(),
        ];
        return names.Select(_ids.FindUser).FirstOrDefault(user => user >= 0, -1);
    }

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

    /// <summary>The id of an item, given what it was met as.</summary>
    /// <param name="id">What it was met as.</param>
    public string NameOf(string id) =>
        id.Length == 16 && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? _vocabulary.Titles.NameOf(new TitleId(value)) ?? id
            : id;

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It cannot be read, or has no row that can be used.</exception>
    public RatingFile Read(string path)
    {
        var file = new RatingFile(path);
        using (InputFile input = InputFile.Find(path))
        {
            begun?.Invoke(input.Length);
            if (map.Path is not null || IsEvents(input))
            {
                ReadEvents(input, file);
            }
            else
            {
                ReadLines(input, file);
            }
        }

        if (file.Rows.Count == 0)
        {
            string why = string.Join(", ", file.Rejected.Select(pair => $"{pair.Key} {pair.Value}"));
            throw new InputException($"{path}: none of {file.Records} records is a rating or a play ({(why.Length > 0 ? why : "empty")})"
                + (file.Notes.Count > 0 ? "; " + file.Notes[0][(path.Length + 2)..] : ""));
        }

        return file;
    }

    private static bool IsEvents(InputFile file)
    {
        const int enough = 64;
        ReadOnlySpan<byte> first = file.Peek(enough);
        return first.StartsWith("PK\u0003\u0004"u8)
            ? throw new InputException($"cannot read {file.Name}: it is a zip archive; unpack it first")
            : first.TrimStart("\uFEFF \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
    }

    private void ReadLines(InputFile file, RatingFile into)
    {
        var lines = new DelimitedRatings(map.Columns, _ids, into);
        file.ReadToEnd(
            chunk =>
            {
                lines.Take(chunk);
                read?.Invoke(chunk.Length);
            },
            damaged: null,
            cancellationToken);
        lines.Complete();
    }

    private void ReadEvents(InputFile file, RatingFile into)
    {
        var context = new SourceContext(_vocabulary, _pseudonyms, new EventRatings(_ids, into)) { MapFile = map.Path };
        var reader = new SourceReader(map.Path is null ? SourceFormats.Ndjson : "mapped", context);
        reader.Read(file, read, cancellationToken);
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
