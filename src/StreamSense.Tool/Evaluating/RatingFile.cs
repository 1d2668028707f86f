namespace StreamSense.Tool.Evaluating;

/// <summary>What a file held.</summary>
/// <param name="name">How it is called in messages.</param>
internal sealed class RatingFile(string name)
{
    private const int MostNotes = 5;

    private readonly SortedDictionary<string, long> _rejected = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    /// <summary>How it is called in messages.</summary>
    public string Name => name;

    /// <summary>The rows that can be used.</summary>
    public List<RatingRow> Rows { get; } = [];

    /// <summary>How many records it has.</summary>
    public long Records { get; set; }

    /// <summary>How many of them cannot be used, by reason.</summary>
    public IReadOnlyDictionary<string, long> Rejected => _rejected;

    /// <summary>The first complaints.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Counts records that cannot be used.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="count">How many.</param>
    public void Reject(string reason, long count = 1) => _rejected[reason] = _rejected.GetValueOrDefault(reason) + count;

    /// <summary>Notes a complaint, if there are not enough.</summary>
    /// <param name="note">The complaint.</param>
    public void Note(string note)
    {
        if (_notes.Count < MostNotes)
        {
            _notes.Add($"{name}: {note}");
        }
    }
}
