using System.Text;
using System.Text.Json;

namespace StreamSense.Core.Ingest.Json;

/// <summary>What a decoder reuses from record to record: where members stand, unescaped text, and the first defect found.</summary>
internal sealed class RecordScratch
{
    private const int MaxExcerpt = 48;
    private const int FollowerSets = 32;
    private const int RunPlace = (int)JsonField.Count + 1;
    private const int FollowersPerSet = RunPlace + 1;

    private readonly JsonField[] _followers = NoFollowers();
    private readonly byte[] _excerpt = new byte[MaxExcerpt];
    private byte[] _text = new byte[1024];
    private Rfc3339.Minute _lastMinute;
    private int _textUsed;
    private int _excerptLength;
    private JsonField _field;
    private JsonField _alternative;
    private string _rule = "";
    private long _position;
    private ulong _deferred;
    private int _deferredRun;
    private int _deferredAt;

    /// <summary>Where the value of each member stands; meaningful only for members that are present.</summary>
    public Slot[] Slots { get; } = new Slot[(int)JsonField.Count];

    /// <summary>What is remembered of the senders of the last records.</summary>
    public EnvelopeRuns Runs { get; } = new();

    /// <summary>The minute of the last time that was read.</summary>
    public ref Rfc3339.Minute LastMinute => ref _lastMinute;

    /// <summary>Why the record is refused; none as long as nothing is wrong with it.</summary>
    public RejectReason Reason { get; private set; }

    /// <summary>Which member followed each member when it was last seen; the last place is for the first member.</summary>
    /// <param name="kindLength">The length of the kind's name, which tells most kinds apart: each has its own order. 0: not known
    /// yet.</param>
    public Span<JsonField> FollowersOf(int kindLength) =>
        _followers.AsSpan((kindLength & (FollowerSets - 1)) * FollowersPerSet, FollowersPerSet);

    /// <summary>With which member the run of a sender's members began in the last record of a kind.</summary>
    /// <inheritdoc cref="FollowersOf"/>
    public ref JsonField RunStartOf(int kindLength) => ref FollowersOf(kindLength)[RunPlace];

    /// <summary>Where the value of a member that was seen stands.</summary>
    public ref Slot At(JsonField field)
    {
        if (((1UL << (int)field) & _deferred) != 0 && field <= JsonField.V)
        {
            RestoreRun();
        }

        return ref Slots[(int)field];
    }

    /// <summary>Notes that the members of a remembered run stand at a place; most records are read without looking at them.</summary>
    public void DeferRun(int run, int at)
    {
        _deferred = Runs[run].Seen.Low;
        _deferredRun = run;
        _deferredAt = at;
    }

    /// <summary>Remembers a run of members that stands in a record.</summary>
    /// <param name="line">The record's text.</param>
    /// <param name="members">Where the members stand.</param>
    /// <param name="run">What they say.</param>
    public void Remember(ReadOnlySpan<byte> line, in MemberRun members, in EnvelopeRun run)
    {
        Span<EnvelopeRun.Place> places = stackalloc EnvelopeRun.Place[EnvelopeRuns.MaxMembers];
        int count = 0;
        for (FieldSet rest = run.Seen; !rest.IsEmpty && count < places.Length; count++)
        {
            JsonField field = rest.First();
            rest = rest.Except(FieldSet.Of(field));
            ref Slot slot = ref Slots[(int)field];
            places[count] = new EnvelopeRun.Place(
                (ushort)(slot.Start - members.Start), (ushort)slot.Length, field, slot.Token, slot.IsEscaped);
        }

        Runs.Remember(line[members.Start..members.End], run, places[..count]);
    }

    public void Begin(int lineLength)
    {
        _deferred = 0;
        Reason = RejectReason.None;
        _position = -1;
        _textUsed = 0;

        // A text without its escapes is shorter than with them, and no text of a record is read more than twice.
        if (_text.Length < lineLength * 2)
        {
            _text = new byte[lineLength * 4];
        }
    }

    /// <summary>Takes the escapes out of a text; the result lives until the next record.</summary>
    public bool TryUnescape(ReadOnlySpan<byte> raw, out ReadOnlySpan<byte> text)
    {
        bool valid = JsonText.TryUnescape(raw, _text.AsSpan(_textUsed), out int written);
        text = _text.AsSpan(_textUsed, written);
        _textUsed += written;
        return valid;
    }

    /// <summary>Gives back the room of texts that are no longer needed.</summary>
    public int Mark() => _textUsed;

    /// <inheritdoc cref="Mark"/>
    public void Release(int mark) => _textUsed = mark;

    /// <summary>Notes a defect; the first one of a record stays.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="field">The member; <see cref="JsonField.Count"/> if it is the record.</param>
    /// <param name="rule">What was expected.</param>
    /// <param name="found">What was found instead, or empty.</param>
    /// <param name="alternative">The member that would have served as well.</param>
    public void Fail(
        RejectReason reason, JsonField field, string rule, ReadOnlySpan<byte> found = default, JsonField alternative = JsonField.Count)
    {
        if (Reason != RejectReason.None)
        {
            return;
        }

        Reason = reason;
        _field = field;
        _alternative = alternative;
        _rule = rule;
        _excerptLength = Math.Min(found.Length, MaxExcerpt);
        found[.._excerptLength].CopyTo(_excerpt);
        if (found.Length > MaxExcerpt)
        {
            "..."u8.CopyTo(_excerpt.AsSpan(MaxExcerpt - 3));
        }
    }

    /// <summary>Notes that the record is no JSON.</summary>
    /// <param name="position">The byte at which it breaks.</param>
    public void Malformed(long position)
    {
        Reason = RejectReason.Malformed;
        _field = JsonField.Count;
        _rule = "no valid JSON at byte ";
        _position = position;
        _excerptLength = 0;
    }

    /// <summary>The defect in words, for example <c>playheadMs: expected a number, found "abc"</c>.</summary>
    public string Describe()
    {
        if (Reason == RejectReason.None)
        {
            return "";
        }

        var text = new StringBuilder();
        if (_field != JsonField.Count)
        {
            text.Append(JsonFieldNames.NameOf(_field));
            if (_alternative != JsonField.Count)
            {
                text.Append(" or ").Append(JsonFieldNames.NameOf(_alternative));
            }

            text.Append(": ");
        }

        text.Append(_rule);
        if (_position >= 0)
        {
            text.Append(_position);
        }

        if (_excerptLength > 0 && !IsId(_field))
        {
            text.Append(", found ").Append(Encoding.UTF8.GetString(_excerpt, 0, _excerptLength));
        }

        return text.ToString();
    }

    private void RestoreRun()
    {
        _deferred = 0;
        foreach (EnvelopeRun.Place place in Runs.PlacesOf(_deferredRun))
        {
            Slots[(int)place.Field] = new Slot
            {
                Start = _deferredAt + place.Start,
                Length = place.Length,
                Token = place.Token,
                IsEscaped = place.IsEscaped,
            };
        }
    }

    private static JsonField[] NoFollowers()
    {
        var followers = new JsonField[FollowerSets * FollowersPerSet];
        Array.Fill(followers, JsonField.Count);
        return followers;
    }

    // Messages go into answers and logs, where no raw id may stand.
    private static bool IsId(JsonField field) => field
        is JsonField.Viewer or JsonField.Household or JsonField.Device or JsonField.View or JsonField.Visit or JsonField.Id;

    /// <summary>A value: where it stands and, of a number in few digits, what it is.</summary>
    internal struct Slot
    {
        public ulong Digits;
        public int Start;
        public int Length;
        public short Exponent;
        public JsonTokenType Token;
        public bool IsEscaped;
        public bool IsNegative;

        /// <summary>Whether <see cref="Digits"/>, <see cref="Exponent"/> and <see cref="IsNegative"/> are the number.</summary>
        public bool IsPlainNumber;
    }
}
