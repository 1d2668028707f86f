using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>The texts of one enumeration: the place in the list, counted from 1, is the member's value.</summary>
internal sealed class ChoiceTexts
{
    public static readonly ChoiceTexts BufferReasons = new(1, "initial", "seek", "connection", "ad", "unknown");
    public static readonly ChoiceTexts MediaTypes = new(0, "av", "video", "audio");
    public static readonly ChoiceTexts States = new(1, "starting", "playing", "rebuffering", "seeking", "paused");
    public static readonly ChoiceTexts Tracks = new(1, "audio", "subtitle");
    public static readonly ChoiceTexts Severities = new(1, "warning", "fatal");
    public static readonly ChoiceTexts Categories = new(1, "technical", "business");
    public static readonly ChoiceTexts EndReasons = new(1, "completed", "quit", "error", "timeout", "superseded");
    public static readonly ChoiceTexts CacheStatuses = new(1, "hit", "miss", "pass", "error");
    public static readonly ChoiceTexts Placements = new(1, "pre", "mid", "post");
    public static readonly ChoiceTexts TitleTypes = new(1, "movie", "episode", "documentary", "clip", "live", "audio");
    public static readonly ChoiceTexts Scales = new(1, "stars5", "stars10", "thumbs", "percent");
    public static readonly ChoiceTexts Purposes = new(1, "measurement", "personalisation", "sharing", "social");

    private readonly byte[][] _texts;
    private readonly int _first;

    private ChoiceTexts(int first, params string[] texts)
    {
        _first = first;
        _texts = Array.ConvertAll(texts, System.Text.Encoding.UTF8.GetBytes);
        Rule = "expected one of " + string.Join(", ", texts);
    }

    /// <summary>The rule in words.</summary>
    public string Rule { get; }

    /// <summary>The value of a text, or -1.</summary>
    public int Find(ReadOnlySpan<byte> utf8Text)
    {
        for (int i = 0; i < _texts.Length; i++)
        {
            if (utf8Text.SequenceEqual(_texts[i]))
            {
                return i + _first;
            }
        }

        return -1;
    }

    /// <summary>The text of a value.</summary>
    public ReadOnlySpan<byte> TextOf(int value) => _texts[value - _first];

    /// <summary>Whether a value has a text.</summary>
    public bool Holds(int value) => (uint)(value - _first) < (uint)_texts.Length;

    /// <summary>The texts of a set of purposes: purpose i is bit i.</summary>
    public static ReadOnlySpan<byte> PurposeAt(int bit) => Purposes._texts[bit];

    /// <summary>How many purposes there are.</summary>
    public static int PurposeCount => Purposes._texts.Length;

    /// <summary>The bit of a purpose; none if there is no such purpose.</summary>
    public static ConsentPurposes PurposeOf(ReadOnlySpan<byte> utf8Text)
    {
        int place = Purposes.Find(utf8Text);
        return place < 0 ? ConsentPurposes.None : (ConsentPurposes)(1 << (place - 1));
    }
}
